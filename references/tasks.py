"""Celery finds this module; the tasks lie in their rooms."""

from references.accounts import tasks as accounts
from references.assignment import tasks as assignment
from references.consents import tasks as consents
from references.content import tasks as content
from references.coverage import tasks as coverage
from references.goodwill import tasks as goodwill
from references.profiles import tasks as profiles
from references.requests import tasks as requests
from references.surveys import tasks as surveys

__all__ = ["accounts", "assignment", "consents", "content", "coverage", "goodwill", "profiles", "requests", "surveys"]
