"""What waves do in the background. Safe to run twice and side by side."""

from celery import shared_task

from nominations.waves import services
from nominations.waves.selectors import running_wave


@shared_task(name="nominations.run_waves", ignore_result=True, acks_late=True)
def run_waves() -> None:
    """Open and close cohorts, let in who waits, pause and go on by the backlog, tell whose turn it is."""
    wave = running_wave()
    if wave is not None:
        services.keep_pace()
        services.go_by_the_calendar(wave_id=wave.pk)
    services.admit()
    services.expect_anew()
    services.tell_members()


@shared_task(name="nominations.tell_cohorts", ignore_result=True, acks_late=True)
def tell_cohorts() -> None:
    """Tell the members of open cohorts that it is their turn."""
    services.tell_members()
