"""What lies on the desks of those who sign in to look around: something of everything, for rep, support and manager.

The year before is left to chance and may pass a person by; this is not. Where a company is too small for all of it,
there is less.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.utils import timezone

from nominations.enums import NominationState
from references.accounts import kept
from references.accounts.enums import OPEN_STAGES, AskState, Membership, Stage
from references.accounts.models import Account, ActivityType, Ask, Contact, Opportunity
from references.requests import clock
from references.requests.enums import CandidateState, RequestState
from references.requests.models import Candidate, ReferenceRequest
from refprogram.kernel.enums import Period
from refprogram.kernel.rollups import start_of
from refprogram.ops.demo import nominating, requesting, words
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.ops.demo.nominating import Plan
from refprogram.ops.demo.portfolio import Portfolio
from refprogram.people.models import User

N, R, C = NominationState, RequestState, CandidateState


class Share(NamedTuple):
    """How much of each lies on one desk."""

    enrolled: int
    to_confirm: int  # somebody nominated a customer of theirs: still happy?
    to_approve: int  # somebody wants to ask a customer of theirs
    requests: tuple[RequestState, ...]


REP = Share(2, 1, 2, (R.SUBMITTED, R.CONFIRMED, R.DELIVERED))
SUPPORT = Share(2, 1, 1, (R.MATCHING, R.CONFIRMED))
MANAGER = Share(1, 1, 1, (R.MATCHING,))


def build(maker: Maker, company: Company, portfolio: Portfolio) -> None:
    """Fill the three desks from what the year before has left free: first what each must have, while there is some."""
    desks = Desks(maker, company, portfolio)
    fields = ((company.reps[0], REP), (company.supporters[0], SUPPORT), (company.managers[0], MANAGER))
    for user, _share in fields:
        desks.to_approve(user, company.reps[1])
    for user, share in fields:
        desks.fill(user, share, colleague=company.reps[1])


class Desks:
    """Hands out customers that nobody is busy with, each once."""

    def __init__(self, maker: Maker, company: Company, portfolio: Portfolio) -> None:
        self.maker, self.company, self.portfolio = maker, company, portfolio
        self.fresh = self._fresh()
        self.free = self._free(nominating.pool(portfolio))
        self.call = ActivityType.objects.get(slug="call")

    def fill(self, user: User, share: Share, colleague: User) -> None:
        """Lay out one desk."""
        self._nominate(user, share, colleague)
        self._good_moment(user)
        for state in share.requests:
            self._request(user, state)
        for _n in range(share.to_approve - 1):
            self.to_approve(user, colleague)

    # ---------------------------------------------------------------- customers

    def _fresh(self) -> Iterator[Contact]:
        """Yield a contact of each account that nobody has nominated."""
        for account in self.portfolio.accounts:
            if account.state == Membership.IDENTIFIED and not account.nominations.exists():
                yield self.portfolio.contacts[account.pk][0]

    def _free(self, references: list[Account]) -> Iterator[Contact]:
        """Yield a contact of each reference that takes part for a while and may be asked for a call today."""
        lately = timezone.now() - dt.timedelta(days=30)
        for account in references:
            contact = self.portfolio.contacts[account.pk][0]
            account.refresh_from_db()
            resting = account.rests_until is not None and account.rests_until > self.maker.today
            member = account.state == Membership.ACTIVE and account.member_since and account.member_since < lately
            if member and not (account.frozen or resting or account.open_asks) and "call" in contact.willing:
                contact.account = account
                yield contact

    def _owned(self, contacts: Iterator[Contact], owner: User) -> Contact | None:
        """Return the next contact, whose account is from now on this colleague's."""
        contact = next(contacts, None)
        if contact is not None and contact.account.owner_id != owner.pk:
            contact.account.owner = owner
            contact.account.save(update_fields=["owner"])
        return contact

    # ---------------------------------------------------------------- nominations

    def _nominate(self, user: User, share: Share, colleague: User) -> None:
        first = start_of(Period.QUARTER, self.maker.today)
        plans: list[tuple[NominationState, User, User | None, dt.date, dt.date | None]] = []
        for n in range(share.enrolled):
            yes = max(first, self.maker.today - dt.timedelta(days=3 + 9 * n))
            plans.append((N.ENROLLED, user, None, yes - dt.timedelta(days=14), yes))
        plans += [(N.OUTREACH, user, None, self.maker.day_ago(9, 7), None)]
        plans += [(N.SCREENING, user, None, self.maker.day_ago(3, 2), None)]
        plans += [(N.SUBMITTED, colleague, user, self.maker.day_ago(1, 1), None)] * share.to_confirm
        made = []
        for fate, nominator, owner, submitted, enrolled in plans:
            contact = next(self.fresh, None) if owner is None else self._owned(self.fresh, owner)
            if contact is not None:
                made.append(Plan(contact, fate, nominator, submitted, enrolled))
        nominating.make(self.maker, self.company, made)

    def _good_moment(self, user: User) -> None:
        """A deal was won last week, and nobody has nominated the customer."""
        contact = self._owned(self.fresh, user)
        if contact is None:
            return
        deal = self.portfolio.deals[contact.account_id][0]
        deal.owner, deal.stage, deal.closes_on = user, Stage.WON, self.maker.day_ago(8, 5)
        deal.save(update_fields=["owner", "stage", "closes_on"])

    # ---------------------------------------------------------------- requests

    def _deal(self, owner: User) -> Opportunity | None:
        contact = self._owned(self.fresh, owner)
        if contact is None:
            return None
        deal = self.portfolio.deals[contact.account_id][0]
        deal.owner, deal.account = owner, contact.account
        if deal.stage not in OPEN_STAGES:
            deal.stage, deal.closes_on = Stage.PROPOSAL, self.maker.today + dt.timedelta(days=40)
        deal.save(update_fields=["owner", "stage", "closes_on"])
        return deal

    def _request(self, user: User, state: RequestState) -> None:
        deal = self._deal(user)
        contact = None if state == R.SUBMITTED else next(self.free, None)
        if deal is None:
            return
        if contact is None:
            state = R.SUBMITTED  # nobody is free: the program is still looking
        days = {R.SUBMITTED: 1, R.MATCHING: 2, R.CONFIRMED: 4, R.DELIVERED: 9}[state]
        row = self._asked(user, deal, state, self.maker.moment(self.maker.today - dt.timedelta(days=days)))
        if contact is not None:
            states = {R.MATCHING: C.INVITED, R.CONFIRMED: C.ACCEPTED, R.DELIVERED: C.COMPLETED}
            self._tried(row, contact, states[state], contact.account.owner)

    def to_approve(self, user: User, colleague: User) -> None:
        """Somebody wants to ask a customer of theirs."""
        contact, deal = self._owned(self.free, user), self._deal(colleague)
        if contact is None or deal is None:
            return
        row = self._asked(colleague, deal, R.MATCHING, self.maker.moment(self.maker.day_ago(1, 1)))
        self._tried(row, contact, C.OWNER_REVIEW, user)

    def _asked(self, requester: User, deal: Opportunity, state: RequestState, at: dt.datetime) -> ReferenceRequest:
        agreed = at + dt.timedelta(days=1) if state in {R.CONFIRMED, R.DELIVERED} else None
        row = ReferenceRequest(
            requester=requester,
            opportunity=deal,
            purpose=deal.account.name if deal.account else deal.name,
            activity=self.call,
            needed_by=at.date() + dt.timedelta(days=self.maker.chance.randrange(15, 26)),
            topics=self.maker.chance.choice(words.TOPICS),
            state=state,
            submitted_at=at,
            created_at=at,
            due_at=clock.due(at, self.call.confirm_days),
            confirmed_at=agreed,
            delivered_at=agreed + dt.timedelta(days=6) if agreed and state == R.DELIVERED else None,
        )
        bulk(self.maker, [row])
        requesting.tell_asked(self.maker, row)
        return row

    def _tried(self, row: ReferenceRequest, contact: Contact, state: CandidateState, approver: User | None) -> None:
        asked = min(row.submitted_at + dt.timedelta(hours=3), timezone.now())
        candidate = requesting.candidate_of(self.maker, row, contact, self.company, state=state, asked=asked)
        candidate.approver = approver
        if state != C.OWNER_REVIEW:
            candidate.owner_answered_at = candidate.invited_at = asked
        if state in {C.ACCEPTED, C.COMPLETED}:
            candidate.answered_at = row.confirmed_at
        if state == C.ACCEPTED:
            slots = clock.slots(self.maker.today, row.needed_by)[::2]
            candidate.offered_times = [timezone.make_aware(at, dt.UTC).isoformat() for at in slots]
        candidate.scheduled_at = row.delivered_at
        bulk(self.maker, [candidate])
        self._hold(candidate, row, asked)
        requesting.tell_tried(self.maker, candidate, self.company, asked)

    def _hold(self, candidate: Candidate, row: ReferenceRequest, asked: dt.datetime) -> None:
        states = {C.ACCEPTED: AskState.BOOKED, C.COMPLETED: AskState.SPENT}
        state = states.get(CandidateState(candidate.state), AskState.HELD)
        held = row.delivered_at
        ask = Ask(
            account=candidate.account,
            contact=candidate.contact,
            activity=row.activity,
            effort=row.activity.effort,
            state=state,
            source_type="candidate",
            source_id=candidate.pk,
            planned_on=held.date() if held else row.needed_by,
            reserved_by=self.company.marketer,
            created_at=asked,
            ended_at=held,
        )
        bulk(self.maker, [ask])
        candidate.ask = ask
        candidate.save(update_fields=["ask"])
        kept.settle(candidate.account)
