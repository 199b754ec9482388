"""Edits of main nouns: who changed what from what to what. The database keeps them (pghistory), pages read them."""
