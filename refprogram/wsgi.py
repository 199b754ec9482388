"""The web entry point: `gunicorn refprogram.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "refprogram.settings")

application = get_wsgi_application()

# A page makes many short-lived objects and hardly a cycle: look for cycles seldom, never among what start-up made.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
