"""A year of nominations: who named whom, and what became of it."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.utils import timezone

from nominations.enums import NominationState, OwnerAnswer
from nominations.models import Nomination, NominationCredit
from references.accounts import policy, wording
from references.accounts.enums import POOL, Membership
from references.accounts.models import Account, ActivityType, Ask, Consent, Contact
from references.accounts.selectors import activity_types
from refprogram.ops.demo import words
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.ops.demo.portfolio import Portfolio
from refprogram.people.models import User

N = NominationState
# What became of a hundred accounts: never nominated, or nominated and …
FATES: tuple[tuple[NominationState | None, int], ...] = (
    *((None, 44), (N.ENROLLED, 38), (N.NOT_APPROVED, 5), (N.CUSTOMER_DECLINED, 4), (N.SCREENING, 4), (N.PARKED, 2)),
    *((N.WITHDRAWN, 1), (N.OUTREACH, 2)),
)
REASONS = {
    N.NOT_APPROVED: "We have enough references of this kind this quarter. Please keep them warm.",
    N.PARKED: "Their new release goes live first; we ask again afterwards.",
    N.CUSTOMER_DECLINED: "",
    N.WITHDRAWN: "",
}


OPEN_NOW = {N.SUBMITTED, N.SCREENING, N.PARKED, N.OUTREACH}
UNDECIDED = {N.SUBMITTED, N.SCREENING, N.WITHDRAWN}
DAYS_TO_YES = (7, 19)


class Plan(NamedTuple):
    """One nomination to be made: what becomes of it, by whom and when, where that is not left to chance."""

    contact: Contact
    fate: NominationState
    nominator: User | None = None
    submitted: dt.date | None = None
    enrolled: dt.date | None = None


@dataclass(frozen=True)
class Facts:
    """What every event of one nomination says."""

    nominator: int
    team: int | None
    region: int | None
    industry: str


def build(maker: Maker, company: Company, portfolio: Portfolio) -> None:
    """Make a year of nominations, most of them decided."""
    fates = [(portfolio.contacts[account.pk][0], maker.weighted(FATES)) for account in portfolio.accounts]
    make(maker, company, [Plan(contact, fate) for contact, fate in fates if fate is not None])


def make(maker: Maker, company: Company, plans: list[Plan]) -> list[Nomination]:
    """Make nominations, memberships and consents, and tell the stream what happened when."""
    kinds = activity_types()
    rows = bulk(maker, [_nomination(maker, company, plan, kinds) for plan in plans])
    credit(rows)
    members = [row for row in rows if row.state == N.ENROLLED]
    bulk(maker, [_consent(row, kinds) for row in members])
    _enter(maker, members)
    _invite(maker, company, [row for row in rows if row.state == N.OUTREACH])
    for row in rows:
        _tell(maker, company, row)
    return rows


def credit(rows: list[Nomination]) -> None:
    """Write down that all of each is its nominator's; credits have no public id, so nothing is drawn for them."""
    NominationCredit.objects.bulk_create(
        NominationCredit(
            nomination=row, user_id=row.nominator_id, team_id=row.team_id, region_id=row.region_id, percent=100,
            since=row.submitted_at,
        )
        for row in rows
    )  # fmt: skip


def _nomination(maker: Maker, company: Company, plan: Plan, kinds: list[ActivityType]) -> Nomination:
    account, fate = plan.contact.account, plan.fate
    day = plan.submitted or (maker.day_ago(12, 1) if fate in OPEN_NOW else maker.day_ago(350, 20))
    nominator = plan.nominator or _nominator(maker, company, account)
    decided = None if fate in UNDECIDED else maker.moment(day + dt.timedelta(days=maker.chance.randrange(1, 6)))
    yes = plan.enrolled or day + dt.timedelta(days=maker.chance.randrange(*DAYS_TO_YES))
    enrolled = maker.moment(yes) if fate == N.ENROLLED else None
    submitted = maker.moment(day)
    judged = fate in {N.ENROLLED, N.CUSTOMER_DECLINED, N.NOT_APPROVED, N.OUTREACH}
    scores = [maker.chance.randrange(3, 6) if judged else None for _ in range(3)]
    own = nominator == account.owner
    answered = not own and fate != N.SUBMITTED
    return Nomination(
        nominator=nominator,
        team=nominator.team,
        region=nominator.team.region if nominator.team else None,
        account=account,
        contact=plan.contact,
        activities=sorted(k.slug for k in maker.chance.sample(kinds, maker.chance.randrange(2, 5))),
        why=maker.chance.choice(words.WHYS),
        state=fate,
        submitted_at=submitted,
        created_at=submitted,
        state_since=enrolled or decided or submitted,
        vouched_at=submitted,
        owner_asked=None if own else account.owner,
        owner_answer=_word(own=own, answered=answered),
        owner_answered_at=min(submitted + dt.timedelta(hours=maker.chance.randrange(1, 20)), timezone.now())
        if answered
        else None,
        score_relationship=scores[0],
        score_results=scores[1],
        score_fit=scores[2],
        decided_by=None if fate in UNDECIDED else company.marketer,
        decided_at=decided,
        reason=REASONS.get(fate, ""),
        revisit_on=maker.today + dt.timedelta(days=maker.chance.randrange(10, 60)) if fate == N.PARKED else None,
        enrolled_at=enrolled,
    )


