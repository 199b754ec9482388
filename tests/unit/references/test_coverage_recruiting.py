"""From a short cell to references won: who could nominate, targets that count, plans that are won."""

import datetime as dt

import pytest

from nominations import services as nominations
from nominations.services import ScoreCard
from references.accounts import clock
from references.accounts import services as accounts
from references.accounts.enums import FreezeKind, Stage
from references.accounts.models import Account
from references.accounts.segments import band_of, cell_q, read, written
from references.coverage import privacy, proofs, selectors, services
from references.coverage.enums import PlanState, TargetState
from references.coverage.models import PlanStep, TargetAsk, TargetNomination
from references.coverage.selectors import who_could_nominate
from refprogram.kernel.errors import IllegalMove, InvalidInput
from refprogram.kernel.models import Event
from tests.factories.coverage import plan_of, step_of, target_of
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory, ReferenceFactory, speaker

pytestmark = pytest.mark.django_db
RETAIL = {"industry": "Retail"}
CARD = ScoreCard(4, 4, 4)


def broken():
    return [row for proof in proofs.proofs() for row in proof.rows]


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("people", "band"),
    [(None, ""), (0, "1-49"), (49, "1-49"), (50, "50-249"), (249, "50-249"), (999, "250-999"), (5000, "5000+")],
)
def test_size_bands(people, band):
    account = AccountFactory(employees=people)

    assert band_of(people) == band
    assert list(Account.objects.filter(cell_q({"size": band}))) == [account]


def test_cells_in_addresses_come_back_whatever_is_in_them():
    cell = {"industry": "a~b:c\\d", "persona": ""}

    assert read(written(cell)) == cell


@pytest.mark.parametrize("text", ["", "industry", "x:y", "industry:a~industry:b", "~", ":", "industry:" + "x" * 81])
def test_what_is_no_cell(text):
    assert read(text) is None


# ---------------------------------------------------------------- who could nominate


def test_colleagues_are_ranked_with_their_reasons(rep, support, other_team_rep):
    happy = AccountFactory(industry="Retail", owner=rep, csm=support, nps=10)
    plain = AccountFactory(industry="Retail", owner=other_team_rep)
    OpportunityFactory(account=plain, owner=other_team_rep, stage=Stage.WON, closes_on=clock.today())
    freeze = accounts.freeze(account=happy, kind=FreezeKind.ESCALATION, actor=support)
    accounts.lift_freeze(freeze=freeze, actor=support)
    AccountFactory(industry="Energy", owner=UserFactory())

    found = who_could_nominate(RETAIL)

    # support: owns 3, would recommend 2, solved 2 = 7; rep: 3 + 2 = 5; the other rep: 3 + won 2 = 5
    assert found[0].user == support
    assert {one.user for one in found} == {support, rep, other_team_rep}
    assert found[0].reason == "1 customer here, 1 of them would recommend us, solved 1 escalation"
    reasons = {one.user: one.reason for one in found}
    assert reasons[other_team_rep] == "1 customer here, won 1 deal"
    assert found[0].accounts == [happy]


def test_references_the_frozen_and_leavers_are_not_named(rep):
    ReferenceFactory(industry="Retail", owner=rep)
    AccountFactory(industry="Retail", owner=rep, frozen=True)
    AccountFactory(industry="Retail", owner=UserFactory(is_active=False))

    assert who_could_nominate(RETAIL) == []


# ---------------------------------------------------------------- targets


def nominate(rep, account, target):
    return nominations.submit(nominator=rep, account=account, why="They doubled their output.", target=target)


def enrol(nomination, marketer, drain):
    contact = ContactFactory(account=nomination.account)
    nominations.amend(nomination=nomination, actor=marketer, contact=contact)
    nominations.go_on_without_owner(nomination=nomination)
    nominations.approve(nomination=nomination, actor=marketer, card=CARD)
    drain()
    accounts.record_consent(contact=contact, activities=["call"], wording="Yes.", actor=None)
    drain()


def test_a_nomination_counts_once_it_is_enrolled_and_meets_the_target(rep, marketer, drain):
    target = target_of(marketer, wanted=1)
    nomination = nominate(rep, AccountFactory(industry="Retail"), target)
    drain()
    row = TargetNomination.objects.get()
    assert (row.nomination_id, row.nominator, row.enrolled_at) == (nomination.pk, rep, None)

    enrol(nomination, marketer, drain)

    target.refresh_from_db()
    assert (target.gained, target.state) == (1, TargetState.MET)
    assert broken() == []
    assert Event.objects.filter(topic="recruiting.met").count() == 1


def test_counting_twice_is_counting_once(rep, marketer, drain):
    target = target_of(marketer, wanted=2)
    nomination = nominate(rep, AccountFactory(), target)
    drain()

    for _again in range(3):
        services.note_enrolment(nomination_id=nomination.pk, at=nomination.submitted_at)

    target.refresh_from_db()
    assert (target.gained, target.state) == (1, TargetState.OPEN)
    assert Event.objects.filter(topic="recruiting.gained").count() == 1


def test_a_withdrawn_nomination_ends_for_the_target(rep, marketer, drain):
    nomination = nominate(rep, AccountFactory(), target_of(marketer))

    nominations.withdraw(nomination=nomination, actor=rep)
    drain()

    assert TargetNomination.objects.get().ended_at is not None


