"""A worker dies between the lots of a newsletter: each reader has one copy, and the figures say so."""

import pytest
from django.core.management import call_command

from incentives.newsletters import sending, services
from incentives.newsletters.enums import IssueState
from incentives.newsletters.models import Newsletter
from refprogram.celery import app
from refprogram.notices.models import Notice
from refprogram.people.enums import Role
from tests.factories.people import UserFactory
from tests.outside import blocked_sessions

pytestmark = pytest.mark.worker


def test_a_worker_killed_between_the_lots_of_a_newsletter_sends_each_copy_once(cast, outside, eventually, held):
    """The first lot has left; it dies in the middle of the second one, which then is sent whole, and once."""
    readers = UserFactory.create_batch(sending.LOT + 9, role=Role.SUPPORT)
    issue = services.draft_issue(title="November", actor=cast.marketer, roles=[Role.SUPPORT.value])
    row = held(f"SELECT FROM people_user WHERE id = {readers[-1].pk} FOR NO KEY UPDATE")
    doomed = outside.start_worker()

    services.send_issue(issue=issue, actor=cast.marketer)
    app.send_task("incentives.send_newsletters")  # as beat does
    eventually(lambda: Newsletter.objects.get().told == sending.LOT and blocked_sessions() > 0)
    outside.kill(doomed)
    row()
    assert Newsletter.objects.get().told == sending.LOT

    outside.start_worker()
    app.send_task("incentives.send_newsletters")
    eventually(lambda: Newsletter.objects.get().state == IssueState.SENT)
    told = list(Notice.objects.filter(kind="incentives.newsletter").values_list("person_id", flat=True))
    assert sorted(told) == sorted(user.person_id for user in readers)
    assert (Newsletter.objects.get().told, len(told)) == (len(readers), len(readers))
    call_command("verify")
