"""Good news drafts a nomination: for whom, when not, and once."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from nominations import reminders, services
from nominations.enums import NominationState
from nominations.models import Nomination, NominationCredit
from nominations.signals import drafting, nightly
from nominations.signals.enums import Signal
from nominations.states import answer_pill
from references.accounts.models import Account
from references.accounts.services import freeze, lift_freeze
from references.accounts.services.freezes import recovered
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import Event
from refprogram.kernel.stream import emit
from refprogram.notices.models import Notice
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.factories.nominations import NominationFactory
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, OpportunityFactory, ReferenceFactory

N = NominationState
pytestmark = pytest.mark.django_db
Drain = Callable[[], int]


def news(account: Any, number: int = 1, signal: Signal = Signal.NPS) -> Nomination | None:
    return drafting.draft(signal=signal, account=account, source=("survey", number), why="They gave a 10.")


def test_a_high_score_drafts_one_for_the_owner_who_takes_it_up(rep: User, drain: Drain) -> None:
    account = AccountFactory(name="Kestrel", owner=rep)
    for score in (8, 10, 10):
        emit(
            "survey.answered", subject=account, account_id=account.pk,
            payload={"survey": 1, "kind": "nps", "contact": None, "owner": rep.person_id, "score": score},
        )  # fmt: skip
    drain()
    draft = Nomination.objects.get()
    assert (draft.state, draft.nominator, draft.reason) == (N.DRAFT, rep, "They answered a survey with 10.")
    assert str(answer_pill(draft).word) == "Not asked yet"  # nobody asks the owner about a draft
    assert not NominationCredit.objects.exists()
    assert Notice.objects.filter(person=rep.person, text__startswith="Nominate Kestrel?").count() == 1
    assert not Event.objects.filter(topic="nomination.submitted").exists()

    taken = services.take_up(nomination=draft, why="Trucks are full, and they tell everybody")
    assert (taken.state, taken.owner_answer) == (N.SCREENING, "not_needed")
    assert NominationCredit.objects.get().user == rep
    with pytest.raises(DomainError):
        services.take_up(nomination=draft, why="Again")


def test_news_is_told_once_whatever_became_of_the_draft(rep: User) -> None:
    account = AccountFactory(owner=rep)
    draft = news(account)
    assert draft is not None
    assert news(account, 2) is None  # one waits
    services.withdraw(nomination=draft, actor=rep)
    assert not Event.objects.filter(topic="nomination.withdrawn").exists()
    assert news(account) is None
    assert news(account, 3) is None  # within the quiet days


def test_no_draft_where_the_moment_is_not_good(rep: User, marketer: User) -> None:
    frozen = AccountFactory(owner=rep)
    freeze(account=frozen, kind="escalation", reason="", ends_on=None, actor=marketer)
    asked = AccountFactory(owner=rep, last_asked_at=timezone.now() - dt.timedelta(days=3))
    nominated = NominationFactory(account=AccountFactory(owner=rep)).account
    nobodys, reference = AccountFactory(), ReferenceFactory(owner=rep)
    judged = AccountFactory(owner=UserFactory(role=Role.JUDGE))
    for account in (frozen, asked, nominated, nobodys, reference, judged):
        assert news(account) is None
    drafting.set_rule(signal=Signal.NPS, least=9, quiet_days=90, live=False)
    assert news(AccountFactory(owner=rep)) is None
    with pytest.raises(InvalidInput):
        drafting.set_rule(signal=Signal.NPS, least=11, quiet_days=90, live=True)


def test_the_night_finds_won_deals_renewals_and_customers_that_are_live(rep: User) -> None:
    today = timezone.localdate()
    won = OpportunityFactory(account=AccountFactory(owner=rep), stage="won", closes_on=today)
    OpportunityFactory(account=AccountFactory(owner=rep), stage="won", closes_on=today - dt.timedelta(days=40))
    renewed = AccountFactory(owner=rep, renews_on=today - dt.timedelta(days=8))
    live = OpportunityFactory(account=AccountFactory(owner=rep), stage="won", closes_on=today - dt.timedelta(days=91))
    said = AccountFactory(owner=rep, live_since=today - dt.timedelta(days=92))
    early = AccountFactory(owner=rep, live_since=today - dt.timedelta(days=20))  # whatever their first deal says
    OpportunityFactory(account=early, stage="won", closes_on=today - dt.timedelta(days=91))
    assert nightly.look() == 4
    assert nightly.look() == 0
    found = {(row.source_type, row.account_id) for row in Nomination.objects.filter(state=N.DRAFT)}
    assert found == {
        ("opportunity", won.account_id), ("renewal", renewed.pk), ("go_live", live.account_id), ("go_live", said.pk),
    }  # fmt: skip
    assert "They are live since" in Nomination.objects.get(account=said).reason
    Account.objects.filter(pk=live.account_id).update(live_since=today - dt.timedelta(days=91))
    assert nightly.look() == 0  # what the deal told is not told again by the day


def test_after_a_solved_escalation_support_is_asked(rep: User, drain: Drain, time_machine: Any) -> None:
    time_machine.move_to("2026-09-01 09:00Z")
    support = UserFactory(role=Role.SUPPORT)
    account = AccountFactory(owner=rep, csm=support)
    frozen = freeze(account=account, kind="escalation", reason="", ends_on=None, actor=support)
    lift_freeze(freeze=frozen, actor=support)
    time_machine.move_to("2026-10-20 09:00Z")
    assert recovered(freeze=frozen)
    drain()
    draft = Nomination.objects.get()
    assert (draft.nominator, draft.channel, draft.state) == (support, "support", N.DRAFT)


def test_a_draft_that_nobody_takes_up_is_dropped(rep: User, time_machine: Any) -> None:
    time_machine.move_to("2026-09-01 09:00Z")
    draft = news(AccountFactory(owner=rep))
    assert draft is not None
    time_machine.move_to("2026-09-30 09:00Z")
    reminders.remind()
    assert Nomination.objects.get().state == N.DRAFT
    time_machine.move_to("2026-10-02 09:00Z")
    reminders.remind()
    assert Nomination.objects.get().state == N.WITHDRAWN


def test_an_entry_becomes_one_nomination(rep: User) -> None:
    account = AccountFactory()
    first = services.nominate_from_entry(entry=7, nominator=rep, account=account, why="Their entry won")
    assert first is not None
    assert (first.channel, first.state, first.nominator) == ("entry", N.SCREENING, rep)
    assert services.nominate_from_entry(entry=7, nominator=rep, account=account, why="Their entry won") is None
    assert services.nominate_from_entry(entry=8, nominator=rep, account=account, why="Another") is None
    assert services.nominate_from_entry(entry=9, nominator=rep, account=ReferenceFactory(), why="Is one") is None
    assert Nomination.objects.count() == 1
