"""Quotas: how many nominations a role owes in a period, and what follows when it does not bring them."""
