"""This app's Celery tasks, by room: safe to run twice."""

from awards.closing import tasks as closing
from awards.contests import tasks as contests
from awards.entries import tasks as entries
from awards.field import tasks as field
from awards.judging import tasks as judging
from awards.prizes import tasks as prizes
from awards.results import tasks as results
from awards.voting import tasks as voting

__all__ = ["closing", "contests", "entries", "field", "judging", "prizes", "results", "voting"]
