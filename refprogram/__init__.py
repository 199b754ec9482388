"""The program itself: settings, entry points, and the rooms that every app shares.

Exports the Celery application, so that `shared_task` finds it in every process.
"""

from refprogram.celery import app as celery_app

__all__ = ["celery_app"]
