"""Who may, in the reference rooms: django-rules finds this module, each room registers its own sentences."""

from references.accounts import rules as accounts
from references.exchange import rules as exchange
from references.requests import rules as requests
from references.surveys import rules as surveys

__all__ = ["accounts", "exchange", "requests", "surveys"]
