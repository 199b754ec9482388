"""A worker dies while dashboards are mailed, while the board's paper is drawn: nothing twice, nothing lost."""

import datetime as dt

import pytest
from django.utils import timezone

from refprogram.celery import app
from refprogram.dashboards.models import MailPlan
from refprogram.kernel import jobs
from refprogram.kernel.enums import JobState
from refprogram.kernel.models import Job
from refprogram.notices.models import Mail
from tests.factories.dashboards import CountingFactory, MailPlanFactory
from tests.outside import blocked_sessions

pytestmark = pytest.mark.worker


def readers_of(mails):
    return sorted(mails.values_list("person_id", flat=True))


def test_a_worker_killed_while_it_mails_dashboards_mails_each_once(cast, outside, eventually, held):
    today = timezone.localdate()
    plans = [MailPlanFactory(reader=cast[part], due_on=today) for part in ("marketer", "rep", "manager")]
    mails = held("LOCK TABLE notices_mail IN SHARE MODE")
    doomed = outside.start_worker()

    app.send_task("dashboards.send_reports")  # as beat does
    eventually(lambda: blocked_sessions() > 0)
    outside.kill(doomed)
    mails()

    eventually(lambda: blocked_sessions() == 0)
    assert not MailPlan.objects.filter(sent_on__isnull=False).exists()
    outside.start_worker()
    for _twice in range(2):
        app.send_task("dashboards.send_reports")
    eventually(lambda: MailPlan.objects.filter(sent_on__isnull=False).count() == len(plans))
    assert readers_of(Mail.objects.filter(kind="dashboards.report")) == sorted(p.reader.person_id for p in plans)


def test_a_worker_killed_while_it_draws_the_boards_paper_leaves_word_of_it(cast, outside, eventually, held):
    CountingFactory()
    counting = held("LOCK TABLE dashboards_counting IN ACCESS EXCLUSIVE MODE")
    doomed = outside.start_worker()

    job = jobs.start(kind="board_paper", params={}, user=cast.executive)
    app.send_task("kernel.run_job", kwargs={"job_id": job.pk})
    eventually(lambda: blocked_sessions() > 0)
    outside.kill(doomed)
    counting()

    eventually(lambda: blocked_sessions() == 0)
    Job.objects.filter(pk=job.pk).update(started_at=timezone.now() - dt.timedelta(minutes=5))
    jobs.reap()
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.FAILED, {})
    assert job.message
