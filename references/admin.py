"""Django finds this module; the support views lie in their rooms."""

from references.accounts import admin as accounts

__all__ = ["accounts"]
