"""Entries: invited, written, signed, screened; what happens to them until they are closed."""
