"""The verbs of a nomination: what they allow, refuse, and tell the stream."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from nominations import services
from nominations.enums import NominationState, OwnerAnswer
from nominations.models import Nomination
from refprogram.kernel.errors import IllegalMove, InvalidInput
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from refprogram.people.models import User
from tests.factories.nominations import CARD, NominationFactory, invited, screened
from tests.factories.people import TeamFactory, UserFactory
from tests.factories.references import AccountFactory
from tests.racing import results

N = NominationState
pytestmark = pytest.mark.django_db


def later(days: int = 30) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


# ---------------------------------------------------------------- nominate


def test_a_nomination_says_where_its_nominator_was_then(rep: User) -> None:
    nomination = NominationFactory(nominator=rep, account=AccountFactory(industry="Logistics"))

    event = Event.objects.get(topic="nomination.submitted")
    assert event.actor_id == rep.person_id
    assert event.account_id == nomination.account_id
    assert event.payload == {
        "nominator": rep.person_id,
        "team": rep.team_id,
        "region": rep.team.region_id,
        "industry": "Logistics",
        "credits": [[rep.person_id, rep.team_id, rep.team.region_id, 100]],
        "in_gap": False,
        "channel": "page",
        "campaign": None,
        "cohort": None,
    }


def test_a_taken_customer_is_refused_with_who_and_when(rep: User, marketer: User, time_machine: Any) -> None:
    time_machine.move_to("2026-11-03 10:00Z")
    account = AccountFactory(name="Nordvale Dairies")
    first = NominationFactory(account=account, nominator=UserFactory(name="Tom Okafor"))
    invited(first, actor=marketer)

    with pytest.raises(InvalidInput) as refusal:
        NominationFactory(nominator=rep, account=account)

    assert refusal.value.errors == {
        "account": "Nordvale Dairies is taken. Nominated by Tom Okafor on 3 November: customer invited."
    }


def test_the_database_itself_refuses_a_second_open_nomination(rep: User) -> None:
    first = NominationFactory()
    twin = Nomination(nominator=rep, account=first.account, why="Me too")
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_reference_is_not_nominated_again(rep: User) -> None:
    account = AccountFactory(name="Kestrel", state="active")
    with pytest.raises(InvalidInput, match="Kestrel takes part in the program already"):
        NominationFactory(nominator=rep, account=account)


def test_an_unknown_customer_is_opened_by_its_name(rep: User) -> None:
    nomination = services.submit(
        nominator=rep,
        account="Tamsin Foods",
        why="They love us",
        contact=services.Speaker("Ana Sousa", "ana@tamsin.example", "Buyer"),
    )
    assert nomination.account.name == "Tamsin Foods"
    assert nomination.contact is not None
    assert nomination.contact.person.email == "ana@tamsin.example"


def test_a_twin_of_a_known_customer_is_named(rep: User) -> None:
    AccountFactory(name="Kan-code")
    with pytest.raises(InvalidInput, match="“Kan-code” is here already"):
        services.submit(nominator=rep, account="KAN CODE Inc.", why="They love us")


@pytest.mark.parametrize("field", ["why", "activities"])
def test_what_cannot_be_taken_is_named(rep: User, field: str) -> None:
    said = {"why": "Good", "activities": [], field: {"why": "  ", "activities": ["juggling"]}[field]}
    with pytest.raises(InvalidInput) as refusal:
        services.submit(nominator=rep, account=AccountFactory(), **said)
    assert list(refusal.value.errors) == [field]


# ---------------------------------------------------------------- the owner's word


def test_the_owner_is_asked(rep: User) -> None:
    account = AccountFactory(owner=rep)
    nomination = NominationFactory(account=account)
    assert (nomination.state, nomination.owner_asked) == (N.SUBMITTED, rep)


def test_who_owns_the_account_need_not_be_asked(rep: User) -> None:
    nomination = NominationFactory(nominator=rep, account=AccountFactory(owner=rep))
    assert (nomination.state, nomination.owner_answer) == (N.SCREENING, OwnerAnswer.NOT_NEEDED)


def test_an_account_without_owner_goes_on(rep: User) -> None:
    nomination = NominationFactory(nominator=rep, account=AccountFactory(owner=None))
    assert (nomination.state, nomination.owner_answer) == (N.SCREENING, OwnerAnswer.NO_OWNER)


def test_for_an_owner_who_is_not_here_the_manager_is_asked(manager: User) -> None:
    gone = UserFactory(is_active=False, team=manager.team)
    nomination = NominationFactory(account=AccountFactory(owner=gone))
    assert nomination.owner_asked == manager


def test_without_a_manager_the_marketer_is_asked(marketer: User) -> None:
    gone = UserFactory(is_active=False, team=TeamFactory(manager=None))
    nomination = NominationFactory(account=AccountFactory(owner=gone))
    assert nomination.owner_asked == marketer


@pytest.mark.parametrize("answer", ["still_true", "not_now", "objects"])
def test_any_answer_brings_it_to_screening(rep: User, answer: str) -> None:
    nomination = NominationFactory(account=AccountFactory(owner=rep))
    answered = services.owner_answer(nomination=nomination, answer=answer, actor=rep, note=" Renewal in March ")
    assert (answered.state, answered.owner_answer, answered.owner_note) == (N.SCREENING, answer, "Renewal in March")


def test_the_first_answer_stands(rep: User) -> None:
    nomination = NominationFactory(account=AccountFactory(owner=rep))
    services.owner_answer(nomination=nomination, answer="objects", actor=rep)
    with pytest.raises(IllegalMove, match="already “please do not ask them”"):
        services.owner_answer(nomination=nomination, answer="still_true", actor=rep)


def test_a_late_answer_still_counts(rep: User) -> None:
    asked = NominationFactory(account=AccountFactory(owner=rep))
    late = services.owner_answer(nomination=screened(asked), answer="objects", actor=rep)
    assert (late.state, late.owner_answer) == (N.SCREENING, "objects")


def test_program_words_are_no_answer(rep: User) -> None:
    with pytest.raises(InvalidInput):
        services.owner_answer(nomination=NominationFactory(), answer="no_answer", actor=rep)


# ---------------------------------------------------------------- afterwards


def test_enrolling_twice_is_once(marketer: User) -> None:
    nomination = invited(screened(NominationFactory()), actor=marketer)
    at = timezone.now()
    services.enrol(nomination=nomination, at=at)
    services.enrol(nomination=nomination, at=at + dt.timedelta(days=1))
    nomination.refresh_from_db()
    assert nomination.enrolled_at == at
    assert Event.objects.filter(topic="nomination.enrolled").count() == 1


def test_a_withdrawn_nomination_frees_the_customer(rep: User) -> None:
    nomination = NominationFactory(nominator=rep)
    services.withdraw(nomination=nomination, actor=rep)
    again = NominationFactory(nominator=rep, account=nomination.account)
    assert again.open


def test_what_the_customer_has_heard_of_is_not_withdrawn(marketer: User) -> None:
    nomination = invited(screened(NominationFactory()), actor=marketer)
    with pytest.raises(IllegalMove, match="already “customer invited”"):
        services.withdraw(nomination=nomination, actor=nomination.nominator)


def test_what_is_said_can_be_changed_until_it_is_decided(rep: User, marketer: User) -> None:
    nomination = screened(NominationFactory(nominator=rep))
    services.amend(nomination=nomination, actor=rep, why="Better words")
    services.refuse(nomination=nomination, actor=marketer, reason="No need")
    with pytest.raises(IllegalMove):
        services.amend(nomination=nomination, actor=rep, why="Even better")
    nomination.refresh_from_db()
    assert nomination.why == "Better words"


# ---------------------------------------------------------------- two at once


@pytest.mark.django_db(transaction=True)
def test_of_two_screeners_one_wins_and_the_other_is_told() -> None:
    ann, ben = UserFactory(role=Role.MARKETER), UserFactory(role=Role.MARKETER)
    nomination = screened(NominationFactory(contact=services.Speaker("Ana", "ana@customer.example")))

    came_out = results(
        lambda: services.approve(nomination=nomination, actor=ann, card=CARD),
        lambda: services.refuse(nomination=nomination, actor=ben, reason="No need"),
    )

    assert came_out == ["done", "illegal-move"]
    decided = Event.objects.filter(topic__in=["nomination.approved", "nomination.decided"]).count()
    assert decided == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_nominators_at_once_one_is_the_first_and_the_other_is_to_be_joined() -> None:
    account, why = AccountFactory(), "They love us"
    ann, ben = UserFactory(name="Ann"), UserFactory(name="Ben")

    came_out = results(
        lambda: services.submit(nominator=ann, account=account, why=why),
        lambda: services.submit(nominator=ben, account=account, why=why),
    )

    assert came_out == ["done", "done"]
    assert [row.second_to_id for row in Nomination.objects.order_by("second_to")].count(None) == 1


# ---------------------------------------------------------------- an old page, changed words


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (services.approve, {"card": services.ScoreCard(0, 0, 0)}),
        (services.refuse, {"reason": " "}),
        (services.park, {"reason": "", "revisit_on": None}),
    ],
)
def test_who_comes_too_late_hears_that_and_not_what_is_missing(verb: Any, said: dict[str, Any], marketer: User) -> None:
    nomination = services.refuse(nomination=NominationFactory(), actor=marketer, reason="Later")
    with pytest.raises(IllegalMove, match="already “not approved”"):
        verb(nomination=nomination, actor=marketer, **said)


def test_changing_a_nomination_tells_the_stream_which_fields_and_no_words(rep: User) -> None:
    nomination = NominationFactory(nominator=rep, why="Happy")
    services.amend(nomination=nomination, actor=rep, why="Very happy", activities=["call"])
    services.amend(nomination=nomination, actor=rep, why=" Very happy ", activities=["call"])  # says nothing new
    event = Event.objects.get(topic="nomination.amended")
    assert (event.actor_id, event.payload) == (
        rep.person_id,
        {"nominator": rep.person_id, "fields": ["activities", "why"]},
    )


@pytest.mark.parametrize("why", ["", "  \n", "x" * 4001])
def test_a_why_that_is_empty_or_too_long_is_refused_also_later(rep: User, why: str) -> None:
    nomination = NominationFactory(nominator=rep, why="Happy")
    with pytest.raises(InvalidInput) as refusal:
        services.amend(nomination=nomination, actor=rep, why=why)
    assert list(refusal.value.errors) == ["why"]
    with pytest.raises(InvalidInput):
        NominationFactory(why=why)
    nomination.refresh_from_db()
    assert nomination.why == "Happy"