def test_a_nomination_without_a_target_counts_for_none(rep, marketer, drain):
    target_of(marketer)
    nominate(rep, AccountFactory(industry="Retail"), None)
    drain()

    assert not TargetNomination.objects.exists()


def test_a_target_whose_day_is_past_ends_by_itself(marketer, time_machine):
    time_machine.move_to("2026-03-02 10:00+00:00", tick=False)
    target = target_of(marketer, due_on=dt.date(2026, 3, 10))
    time_machine.move_to("2026-03-10 22:00+00:00", tick=False)
    assert services.close_overdue() == 0
    time_machine.move_to("2026-03-11 10:00+00:00", tick=False)

    assert services.close_overdue() == 1

    target.refresh_from_db()
    assert target.state == TargetState.CLOSED
    assert services.close_overdue() == 0


def test_wanting_less_than_was_gained_meets_it(rep, marketer, drain):
    target = target_of(marketer, wanted=3)
    nomination = nominate(rep, AccountFactory(), target)
    drain()
    services.note_enrolment(nomination_id=nomination.pk, at=nomination.submitted_at)

    services.change_target(target=target, actor=marketer, wanted=1)

    target.refresh_from_db()
    assert target.state == TargetState.MET
    assert broken() == []


def test_targets_refuse_nonsense(marketer, rep):
    with pytest.raises(InvalidInput):
        target_of(marketer, wanted=0)
    with pytest.raises(InvalidInput):
        target_of(marketer, due_on=clock.today() - dt.timedelta(days=1))
    target = services.close_target(target=target_of(marketer), actor=marketer)
    with pytest.raises(IllegalMove):
        services.ask_colleagues(target=target, people=[(rep, [])], actor=marketer)
    with pytest.raises(IllegalMove):
        services.close_target(target=target, actor=marketer)


# ---------------------------------------------------------------- plans


def test_a_plan_is_won_when_the_customer_agrees(rep, marketer, drain):
    contact = ContactFactory()
    plan = plan_of(marketer, account=contact.account)
    services.add_connector(plan=plan, user=rep, knows="From school", actor=marketer)

    speaker(contact)
    drain()

    plan.refresh_from_db()
    assert plan.state == PlanState.ACTIVE
    assert plan.won_at is not None
    assert selectors.conversion(marketer).share == 1
    assert rep.person.notices.filter(kind="references.plan_won").exists()
    assert broken() == []


def test_one_open_plan_for_a_customer_and_none_for_a_reference(marketer):
    plan = plan_of(marketer)
    with pytest.raises(InvalidInput, match="plan for"):
        plan_of(marketer, account=plan.account)
    with pytest.raises(InvalidInput, match="already"):
        plan_of(marketer, account=ReferenceFactory())

    services.move_plan(plan=plan, to=PlanState.DROPPED, actor=marketer)
    plan_of(marketer, account=plan.account)

    with pytest.raises(InvalidInput, match="another plan"):
        services.move_plan(plan=plan, to=PlanState.PLANNED, actor=marketer)
    assert selectors.conversion(marketer).share == 0


def test_an_ended_plan_is_left_as_it_is(marketer, rep):
    plan = plan_of(marketer)
    services.move_plan(plan=plan, to=PlanState.DROPPED, actor=marketer)

    with pytest.raises(IllegalMove):
        step_of(plan, rep)
    with pytest.raises(IllegalMove):
        services.change_plan(plan=plan, actor=marketer, offer="A film")


def test_steps_stand_on_the_desk_when_they_are_due(marketer, rep, support):
    plan = plan_of(marketer)
    step_of(plan, rep, text="Call them", due_on=clock.today() + dt.timedelta(days=3))
    step_of(plan, rep, text="Next year", due_on=clock.today() + dt.timedelta(days=300))
    mine = step_of(plan, marketer, text="Write to them", who=None)

    assert [item.title for item in selectors.desk_items(rep)] == [f"{plan.account.name}: Call them"]
    assert [item.title for item in selectors.desk_items(marketer)] == [f"{plan.account.name}: Write to them"]
    assert selectors.desk_items(support) == []
    services.finish_step(step=mine, done=True, actor=marketer)
    services.finish_step(step=mine, done=True, actor=marketer)
    assert selectors.desk_items(marketer) == []


def test_a_colleague_is_forgotten(marketer, rep):
    plan = plan_of(marketer)
    connector = services.add_connector(plan=plan, user=rep, knows="Their CFO is an old friend", actor=marketer)
    step = step_of(plan, rep)
    services.ask_colleagues(target=target_of(marketer), people=[(rep, [])], actor=marketer)

    told = {name: list(rows) for name, rows in privacy.export_person(rep.person_id).items()}
    privacy.erase_person(rep.person_id)

    assert told["connects_to"][0]["knows"] == "Their CFO is an old friend"
    assert told["plan_steps"][0]["text"] == step.text
    assert len(told["asked_to_nominate_for"]) == 1
    connector.refresh_from_db()
    assert connector.knows == ""
    assert PlanStep.objects.get().who is None
    assert TargetAsk.objects.count() == 1
