"""The map: whatever is asked of the program is placed in or out of its charter, with its cost and what it displaces."""
