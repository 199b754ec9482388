"""Uploaded files: taken in, washed, kept under random names, scanned, handed out by short-lived addresses."""
