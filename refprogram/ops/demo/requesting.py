"""A year of reference requests: most of them answered, some of them waiting now."""

import datetime as dt
from typing import NamedTuple

from references.accounts import kept, policy
from references.accounts.enums import OPEN_STAGES, AskState, FreezeKind
from references.accounts.models import Account, ActivityType, Ask, Contact, Freeze, Opportunity
from references.requests import clock
from references.requests.demand import said_of
from references.requests.enums import CandidateState, RequestState, Side, UnfilledReason
from references.requests.models import Candidate, Feedback, ReferenceRequest
from refprogram.governance.capacity.services import record_all
from refprogram.ops.demo import words
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.ops.demo.nominating import pool
from refprogram.ops.demo.portfolio import Portfolio
from refprogram.people.models import User

ACCOUNTS_PER_REQUEST = 3
STATES = (
    (RequestState.CLOSED, 78),
    (RequestState.UNFILLED, 8),
    (RequestState.SUBMITTED, 9),
    (RequestState.DELIVERED, 5),
)
NOBODY_FREE = "Nobody was free in time."
HELD = {RequestState.CLOSED, RequestState.DELIVERED}


class Spoken(NamedTuple):
    """One reference that was given: the request, who gave it, and when."""

    request: ReferenceRequest
    contact: Contact
    asked: dt.datetime
    agreed: dt.datetime
    held: dt.datetime


