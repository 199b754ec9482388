"""This app's Celery tasks, by room: safe to run twice."""

from awards.contests import tasks as contests
from awards.entries import tasks as entries
from awards.field import tasks as field
from awards.judging import tasks as judging
from awards.results import tasks as results

__all__ = ["contests", "entries", "field", "judging", "results"]
