"""This app's Celery tasks, by room: safe to run twice."""

from awards.contests import tasks as contests

__all__ = ["contests"]
