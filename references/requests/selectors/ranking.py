"""Who could answer a need: hard stops in SQL, the rest scored by `matching`. A fixed number of queries at any size."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import clock, fatigue
from references.accounts import policy as account_policy
from references.accounts.enums import OPEN_ASKS, POOL, Membership, Stage
from references.accounts.errors import AskRefused
from references.accounts.kept import USES_CAP
from references.accounts.models import Account, Ask, Consent, Contact, Opportunity
from references.accounts.selectors import availability_q
from references.requests import matching, policy
from references.requests.enums import CandidateState, LeftOut, Side
from references.requests.matching import Facts, Need, Score
from references.requests.models import Candidate, ReferenceRequest

MAY_BE_ASKED = ""


@dataclass(frozen=True)
class Match:
    """One ranked customer: whom we would ask, the score with its reasons, and what to mind."""

    rank: int
    account: Account
    contact: Contact
    score: Score
    tired: bool = False
    lapses_on: dt.date | None = None


@dataclass(frozen=True)
class Excluded:
    """How many of the segment are left out for one reason."""

    reason: LeftOut
    count: int


class Relaxed(NamedTuple):
    """What giving up or easing one must-have would bring: `field` -> `value` of the request, and how many more."""

    field: str
    value: Any
    words: str
    more: int


@dataclass(frozen=True)
class MatchResult:
    """The ranking, and everything it leaves out: `possible` may be asked, `segment` meet the must-haves at all."""

    ranked: list[Match]
    excluded: list[Excluded]
    possible: int
    segment: int
    relaxed: list[Relaxed] = field(default_factory=list)


def matches(request: ReferenceRequest, limit: int = policy.SHOWN) -> MatchResult:
    """Return the best matches for a request, and those left out counted by reason."""
    segment = _with_standing(_pool().filter(*musts(request).values()), request)
    counts = dict(segment.order_by().values_list("standing").annotate(Count("pk")))
    possible = counts.pop(MAY_BE_ASKED, 0)
    ranked = _ranked(request, segment.filter(standing=MAY_BE_ASKED))[:limit] if possible else []
    return MatchResult(
        ranked=ranked,
        excluded=sorted((Excluded(LeftOut(code), n) for code, n in counts.items()), key=lambda one: -one.count),
        possible=possible,
        segment=possible + sum(counts.values()),
        relaxed=_relaxed(request, possible),
    )


def fits(request: ReferenceRequest) -> MatchResult:
    """Return how many could be asked, without ranking them; the request need not be saved."""
    possible = _with_standing(_pool().filter(*musts(request).values()), request).filter(standing=MAY_BE_ASKED).count()
    return MatchResult(ranked=[], excluded=[], possible=possible, segment=possible, relaxed=_relaxed(request, possible))


def match_for(request: ReferenceRequest, account: Account, contact: Contact | None = None) -> Match:
    """Return one account's match, whether it meets the must-haves or not. Raises AskRefused with the reason."""
    standing = standing_of(request, account)
    if standing is not None:
        raise AskRefused(_("%(name)s: %(why)s.") % {"name": account.name, "why": standing.label.lower()})
    speakers = {account.pk: [contact]} if contact else None
    found = _ranked(request, Account.objects.filter(pk=account.pk), speakers=speakers)
    return found[0]


def standing_of(request: ReferenceRequest, account: Account) -> LeftOut | None:
    """Return why an account cannot be offered for a request; None if it can."""
    rows = _with_standing(Account.objects.filter(pk=account.pk), request)
    code = rows.values_list("standing", flat=True).get()
    return LeftOut(code) if code else None


# ---------------------------------------------------------------- who is in, who is out


def _pool() -> QuerySet[Account]:
    return Account.objects.filter(state__in=POOL, merged_into__isnull=True)


def musts(request: ReferenceRequest) -> dict[str, Q]:
    """Return the must-haves of a request as conditions on accounts, by the request's field."""
    return _conditions(
        {
            name: getattr(request, name)
            for name in ("must_industry", "must_region_id", "must_product_id", "must_employees")
        }
    )


def _conditions(wanted: Mapping[str, Any]) -> dict[str, Q]:
    bought = Account.products.through._default_manager.filter(product_id=wanted["must_product_id"])
    conditions = {
        "must_industry": Q(industry=wanted["must_industry"]),
        "must_region_id": Q(region_id=wanted["must_region_id"]),
        "must_product_id": Q(pk__in=bought.values("account_id")),
        "must_employees": Q(employees__gte=wanted["must_employees"] or 0),
    }
    return {name: condition for name, condition in conditions.items() if wanted[name]}


