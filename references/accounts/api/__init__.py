"""Accounts, their people, consents, freezes and deals over the API."""

from references.accounts.api import accounts, deals, people, standing
from references.accounts.api.doors import router

__all__ = ["accounts", "deals", "people", "router", "standing"]
