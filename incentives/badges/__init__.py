"""Badges: what can be won, who has it, who gave it, and why it was taken back."""