def _with_standing(accounts: QuerySet[Account], request: ReferenceRequest) -> QuerySet[Any]:
    """Add `standing`: the first reason that forbids asking the account, empty if none does."""
    today = clock.today()
    tried = Candidate.objects.filter(request=request.pk, account=OuterRef("pk")).exclude(state=CandidateState.RELEASED)
    prospect = request.opportunity.account_id if request.opportunity else None
    agreed = _agreed(request.activity.slug, today).filter(account=OuterRef("pk"))
    reasons = (
        (Q(pk=prospect), LeftOut.PROSPECT),
        (Exists(tried), LeftOut.TRIED),
        (Q(frozen=True), LeftOut.FROZEN),
        (Q(paused_until__gt=today), LeftOut.PAUSED),
        (Q(open_asks__gt=0), LeftOut.BUSY),
        (Q(rests_until__gt=today), LeftOut.RESTING),
        (~availability_q(), LeftOut.CHECK_DUE),
        (~Exists(agreed), LeftOut.NO_CONSENT),
        (~Exists(_free(agreed, today)), LeftOut.BUSY),
    )
    whens = [When(condition, then=Value(reason.value)) for condition, reason in reasons]
    return accounts.annotate(standing=Case(*whens, default=Value(MAY_BE_ASKED), output_field=CharField()))


def _agreed(activity: str, today: dt.date) -> QuerySet[Contact]:
    """Contacts who are willing to do this, with a consent in force that says so."""
    return Contact.objects.filter(
        Exists(_in_force(activity, today)),
        state=Membership.ACTIVE,
        left_company_at__isnull=True,
        willing__contains=[activity],
    )


def _in_force(activity: str, today: dt.date) -> QuerySet[Consent]:
    return Consent.objects.filter(
        contact=OuterRef("pk"), revoked_at__isnull=True, expires_on__gte=today, activities__contains=[activity]
    )


def _free(contacts: QuerySet[Contact], today: dt.date) -> QuerySet[Any]:
    """Those of the contacts who did not pause, are not asked already, and have room under their own cap."""
    asked = Ask.objects.filter(contact=OuterRef("pk"), state__in=OPEN_ASKS)
    used = Ask.objects.filter(
        contact=OuterRef("pk"),
        activity__isnull=False,
        state__in=USES_CAP,
        planned_on__gt=today - account_policy.QUARTER,
    )
    counted = used.order_by().values("contact").annotate(n=Count("pk")).values("n")
    return contacts.annotate(uses=Coalesce(Subquery(counted, output_field=IntegerField()), 0)).filter(
        Q(paused_until__isnull=True) | Q(paused_until__lte=today),
        ~Exists(asked),
        uses__lt=Coalesce(F("cap_per_quarter"), account_policy.ASKS_PER_QUARTER),
    )


def _relaxed(request: ReferenceRequest, possible: int) -> list[Relaxed]:
    """Count, in one query, how many more could be asked if one must-have were dropped (the size: halved)."""
    kept = musts(request)
    if not kept:
        return []
    eased = {name: Q() for name in kept}
    half = (request.must_employees or 0) // policy.RELAX_SIZE
    if "must_employees" in kept:
        eased["must_employees"] = Q(employees__gte=half)
    pool = _with_standing(_pool(), request).filter(standing=MAY_BE_ASKED)
    totals = pool.aggregate(
        **{
            name: Count("pk", filter=Q(easier, *(other for key, other in kept.items() if key != name)))
            for name, easier in eased.items()
        }
    )
    words = {
        "must_industry": _("any industry"),
        "must_region_id": _("any region"),
        "must_product_id": _("any product"),
        "must_employees": _("%(n)s people and more") % {"n": half},
    }
    found = [
        Relaxed(name, half if name == "must_employees" else None, words[name], totals[name] - possible)
        for name in eased
    ]
    return sorted((one for one in found if one.more > 0), key=lambda one: -one.more)


# ---------------------------------------------------------------- scoring


def need_of(request: ReferenceRequest) -> Need:
    """Return what is wished for: the must-haves, and for what they leave open, what the prospect itself is like."""
    deal = request.opportunity
    prospect = deal.account if deal else None
    return Need(
        industry=request.must_industry or (prospect.industry if prospect else ""),
        region_id=request.must_region_id or (prospect.region_id if prospect else None),
        product_id=request.must_product_id or (deal.product_id if deal else None),
        employees=request.must_employees or (prospect.employees if prospect else None),
        amount=deal.amount if deal else None,
    )


