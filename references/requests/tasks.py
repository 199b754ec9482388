"""What time alone brings about with requests."""

from celery import shared_task

from references.requests import feedback_reminders, overdue, reminders
from references.requests.services import clocks


@shared_task(name="references.remind_of_requests", ignore_result=True, acks_late=True)
def remind_of_requests() -> None:
    """Tell the program's people what runs late, each thing once; remind who is silent, and go on without them."""
    clocks.start_missing()  # for requests older than the clocks
    reminders.tell_what_runs_late()
    overdue.follow_up()
    feedback_reminders.follow_up()
