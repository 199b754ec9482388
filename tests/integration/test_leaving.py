"""A colleague leaves: what they were asked is asked of whoever answers in their place, at once."""

import pytest

from nominations.models import Nomination
from references.requests.enums import LadderRung
from references.requests.models import Candidate
from refprogram.people import services
from tests.factories.nominations import NominationFactory
from tests.factories.references import AccountFactory
from tests.factories.requests import in_review, owned_speaker, request_of
from tests.mailbox import mails_to

pytestmark = pytest.mark.django_db


def leaves(user, admin, drain):
    drain()
    services.deactivate_user(user=user, actor=admin)
    drain()


def test_still_a_happy_customer_is_asked_of_the_manager(cast, drain, mailoutbox):
    manager, rep = cast.manager, cast.rep
    nomination = NominationFactory(nominator=cast.support, account=AccountFactory(name="Kestrel", owner=rep))
    assert nomination.owner_asked == rep

    leaves(rep, cast.admin, drain)

    nomination = Nomination.objects.get(pk=nomination.pk)
    assert nomination.owner_asked == manager
    assert nomination.waits_for_owner
    assert [mail.subject for mail in mails_to(manager, mailoutbox)] == ["Is Kestrel still a happy customer?"]


def test_who_was_answered_for_already_is_not_asked_again(cast, drain):
    nomination = NominationFactory(nominator=cast.support, account=AccountFactory(owner=cast.rep))
    drain()
    nomination.refresh_from_db()

    services.deactivate_user(user=cast.other_team_rep, actor=cast.admin)
    drain()

    assert Nomination.objects.get(pk=nomination.pk).owner_asked == cast.rep


def test_the_owners_yes_is_asked_of_the_next_above(cast, drain):
    cast.manager  # noqa: B018 - leads the team
    candidate = in_review(request_of(cast.support), owned_speaker(cast.rep))
    assert candidate.approver == cast.rep

    leaves(cast.rep, cast.admin, drain)

    candidate = Candidate.objects.get(pk=candidate.pk)
    assert (candidate.approver, candidate.owner_rung) == (cast.manager, LadderRung.MANAGER)
