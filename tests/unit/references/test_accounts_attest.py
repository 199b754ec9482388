"""One word for many customers: all or none, only one's own; who does not answer is reminded, then their manager."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from references.accounts import askable, reminding, services
from references.accounts.enums import Membership
from references.accounts.models import Account, Freeze, MembershipStep
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.notices.models import Notice
from tests.factories.references import activity, speaker

pytestmark = pytest.mark.django_db
PATH = "/accounts/attest/"


def waiting(owner) -> Account:
    account = speaker(owner=owner).account
    return services.ask_still_true(account=account, actor=None)


def test_three_words_in_one_go(rep, clients) -> None:
    happy, angry, gone = waiting(rep), waiting(rep), waiting(rep)
    who = gone.contacts.get()
    data = {
        f"word-{happy.public_id}": "true",
        f"word-{angry.public_id}": "not",
        f"reason-{angry.public_id}": "They are angry",
        f"word-{gone.public_id}": "left",
        f"left-{gone.public_id}": who.public_id,
    }
    assert clients["rep"].post(PATH, data).status_code == 302
    for row in (happy, angry, gone, who):
        row.refresh_from_db()
    assert (happy.state, angry.frozen, gone.state) == (Membership.ACTIVE, True, Membership.RETIRED)
    assert Freeze.objects.get().reason == "They are angry"
    assert who.left_company_at is not None


def test_all_others_still_true(rep, clients) -> None:
    first, second, third = waiting(rep), waiting(rep), waiting(rep)
    data = {f"word-{first.public_id}": "not", "rest": "true", "shown": [first.public_id, second.public_id]}
    clients["rep"].post(PATH, data)
    states = {account.pk: (account.state, account.frozen) for account in Account.objects.all()}
    assert states[first.pk] == (Membership.REVIEW_DUE, True)
    assert states[second.pk] == (Membership.ACTIVE, False)
    assert states[third.pk] == (Membership.REVIEW_DUE, False)  # came after the page was drawn: nobody saw it


def test_one_wrong_word_keeps_none(rep) -> None:
    first, second = waiting(rep), waiting(rep)
    with pytest.raises(InvalidInput, match="Who of"):
        services.attest(
            words=[services.Attest(first, "true"), services.Attest(second, "left", left="nobody")], actor=rep
        )
    first.refresh_from_db()
    assert first.state == Membership.REVIEW_DUE


def test_nobody_vouches_for_anothers_customer(rep, other_team_rep) -> None:
    with pytest.raises(NotAllowed, match="not yours"):
        services.attest(words=[services.Attest(waiting(other_team_rep), "true")], actor=rep)


def test_reminders_after_seven_and_twenty_one_days_and_the_manager_once(cast, drain, mailoutbox) -> None:
    manager, account = cast.manager, waiting(cast.rep)
    asked = MembershipStep.objects.get(account=account, contact=None, ended_at=None).at
    told = {}
    for days in (6, 7, 8, 20, 21, 22):
        with time_machine.travel(asked + dt.timedelta(days=days, hours=1)):
            told[days] = reminding.remind()
            assert reminding.remind() == 0
    assert told == {6: 0, 7: 2, 8: 0, 20: 0, 21: 1, 22: 0}
    assert Notice.objects.filter(person=manager.person, text__contains="of your team").count() == 1


def test_after_the_grace_nobody_asks(rep) -> None:
    contact = speaker(owner=rep, tier="gold")
    kept = contact.account
    with time_machine.travel(timezone.now() + dt.timedelta(days=91)):
        services.ask_still_true(account=kept, actor=None)
    kept.refresh_from_db()
    with time_machine.travel(timezone.now() + dt.timedelta(days=119)):
        assert askable.why_not(kept, contact, activity()) is None
    with time_machine.travel(timezone.now() + dt.timedelta(days=121)):
        assert "too long" in str(askable.why_not(kept, contact, activity()))
