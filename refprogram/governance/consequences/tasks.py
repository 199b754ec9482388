"""What Celery runs in this room."""
