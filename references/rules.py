"""Who may, in the reference rooms: django-rules finds this module, each room registers its own sentences."""

from references.accounts import rules as accounts
from references.batches import rules as batches
from references.catalogue import rules as catalogue
from references.consents import rules as consents
from references.content import rules as content
from references.coverage import rules as coverage
from references.exchange import rules as exchange
from references.goodwill import rules as goodwill
from references.merging import rules as merging
from references.profiles import rules as profiles
from references.requests import rules as requests
from references.surveys import rules as surveys

__all__ = [
    "accounts",
    "batches",
    "catalogue",
    "consents",
    "content",
    "coverage",
    "exchange",
    "goodwill",
    "merging",
    "profiles",
    "requests",
    "surveys",
]
