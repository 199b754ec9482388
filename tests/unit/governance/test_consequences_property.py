"""Whatever people and clocks do in whatever order: few are named, and what binds is exactly what was said."""

import contextlib
import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from refprogram.governance.consequences import proofs, services
from refprogram.governance.consequences.enums import CaseState, LeftOut
from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.governance.consequences.states import standing
from refprogram.kernel.errors import DomainError
from refprogram.people.enums import Privilege, Role
from refprogram.people.selectors import restriction_of
from tests.factories import consequences as made
from tests.factories.people import LeaveFactory, RegionFactory, TeamFactory, UserFactory

MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
# One colleague: active, in the region that is off, hired how many days before the end, away how many days, figure.
colleague = st.tuples(
    st.booleans(), st.booleans(), st.none() | st.integers(1, 200), st.sampled_from([0, 3, 25]), st.integers(0, 4)
)
step = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 24 * 20)),
    st.tuples(st.just("beat"), st.just(0)),
    st.tuples(st.just("appeal"), st.just(0)),
    st.tuples(st.just("turn down"), st.just(0)),
    st.tuples(st.just("grant"), st.just(0)),
    st.tuples(st.just("waive"), st.just(0)),
    st.tuples(st.just("switch off"), st.just(0)),
)


class TestNobodyIsNamedAlone(TestCase):
    """The cohort and its guards."""

    @SLOW
    @given(st.lists(colleague, max_size=8), st.integers(2, 6))
    def test_nobody_below_the_cohort_is_named(self, people, least):
        with (
            pytest.MonkeyPatch.context() as patch,
            time_machine.travel(MONDAY, tick=False),
        ):
            patch.setattr(django_settings, "CONSEQUENCE_METRICS", {"test": made.METRIC})
            region = RegionFactory()
            off, on = TeamFactory(region=region), TeamFactory()
            policy = made.policy_of(min_cohort=least, metric="test", threshold=Decimal(2))
            services.set_switches(policy=policy, by=policy.owner, off_in=[region], off_for=[])
            expected, missed = 0, set()
            for active, switched, hired, away, figure in people:
                user = UserFactory(
                    is_active=active,
                    team=off if switched else on,
                    hired_on=None if hired is None else dt.date(2026, 10, 31) - dt.timedelta(days=hired),
                )
                made.FIGURES[user.pk] = Decimal(figure)
                if away:
                    last = dt.date(2026, 10, 1) + dt.timedelta(days=away - 1)
                    LeaveFactory(user=user, starts_on=dt.date(2026, 10, 1), ends_on=last)
                if active and not switched and (hired is None or hired >= 90) and away < 25:
                    expected += 1
                    missed |= {user.pk} if figure < 2 else set()
            evaluation = made.looked_at(policy)
        named = set(ConsequenceCase.objects.filter(policy=policy).values_list("user", flat=True))
        assert evaluation.cohort == expected
        assert sum(evaluation.left_out.values()) == len(people) - expected
        assert set(evaluation.left_out) <= {reason.value for reason in LeftOut}
        assert named == (missed if expected >= least else set())
        assert evaluation.named == len(named)


class TestWhatBinds(TestCase):
    """One case, and everything that can happen to it."""

    @SLOW
    @given(st.lists(step, max_size=14))
    def test_it_binds_exactly_when_it_says_whatever_the_order(self, steps):
        with time_machine.travel(MONDAY, tick=False) as clock:
            owner, board = UserFactory(role=Role.SALES_HEAD), UserFactory(role=Role.MARKETER)
            policy = made.policy_of(owner, min_cohort=2)
            case = made.notified(UserFactory(team=TeamFactory()), by=board, policy=policy)
            for what, hours in [*steps, ("wait", 1)]:
                self._act(clock, case, what, hours, owner, board)
                case = ConsequenceCase.objects.select_related("user", "policy").get(pk=case.pk)
                now = dt.datetime.now(tz=dt.UTC)
                due = case.takes_effect_at <= now < case.ends_at
                held_up = case.state in {CaseState.APPEALED, CaseState.WAIVED}
                assert self._binds(case) == (due and not held_up)
                assert (standing(case, now) == CaseState.IN_FORCE) == (due and not held_up)
                assert [proof.name for proof in proofs.proofs() if not proof.holds] == []
            for moment, binds in self._edges(case):
                clock.move_to(moment)
                assert self._binds(case) == binds

    @staticmethod
    def _binds(case):
        return restriction_of(case.user, Privilege.REQUEST_REFERENCES) is not None

    @staticmethod
    def _edges(case):
        second = dt.timedelta(seconds=1)
        holds = case.state not in {CaseState.APPEALED, CaseState.WAIVED}
        now = dt.datetime.now(tz=dt.UTC)
        edges = [
            (case.takes_effect_at - second, False), (case.takes_effect_at, holds),
            (case.ends_at - second, holds), (case.ends_at, False),
        ]  # fmt: skip
        return [(moment, binds) for moment, binds in edges if moment >= now]

    @staticmethod
    def _act(clock, case, what, hours, owner, board):
        acts = {
            "wait": lambda: clock.shift(dt.timedelta(hours=hours)),
            "beat": services.follow_up,
            "appeal": lambda: services.appeal(case=case, by=case.user, text="No."),
            "turn down": lambda: services.answer_appeal(case=case, by=owner, grant=False, text="It stays."),
            "grant": lambda: services.answer_appeal(case=case, by=owner, grant=True, text="Right."),
            "waive": lambda: services.waive(case=case, by=board, reason="Enough."),
            "switch off": lambda: services.switch_off(policy=case.policy, by=board),
        }
        # Too late, or not possible now: nothing has changed, which is what is asked afterwards.
        with contextlib.suppress(DomainError):
            acts[what]()
