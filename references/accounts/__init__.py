"""Accounts, their contacts, consents and availability."""
