"""The support view of this room."""
