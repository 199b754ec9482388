"""Whatever people do in whatever order: nobody decides for themselves, and every step of what is approved was."""

import datetime as dt

import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from refprogram.governance.approvals import proofs, services
from refprogram.governance.approvals.enums import ApprovalState, ApproverKind, TurnState, Verdict
from refprogram.governance.approvals.models import Decision, Turn
from refprogram.governance.approvals.services import StepPlan
from refprogram.kernel.errors import DomainError
from refprogram.people.enums import Role
from refprogram.people.models import Delegation, Leave, User
from tests.factories.approvals import asked, chain_of
from tests.factories.people import DelegationFactory, LeaveFactory, TeamFactory, UserFactory

PEOPLE = 6
MEMBERS, LEADER = (0, 1), 2
ROLES = (Role.FINANCE, Role.LEGAL, Role.MANAGER)
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
who = st.integers(0, PEOPLE - 1)
roles = st.sampled_from(ROLES)
kinds = st.sampled_from([*ROLES, ApproverKind.MANAGER, ApproverKind.OWNER, ApproverKind.PERSON])
chains = st.lists(st.tuples(st.integers(1, 3), kinds, who, st.none() | roles), min_size=1, max_size=4)
matters = st.tuples(who, who, st.none() | who, st.booleans())
verdicts = st.sampled_from([*[Verdict.APPROVE] * 6, Verdict.REJECT, Verdict.ASK])
acts = st.lists(
    st.one_of(
        st.tuples(st.just("decide"), who, verdicts),
        st.tuples(st.just("everybody_approves")),
        st.tuples(st.just("answer"), who),
        st.tuples(st.just("go_away"), who, who),
        st.tuples(st.just("come_back"), who),
        st.tuples(st.just("has_access"), who, st.booleans()),
        st.tuples(st.just("move"), who, roles, st.booleans()),
        st.tuples(st.just("time_passes"), st.integers(1, 100)),
    ),
    max_size=14,
)


class House:
    """Six colleagues in three roles and one team, and one approval that they all try their hands on."""

    def __init__(self, clock, chain, matter):
        self.clock = clock
        self.team = TeamFactory()
        self.people = [UserFactory(role=ROLES[n % 3], team=self.team if n in MEMBERS else None) for n in range(PEOPLE)]
        self.team.manager = self.people[LEADER]
        self.team.save()
        requester, owner, gains, prize = matter
        chain_of(*[self._step(*step) for step in chain])
        self.never = {self.people[n].pk for n in {requester, gains, *((*MEMBERS, LEADER) if prize else ())} - {None}}
        self.approval = asked(
            self.people[requester],
            owner=self.people[owner],
            beneficiary=None if gains is None else self.people[gains].person,
            team=self.team if prize else None,
        )

    def _step(self, position, kind, person, further):
        to = {"escalate_role": further.value if further else ""}
        if kind in ROLES:
            return StepPlan(position, ApproverKind.ROLE, role=kind.value, **to)
        return StepPlan(position, kind, user=self.people[person] if kind == ApproverKind.PERSON else None, **to)

    def decide(self, person, verdict):
        self._try(services.decide, person, verdict=verdict, comment="Because.")

    def everybody_approves(self):
        for person in range(PEOPLE):
            self.decide(person, Verdict.APPROVE)

    def answer(self, person):
        self._try(services.answer, person, text="So.")

    def go_away(self, person, stand_in):
        LeaveFactory(user=self.people[person])
        Delegation.objects.filter(principal=self.people[person]).delete()
        if person != stand_in:
            DelegationFactory(principal=self.people[person], delegate=self.people[stand_in])

    def come_back(self, person):
        Leave.objects.filter(user=self.people[person]).delete()
        Delegation.objects.filter(principal=self.people[person]).delete()

    def has_access(self, person, here):
        User.objects.filter(pk=self.people[person].pk).update(is_active=here)

    def move(self, person, role, member):
        User.objects.filter(pk=self.people[person].pk).update(role=role, team=self.team if member else None)

    def time_passes(self, hours):
        self.clock.shift(dt.timedelta(hours=hours))
        services.follow_up()

    def _try(self, act, person, **said):
        by = User.objects.select_related("person", "team").get(pk=self.people[person].pk)
        try:
            act(approval=self.approval, by=by, **said)
        except DomainError:
            return


class TestWhateverPeopleDo(TestCase):
    """No path of asking, standing in, going on and deciding lets somebody approve for themselves."""

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(chains, matters, acts)
    def test_nobody_approves_for_themselves(self, chain, matter, done):
        with time_machine.travel(START, tick=False) as clock:
            house = House(clock, chain, matter)
            for name, *arguments in done:
                getattr(house, name)(*arguments)
            house.everybody_approves()
        self._check(house)

    def _check(self, house):
        said = Decision.objects.filter(approval=house.approval)
        spoke = {one for pair in said.values_list("by", "in_name_of") for one in pair}
        assert not house.never & spoke
        house.approval.refresh_from_db()
        turns = Turn.objects.filter(approval=house.approval)
        agreed = set(said.filter(verdict=Verdict.APPROVE).values_list("turn", flat=True))
        needed = set(turns.exclude(state=TurnState.SKIPPED).values_list("pk", flat=True))
        waits = turns.filter(state=TurnState.OPEN).exists()
        assert (house.approval.state == ApprovalState.APPROVED) == (agreed == needed)
        assert waits == house.approval.open
        assert [proof.rows for proof in proofs.proofs() if not proof.holds] == []