def _word(*, own: bool, answered: bool) -> OwnerAnswer:
    if own:
        return OwnerAnswer.NOT_NEEDED
    return OwnerAnswer.STILL_TRUE if answered else OwnerAnswer.PENDING


def _nominator(maker: Maker, company: Company, account: Account) -> User:
    """Most know the account; some reps are keener than others, so that the standings have a shape."""
    if account.owner is not None and maker.chance.random() < 0.6:
        return account.owner
    keen = [len(company.reps) - i for i in range(len(company.reps))]
    return maker.chance.choices([*company.reps, *company.supporters], [*keen, *[8] * len(company.supporters)])[0]


def _consent(row: Nomination, kinds: list[ActivityType]) -> Consent:
    given = row.enrolled_at or row.submitted_at
    return Consent(
        contact=row.contact,
        activities=row.activities,
        wording=wording.agreement([k for k in kinds if k.slug in row.activities]),
        given_at=given,
        created_at=given,
        expires_on=policy.consent_until(given.date()),
        source="signed link",
    )


def _enter(maker: Maker, members: list[Nomination]) -> None:
    accounts, contacts = [], []
    for row in members:
        if row.contact is None:
            continue
        account, contact = row.account, row.contact
        stale = maker.chance.random() < 0.12
        account.state = Membership.REVIEW_DUE if stale else Membership.ACTIVE
        account.member_since = row.enrolled_at
        verified = maker.day_ago(210, 182) if stale else maker.day_ago(85)
        account.verified_at = max(maker.moment(verified), row.enrolled_at or maker.moment(verified))
        contact.state, contact.willing = Membership.ACTIVE, row.activities
        accounts.append(account)
        contacts.append(contact)
    Account.objects.bulk_update(accounts, ["state", "member_since", "verified_at"], batch_size=1_000)
    Contact.objects.bulk_update(contacts, ["state", "willing"], batch_size=1_000)


def _invite(maker: Maker, company: Company, rows: list[Nomination]) -> None:
    """The customer has been written to and has not answered."""
    asks = []
    for row in rows:
        if row.contact is None:
            continue
        account, contact = row.account, row.contact
        account.state = contact.state = Membership.RECRUITING
        contact.willing = row.activities
        asks.append(
            Ask(
                account=account,
                contact=contact,
                source_type="nomination",
                source_id=row.pk,
                planned_on=row.state_since.date(),
                reserved_by=company.marketer,
                created_at=row.state_since,
            )
        )
    Account.objects.bulk_update([ask.account for ask in asks], ["state"])
    Contact.objects.bulk_update([ask.contact for ask in asks], ["state", "willing"])
    bulk(maker, asks)


def _tell(maker: Maker, company: Company, row: Nomination) -> None:
    account, me, boss = row.account_id, row.nominator.person_id, company.marketer.person_id
    facts = vars(Facts(me, row.team_id, row.region_id, row.account.industry))
    maker.tell("nomination.submitted", row, row.submitted_at, account_id=account, actor_id=me, **facts)
    if row.state == N.SUBMITTED and row.owner_asked:
        asked = {"nominator": me, "owner": row.owner_asked.person_id}
        maker.tell("nomination.owner_asked", row, row.submitted_at, account_id=account, actor_id=None, **asked)
    if row.owner_asked and row.owner_answered_at:
        owner = row.owner_asked.person_id
        maker.tell(
            "nomination.owner_answered",
            row,
            row.owner_answered_at,
            account_id=account,
            actor_id=owner,
            nominator=me,
            owner=owner,
            answer=row.owner_answer,
        )
    if row.state in {N.ENROLLED, N.CUSTOMER_DECLINED, N.OUTREACH} and row.decided_at:
        maker.tell(
            "nomination.approved",
            row,
            row.decided_at,
            account_id=account,
            actor_id=boss,
            contact=row.contact_id,
            **facts,
        )
    elif row.decided_at and row.state != N.WITHDRAWN:
        maker.tell(
            "nomination.decided",
            row,
            row.decided_at,
            account_id=account,
            actor_id=boss,
            nominator=me,
            decision=row.state,
        )
    if row.enrolled_at and row.contact:
        source = {"contact": row.contact_id, "source_type": "nomination", "source_id": row.pk}
        maker.tell(
            "membership.activated",
            row.contact,
            row.enrolled_at,
            account_id=account,
            actor_id=row.contact.person_id,
            activities=row.activities,
            **source,
        )
        maker.tell("nomination.enrolled", row, row.enrolled_at, account_id=account, actor_id=None, **facts)


def pool(portfolio: Portfolio) -> list[Account]:
    """Return the accounts that became references."""
    return [account for account in portfolio.accounts if account.state in POOL]