def build(maker: Maker, company: Company, portfolio: Portfolio) -> None:
    """Make requests, the customers who answered them, and what it cost those customers in goodwill."""
    kinds = {kind.slug: kind for kind in ActivityType.objects.all()}
    speakers = Speakers(maker, portfolio)
    number = max(12, maker.scale // ACCOUNTS_PER_REQUEST)
    rows = [_request(maker, company, portfolio, kinds) for _ in range(number)]
    spoken = list(filter(None, [speakers.find(row) for row in rows]))
    answered = {id(s.request) for s in spoken}
    for row in rows:
        if row.state in HELD and id(row) not in answered:
            _leave_unfilled(row)
    bulk(maker, rows)
    asks = bulk(maker, [_ask(s) for s in spoken])
    _link(maker, spoken, asks, company)
    _freeze(maker, portfolio, company)
    for account in {s.contact.account_id: s.contact.account for s in spoken}.values():
        kept.settle(account)
    for row in rows:
        tell_asked(maker, row)
    record_all(map(said_of, rows))


def tell_asked(maker: Maker, row: ReferenceRequest) -> None:
    """Tell the stream that somebody asked."""
    facts = {"requester": row.requester.person_id, "activity": row.activity_id, "opportunity": row.opportunity_id}
    me = row.requester.person_id
    maker.tell("request.submitted", row, row.submitted_at, account_id=None, actor_id=me, amount=None, **facts)


def _request(maker: Maker, company: Company, portfolio: Portfolio, kinds: dict[str, ActivityType]) -> ReferenceRequest:
    state = maker.weighted(STATES)
    day = {
        RequestState.SUBMITTED: maker.day_ago(4),
        RequestState.DELIVERED: maker.day_ago(20, 14),
    }.get(state) or maker.day_ago(330, 30)
    deal = _deal(maker, portfolio, still_open=state in {RequestState.SUBMITTED, RequestState.DELIVERED})
    kind = kinds[maker.chance.choices(("call", "quote", "site-visit", "case-study"), (60, 20, 10, 10))[0]]
    submitted = maker.moment(day)
    confirmed = submitted + dt.timedelta(days=maker.chance.randrange(1, 5)) if state in HELD else None
    delivered = confirmed + dt.timedelta(days=maker.chance.randrange(2, 10)) if confirmed else None
    return ReferenceRequest(
        requester=deal.owner or company.reps[0],
        opportunity=deal,
        purpose=deal.account.name if deal.account else deal.name,
        activity=kind,
        needed_by=day + dt.timedelta(days=maker.chance.randrange(10, 30)),
        topics=maker.chance.choice(words.TOPICS),
        must_industry=deal.account.industry if deal.account else "",
        state=state,
        reason=NOBODY_FREE if state == RequestState.UNFILLED else "",
        reason_code=UnfilledReason.NOT_FREE if state == RequestState.UNFILLED else "",
        due_at=clock.due(submitted, kind.confirm_days),
        submitted_at=submitted,
        created_at=submitted,
        confirmed_at=confirmed,
        delivered_at=delivered,
        closed_at=delivered + dt.timedelta(days=3) if delivered and state == RequestState.CLOSED else None,
    )


def _leave_unfilled(row: ReferenceRequest) -> None:
    row.state, row.reason, row.reason_code = RequestState.UNFILLED, NOBODY_FREE, UnfilledReason.NOT_FREE
    row.confirmed_at = row.delivered_at = row.closed_at = None


def _deal(maker: Maker, portfolio: Portfolio, *, still_open: bool) -> Opportunity:
    while True:
        account = maker.chance.choice(portfolio.accounts)
        fitting = [d for d in portfolio.deals[account.pk] if not still_open or d.stage in OPEN_STAGES]
        if fitting:
            return maker.chance.choice(fitting)


class Speakers:
    """Who may speak when: agreed to the activity before, and not asked too often in that quarter."""

    def __init__(self, maker: Maker, portfolio: Portfolio) -> None:
        self.maker = maker
        self.willing: dict[str, list[Contact]] = {}
        self.uses: dict[int, list[dt.datetime]] = {}
        for account in pool(portfolio):
            contact = portfolio.contacts[account.pk][0]
            contact.account = account
            # A few popular accounts come up more often than others.
            for slug in contact.willing:
                self.willing.setdefault(slug, []).extend([contact] * maker.chance.choice((1, 1, 1, 3)))

    def find(self, row: ReferenceRequest) -> Spoken | None:
        """Return who answered a request of the past, if anybody was free."""
        confirmed, held = row.confirmed_at, row.delivered_at
        if confirmed is None or held is None:
            return None
        free = [c for c in self.willing.get(row.activity.slug, ()) if self._is_free(c, row.submitted_at)]
        if not free:
            return None
        contact = self.maker.chance.choice(free)
        self.uses.setdefault(contact.pk, []).append(held)
        return Spoken(row, contact, row.submitted_at + dt.timedelta(hours=3), confirmed, held)

    def _is_free(self, contact: Contact, at: dt.datetime) -> bool:
        since = contact.account.member_since
        near = [use for use in self.uses.get(contact.pk, ()) if abs(use - at) < policy.now().quarter]
        return since is not None and since < at and len(near) < policy.now().asks_per_quarter


def _ask(spoken: Spoken) -> Ask:
    return Ask(
        account=spoken.contact.account,
        contact=spoken.contact,
        activity=spoken.request.activity,
        effort=spoken.request.activity.effort,
        state=AskState.SPENT,
        source_type="referencerequest",
        source_id=spoken.request.pk,
        planned_on=spoken.held.date(),
        created_at=spoken.asked,
        ended_at=spoken.held,
    )


def _link(maker: Maker, spoken: list[Spoken], asks: list[Ask], company: Company) -> None:
    rows = bulk(maker, [_spoke(maker, s, a, company) for s, a in zip(spoken, asks, strict=True)])
    for ask, row in zip(asks, rows, strict=True):
        ask.source_type, ask.source_id = "candidate", row.pk
    Ask.objects.bulk_update(asks, ["source_type", "source_id"], batch_size=1_000)
    closed = [row for row in rows if row.request.state == RequestState.CLOSED]
    bulk(maker, [_feedback(maker, row, side) for row in closed for side in Side])
    for row, said in zip(rows, spoken, strict=True):
        tell_tried(maker, row, company, said.asked)


def candidate_of(
    maker: Maker,
    row: ReferenceRequest,
    contact: Contact,
    company: Company,
    *,
    state: CandidateState,
    asked: dt.datetime,
) -> Candidate:
    """Return a customer tried for a request, with a score that could have been."""
    parts = [maker.chance.randrange(*span) for span in ((28, 41), (12, 25), (6, 15), (4, 10))]
    return Candidate(
        request=row,
        account=contact.account,
        contact=contact,
        state=state,
        score=sum(parts),
        factors=dict(zip(("fit", "availability", "track_record", "fairness"), parts, strict=True)),
        proposed_by=company.marketer,
        approver=contact.account.owner,
        created_at=asked,
    )


def _spoke(maker: Maker, spoken: Spoken, ask: Ask, company: Company) -> Candidate:
    row = candidate_of(
        maker, spoken.request, spoken.contact, company, state=CandidateState.COMPLETED, asked=spoken.asked
    )
    row.ask = ask
    row.owner_answered_at = row.invited_at = spoken.asked
    row.answered_at, row.scheduled_at = spoken.agreed, spoken.held
    return row


def _feedback(maker: Maker, row: Candidate, side: str) -> Feedback:
    customer = side == Side.CUSTOMER
    return Feedback(
        candidate=row,
        side=side,
        rating=maker.chance.choices((3, 4, 5), (15, 40, 45))[0],
        again=True if customer else None,
        minutes=row.request.activity.minutes if customer else None,
        comment=maker.chance.choice(words.COMMENTS),
        created_at=row.request.closed_at or row.created_at,
    )


def tell_tried(maker: Maker, row: Candidate, company: Company, asked: dt.datetime) -> None:
    """Tell the stream how far a candidate has come."""
    request = row.request
    requester = request.requester.person_id
    owner = row.account.owner.person_id if row.account.owner else None
    tried = {"request": row.request_id, "contact": row.contact_id, "requester": requester, "owner": owner}
    held = request.delivered_at if row.state == CandidateState.COMPLETED else None
    steps: tuple[tuple[str, dt.datetime | None, int | None, dict[str, int | None]], ...] = (
        ("candidate.proposed", asked, company.marketer.person_id, {}),
        ("candidate.owner_approved", row.owner_answered_at, owner, {}),
        ("candidate.accepted", row.answered_at, row.contact.person_id, {"times": len(row.offered_times)}),
        (
            "reference.delivered",
            held,
            requester,
            {"opportunity": request.opportunity_id, "activity": request.activity_id},
        ),
    )
    for topic, at, actor, more in steps:
        if at is not None:
            maker.tell(topic, row, at, account_id=row.account_id, actor_id=actor, **tried, **more)


def _freeze(maker: Maker, portfolio: Portfolio, company: Company) -> None:
    troubled = maker.chance.sample(pool(portfolio), -(-len(pool(portfolio)) // 30))
    bulk(maker, [_trouble(maker, account, company.supporters) for account in troubled])
    for account in troubled:
        kept.settle(account)


def _trouble(maker: Maker, account: Account, supporters: list[User]) -> Freeze:
    return Freeze(
        account=account,
        kind=FreezeKind.ESCALATION,
        reason="An open case of the highest severity; please wait until it is solved.",
        starts_at=maker.moment(maker.day_ago(14, 2)),
        imposed_by=maker.chance.choice(supporters),
    )
