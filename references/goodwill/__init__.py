"""Giving and taking: the goodwill ledger, the calendar of all asks, reservations, and overrides with a reason."""
