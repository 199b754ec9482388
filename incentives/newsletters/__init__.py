"""Newsletters to colleagues: drafted from wins, stories and thanks, edited, previewed, sent, and how many read them."""
