"""Django finds this module; the support views lie in their rooms."""

from references.accounts import admin as accounts
from references.consents import admin as consents
from references.content import admin as content
from references.coverage import admin as coverage
from references.profiles import admin as profiles
from references.requests import admin as requests
from references.surveys import admin as surveys

__all__ = ["accounts", "consents", "content", "coverage", "profiles", "requests", "surveys"]
