"""People, sign-in, and what has no room of its own."""

MATRIX = {}