def _ranked(
    request: ReferenceRequest, accounts: QuerySet[Account], *, speakers: Mapping[int, list[Contact]] | None = None
) -> list[Match]:
    today, need = clock.today(), need_of(request)
    rows = {row.pk: row for row in _nearest(accounts, need)}
    people = speakers or _speakers(request.activity.slug, list(rows), today)
    facts = [_facts(row, extra) for row, extra in _with_history(rows, need) if row.pk in people]
    ranked = matching.rank(need, facts, today=today)
    return [
        Match(
            rank=place,
            account=rows[one.account_id],
            contact=people[one.account_id][0],
            score=score,
            tired=one.strain * 100 >= account_policy.LIMITED_FROM,
            lapses_on=_soon(people[one.account_id][0], today),
        )
        for place, (one, score) in enumerate(ranked, start=1)
    ]


def _nearest(accounts: QuerySet[Account], need: Need) -> QuerySet[Account]:
    """The accounts worth scoring: those with the same industry and region first, then the freshest."""
    same = [Case(When(Q(**{name: value}), then=1), default=0) for name, value in _stored_wishes(need)]
    order = [(-sum(same[1:], start=same[0])).asc()] if same else []
    rested = F("fatigue_key").asc(nulls_first=True)
    return (
        accounts.select_related("region").prefetch_related("products").order_by(*order, rested, "pk")[: policy.SCORED]
    )


def _stored_wishes(need: Need) -> list[tuple[str, Any]]:
    wishes = (("industry", need.industry), ("region_id", need.region_id))
    return [(name, value) for name, value in wishes if value]


def _speakers(activity: str, account_ids: list[int], today: dt.date) -> dict[int, list[Contact]]:
    """Who would be asked, by account: those who may be asked, the least used first."""
    found: dict[int, list[Contact]] = {}
    ends = _in_force(activity, today).order_by().values("contact").annotate(day=Max("expires_on")).values("day")
    contacts = _free(_agreed(activity, today).filter(account__in=account_ids), today)
    for contact in contacts.select_related("person").annotate(consent_until=Subquery(ends)).order_by("uses", "pk"):
        found.setdefault(contact.account_id, []).append(contact)
    return found


def _with_history(rows: Mapping[int, Account], need: Need) -> list[tuple[Account, dict[str, Any]]]:
    """Pair accounts with what happened before: ratings and answers (one query), similar won deals (one more)."""
    yes = [CandidateState.ACCEPTED, CandidateState.SCHEDULED, CandidateState.COMPLETED]
    rated = Q(feedback__side=Side.REQUESTER)
    history = (
        Candidate.objects.filter(account__in=list(rows))
        .order_by()
        .values("account_id")
        .annotate(
            said_yes=Count("pk", filter=Q(state__in=yes), distinct=True),
            said_no=Count("pk", filter=Q(state=CandidateState.DECLINED), distinct=True),
            ratings=Count("feedback", filter=rated),
            rating_sum=Coalesce(Sum("feedback__rating", filter=rated), 0),
        )
    )
    before: dict[int, dict[str, Any]] = {
        line["account_id"]: {key: value for key, value in line.items() if key != "account_id"} for line in history
    }
    won: dict[int, tuple[Any, ...]] = {}
    if need.amount:
        deals = Opportunity.objects.filter(
            account__in=list(rows),
            stage=Stage.WON,
            amount__range=(need.amount / policy.DEAL_NEAR, need.amount * policy.DEAL_NEAR),
        )
        for account_id, amount in deals.values_list("account_id", "amount").distinct():
            won[account_id] = (*won.get(account_id, ()), amount)
    return [(row, {**before.get(pk, {}), "won": won.get(pk, ())}) for pk, row in rows.items()]


def _facts(account: Account, history: Mapping[str, Any]) -> Facts:
    return Facts(
        account_id=account.pk,
        industry=account.industry,
        region_id=account.region_id,
        product_ids=frozenset(product.pk for product in account.products.all()),
        employees=account.employees,
        strain=fatigue.load(account.fatigue_key, timezone.now()) / account_policy.CAPACITY,
        last_asked=clock.today(account.last_asked_at) if account.last_asked_at else None,
        **history,
    )


def _soon(contact: Contact, today: dt.date) -> dt.date | None:
    """When the contact's consent ends, if that is soon (`_speakers` adds the day)."""
    day: dt.date | None = getattr(contact, "consent_until", None)
    return day if day is not None and day <= today + policy.CONSENT_LAPSES else None
