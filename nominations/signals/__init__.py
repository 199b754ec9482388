"""Signals: good news from elsewhere that drafts a nomination for the account’s owner."""
