"""The Celery application: `celery -A refprogram worker|beat`."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import beat_init, worker_process_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "refprogram.settings")

app = Celery("refprogram")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def keep_what_is_loaded(**_signal: Any) -> None:
    """Take the loaded program out of garbage collection: it lives as long as the worker, and is large to go through."""
    gc.collect()
    gc.freeze()


@beat_init.connect
def do_at_once(**_signal: Any) -> None:
    """Queue what should not wait for its first turn. Beat goes on whatever becomes of it: its turn comes."""
    for name in settings.AT_START:
        app.send_task(name, retry=False)
