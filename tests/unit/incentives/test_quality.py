"""Records are looked at, faults found, mended, proposed, excused; a month is closed and counts to the same again."""

import datetime as dt

import pytest
import time_machine

from incentives.quality import proofs, selectors, services
from incentives.quality.enums import Attribute, FaultKind, LineState
from incentives.quality.models import Fault, Mark, QualityMonth
from incentives.quality.month import Span
from references.profiles import services as profiles
from refprogram.governance.consequences import services as consequences
from refprogram.governance.consequences.enums import Effect
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.program_settings import services as figures
from refprogram.kernel.program_settings.figures import rooms
from refprogram.people.services import deactivate_user
from tests.factories.consequences import policy_of, proposed
from tests.factories.incentives_quality import FaultFactory, whole_account
from tests.factories.people import LeaveFactory, UserFactory
from tests.factories.profiles import correction_of, from_crm
from tests.factories.references import AccountFactory, ContactFactory, OpportunityFactory

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
MARCH = Span.of(MONDAY.date())


def open_faults(user):
    return {(f.record_type, f.attribute, f.kind) for f in selectors.open_faults_of(user)}


def score(user):
    return selectors.score_of(user.person, MARCH.first)


def test_a_record_from_fault_to_mended(drain):
    """Found on Monday: 100 - 2 - 2; the industry is written on Tuesday and given back, the city a week too late."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        rep = UserFactory()
        account = whole_account(rep, industry="", city="")
        assert services.look_at_all().found == 2
        assert services.look_at_all().found == 0
        assert open_faults(rep) == {("account", "industry", "missing"), ("account", "city", "missing")}
        assert score(rep) == 96
        clock.shift(dt.timedelta(days=1))
        account.industry = "Banking"
        account.save()
        clock.shift(dt.timedelta(days=3))  # looked at late: it was mended when the record was written
        assert services.look_at_own(owner=rep).mended == 1
        assert score(rep) == 98
        account.city = "Lyon"
        account.save()
        services.look_at_all()
        assert open_faults(rep) == set()
        assert score(rep) == 98


def test_every_kind_of_fault(rep):
    with time_machine.travel(MONDAY, tick=False):
        first = AccountFactory(name="Twice AG", industry="", owner=rep)
        AccountFactory(name="Twice AG", owner=rep)
        ContactFactory(account=first, person__email="", person__phone="12")
        OpportunityFactory(owner=rep, amount=0, closes_on=dt.date(2026, 2, 1))
        services.look_at_all()
    with time_machine.travel(MONDAY + dt.timedelta(days=400), tick=False):
        services.look_at_all()
    found = {(record, attribute, kind) for record, attribute, kind in open_faults(rep)}
    assert {
        ("account", "industry", "missing"), ("account", "reachable", "missing"), ("account", "twin", "duplicate"),
        ("account", "confirmed", "stale"), ("contact", "email", "missing"), ("contact", "phone", "invalid"),
        ("opportunity", "amount", "invalid"), ("opportunity", "closes", "invalid"), ("opportunity", "moved", "stale"),
        ("opportunity", "account", "missing"),
    } <= found  # fmt: skip


def test_a_new_owner_has_time_of_their_own():
    with time_machine.travel(MONDAY, tick=False) as clock:
        before, after = UserFactory(), UserFactory()
        account = whole_account(before, industry="")
        services.look_at_all()
        clock.shift(dt.timedelta(days=7))
        account.owner = after
        account.save()
        services.look_at_all()
        assert not open_faults(before)
        assert (score(before), score(after)) == (98, 98)
        assert selectors.counts_of([after], MARCH)[after.pk].lines[0].state == LineState.RUNNING


def test_the_clock_stops_at_a_proposal_and_starts_anew_when_it_is_refused(drain, marketer):
    with time_machine.travel(MONDAY, tick=False) as clock:
        rep = UserFactory()
        account = from_crm(whole_account(rep, industry=""))
        services.look_at_all()
        clock.shift(dt.timedelta(hours=20))
        row = correction_of(rep, account=account)
        drain()
        clock.shift(dt.timedelta(days=7))
        assert score(rep) == 100
        profiles.refuse_correction(correction=row, by=marketer, reason="They are in logistics.")
        drain()
        fault = Fault.objects.get()
        assert (fault.proposed_at, fault.clock_from) == (None, MONDAY + dt.timedelta(days=7, hours=20))
        assert score(rep) == 98  # and 48 hours to do better


def test_excused_by_somebody_else_with_a_reason(drain, cast):
    fault = FaultFactory(user=cast.rep)
    with pytest.raises(NotAllowed):
        services.excuse(fault=fault, reason="I would rather not.", by=cast.rep)
    with pytest.raises(NotAllowed):
        services.excuse(fault=fault, reason="Not my team.", by=cast.other_team_manager)
    with pytest.raises(InvalidInput):
        services.excuse(fault=fault, reason=" ", by=cast.manager)
    services.excuse(fault=fault, reason="They do not say.", by=cast.manager)
    drain()
    assert selectors.open_faults_of(cast.rep) == []
    assert selectors.score_of(cast.rep.person, fault.found_at.date()) == 100
    assert cast.rep.person.notices.filter(text__contains="They do not say.").exists()


def march_of_three():
    """Three colleagues with a March each; 100 - 3 - 3 = 94, 100 - 3 = 97 after leave, and 97 with fewer records."""
    anna, ben, cleo = (UserFactory(name=name) for name in ("Anna", "Ben", "Cleo"))
    for user, records in ((anna, 8), (ben, 6), (cleo, 5)):
        for _n in range(records // 2 + 1):
            whole_account(user)
    at = dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)
    invalid = {"attribute": Attribute.AMOUNT, "kind": FaultKind.INVALID}
    FaultFactory(user=anna, found_at=at, **invalid)
    FaultFactory(user=anna, found_at=at + dt.timedelta(days=1), **invalid)
    LeaveFactory(user=ben, starts_on=dt.date(2026, 3, 5), ends_on=dt.date(2026, 3, 11))
    # Found on Wednesday 10:00, away from Thursday to Wednesday: 14 + 24 + 10 hours end on Friday the 13th, 10:00.
    in_time = dt.datetime(2026, 3, 13, 9, 59, tzinfo=dt.UTC)
    FaultFactory(user=ben, found_at=at, mended_at=in_time, **invalid)
    FaultFactory(user=ben, found_at=at, mended_at=in_time + dt.timedelta(minutes=2), **invalid)
    FaultFactory(user=cleo, found_at=at, **invalid)
    FaultFactory(user=cleo, found_at=dt.datetime(2026, 3, 31, 22, tzinfo=dt.UTC), **invalid)  # till 2 April, 22:00
    return anna, ben, cleo


def test_a_month_is_closed_once_and_somebody_wins(drain, mailoutbox):
    with time_machine.travel(dt.datetime(2026, 4, 5, 5, tzinfo=dt.UTC), tick=False) as clock:
        anna, ben, cleo = march_of_three()
        assert services.close_due() == 0  # five days are for mending
        clock.shift(dt.timedelta(days=1))
        assert services.close_due() == 3
        assert services.close_due() == 0
        drain()
        scores = {row.user.name: (row.score, row.refunded, row.won) for row in QualityMonth.objects.all()}
        assert scores == {"Anna": (94, 0, False), "Ben": (97, 3, True), "Cleo": (94, 0, False)}
        Fault.objects.update(mended_at=None)  # what comes later changes nothing
        assert selectors.scores_of([anna.person_id, ben.person_id, cleo.person_id], MARCH.last) == {
            anna.person_id: 94, ben.person_id: 97, cleo.person_id: 94,
        }  # fmt: skip
        assert all(proof.holds for proof in proofs.proofs())
        assert [mail.to for mail in mailoutbox] == [[f"Ben <{ben.email}>"]]


def test_a_month_of_somebody_away_for_long_counts_again():
    with time_machine.travel(dt.datetime(2026, 4, 6, 5, tzinfo=dt.UTC), tick=False):
        FaultFactory(found_at=dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC))
        LeaveFactory(user=Fault.objects.get().user, starts_on=dt.date(2026, 3, 5), ends_on=dt.date(2026, 8, 20))
        services.close_due()
    month = QualityMonth.objects.get()
    assert (month.score, month.lines[0][2][:10]) == (100, "2026-08-24")  # all of Friday the 21st, ten hours of Monday
    assert all(proof.holds for proof in proofs.proofs())


def test_a_torn_month_is_found():
    with time_machine.travel(dt.datetime(2026, 4, 6, 5, tzinfo=dt.UTC), tick=False):
        march_of_three()
        services.close_due()
    QualityMonth.objects.filter(score=97).update(score=99)
    assert [proof.holds for proof in proofs.proofs()] == [False, True]


def test_all_months_that_are_over_are_closed_the_oldest_first(admin, drain):
    """Workers stood still from March to June: three months are closed, each as it stood when its days were over."""
    room = rooms()["incentives.quality"]
    with time_machine.travel(dt.datetime(2026, 6, 8, 5, tzinfo=dt.UTC), tick=False):
        rep = UserFactory()
        whole_account(rep)
        FaultFactory(user=rep, found_at=dt.datetime(2026, 3, 31, 10, tzinfo=dt.UTC))  # -2 in each month
        FaultFactory(
            user=rep, found_at=dt.datetime(2026, 3, 31, 10, tzinfo=dt.UTC),
            mended_at=dt.datetime(2026, 4, 3, 10, tzinfo=dt.UTC),
        )  # fmt: skip
        LeaveFactory(user=rep, starts_on=dt.date(2026, 4, 1), ends_on=dt.date(2026, 4, 9))
        assert services.close_due() == 3
        assert services.close_due() == 0
        drain()
    kept = list(QualityMonth.objects.order_by("pk").values_list("month", "score"))
    # In March the hours of neither were over on April 6, when it was to be closed; in April one was still there.
    assert kept == [(dt.date(2026, 3, 1), 100), (dt.date(2026, 4, 1), 98), (dt.date(2026, 5, 1), 98)]
    assert all(proof.holds for proof in proofs.proofs())
    figures.change(room=room, values={"freeze_after": 28}, user=admin)
    with time_machine.travel(dt.datetime(2027, 3, 1, 5, tzinfo=dt.UTC), tick=False):
        services.close_due()  # from June to January: 28 days after the 31st, February is over too
    assert QualityMonth.objects.latest("month").month == dt.date(2027, 1, 1)


def test_who_left_keeps_the_month_and_who_was_away_does_not_win_it(admin, drain):
    """One leaves on the 20th: what is found later is not theirs. The best was away all month, the next one gone."""
    at = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)
    with time_machine.travel(at, tick=False) as clock:
        away, gone, here, long_gone = (UserFactory(name=name) for name in ("Away", "Gone", "Here", "Long"))
        for user in (away, gone, here, long_gone):
            for _n in range(3):
                whole_account(user)
        LeaveFactory(user=away, starts_on=dt.date(2026, 2, 27), ends_on=dt.date(2026, 4, 1))
        invalid = {"attribute": Attribute.AMOUNT, "kind": FaultKind.INVALID}
        for day in (2, 3):
            FaultFactory(user=here, found_at=at.replace(day=day), **invalid)
        FaultFactory(user=gone, found_at=at.replace(day=4), **invalid)
        FaultFactory(user=gone, found_at=at.replace(day=23), **invalid)
        clock.move_to(at.replace(month=2))
        deactivate_user(user=long_gone, actor=admin)
        clock.move_to(at)
        deactivate_user(user=gone, actor=admin)
        clock.move_to(dt.datetime(2026, 4, 6, 5, tzinfo=dt.UTC))
        late = UserFactory(name="Late", hired_on=dt.date(2026, 4, 2))
        whole_account(late)
        services.close(span=MARCH)
        drain()
        found = {row.user.name: (row.score, row.won) for row in QualityMonth.objects.all()}
        assert found == {"Away": (100, False), "Gone": (97, False), "Here": (94, True)}
        # Nothing moves any more, nor for who has no month: pay goes by it.
        FaultFactory(user=late, found_at=at, **invalid)
        assert selectors.scores_of([late.person_id, gone.person_id], MARCH.first) == {
            late.person_id: 100, gone.person_id: 97,
        }  # fmt: skip
        assert all(proof.holds for proof in proofs.proofs())


def demerit_case(rep):
    """Return a proposal of 15 demerits about somebody who nominated nobody in February."""
    rule = policy_of(effect=Effect.DEMERIT, demerits=15, privilege="", deal_threshold=None, min_cohort=2)
    return proposed(rep, rule)


def test_demerits_of_the_board_count_from_their_day_and_go_when_waived(drain, cast):
    with time_machine.travel(MONDAY, tick=False) as clock:
        case = demerit_case(cast.rep)
        consequences.notify(case=case, by=cast.marketer)
        clock.shift(dt.timedelta(days=8))
        consequences.follow_up()
        drain()
        assert (Mark.objects.get().points, score(cast.rep)) == (15, 85)
        case.refresh_from_db()
        consequences.waive(case=case, by=cast.sales_head, reason="A mistake in the file.")
        drain()
        assert score(cast.rep) == 100
