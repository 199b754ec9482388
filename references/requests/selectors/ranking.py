"""Who could answer a need: hard stops by `standing`, the rest scored by `matching`. Five queries at any size."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Count, DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import clock, fatigue
from references.accounts import policy as account_policy
from references.accounts.askable import Wish, hindrances
from references.accounts.enums import POOL, Membership, Stage
from references.accounts.errors import AskRefused
from references.accounts.models import Account, Contact, Opportunity, Product
from references.requests import matching, policy
from references.requests.enums import CandidateState, LeftOut, Side
from references.requests.matching import Facts, Need, Score
from references.requests.models import Candidate, ReferenceRequest
from references.requests.selectors import standing
from references.requests.selectors.standing import MAY_BE_ASKED, Speaker
from refprogram.kernel.prepared import Among, Given, Prepared, PreparedValues
from refprogram.kernel.templatetags import rp


@dataclass(frozen=True)
class Match:
    """One ranked customer: whom we would ask, the score with its reasons, and what to mind."""

    rank: int
    account: Account
    contact: Contact
    score: Score
    tired: bool = False
    lapses_on: dt.date | None = None


class First(NamedTuple):
    """The first matches of a ranking, and how many it has."""

    shown: list[Match]
    of: int


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

    @property
    def figure(self) -> str:
        """How many more, in words: at the most that is counted it says "and more"."""
        return counted(self.more, whole=self.more < standing.EASED_TO)


@dataclass(frozen=True)
class MatchResult:
    """The ranking, and everything it leaves out: `possible` may be asked, `segment` meet the must-haves at all.

    Where they are more than `standing.COUNTED_TO` it is not `whole`: these figures are those of the first.
    """

    ranked: list[Match]
    excluded: list[Excluded]
    possible: int
    segment: int
    relaxed: list[Relaxed] = field(default_factory=list)
    whole: bool = True

    @property
    def left_out(self) -> int:
        """How many meet the must-haves and cannot be asked."""
        return self.segment - self.possible

    @property
    def possible_figure(self) -> str:
        """How many may be asked, in words: "and more" where not all were looked at."""
        return counted(self.possible, whole=self.whole)

    @property
    def segment_figure(self) -> str:
        """How many meet the must-haves, likewise."""
        return counted(self.segment, whole=self.whole)


def counted(number: int, *, whole: bool) -> str:
    """Return a figure in words; one that does not count all says "and more"."""
    return rp.number(number) if whole else f"{rp.number(number)}+"


def matches(request: ReferenceRequest, limit: int | None = None) -> MatchResult:
    """Return the best matches for a request, and those left out counted by reason."""
    counted = fits(request)
    return replace(counted, ranked=best(request, limit) if counted.possible else [])


def best(request: ReferenceRequest, limit: int | None = None) -> list[Match]:
    """Return the best matches alone. To count who is left out asks every reference account, and takes longer."""
    return first_of(request, limit or policy.now().shown).shown


def first_of(request: ReferenceRequest, limit: int) -> First:
    """Return the first few matches, of how many. Only of these whole rows are read and reasons put into words."""
    need = need_of(request)
    speakers = standing.nearest(request, industry=need.industry, region_id=need.region_id, limit=policy.now().scored)
    return First(_ranked(need, speakers, limit) if speakers else [], min(len(speakers), policy.now().shown))


def fits(request: ReferenceRequest) -> MatchResult:
    """Return how many could be asked, without ranking them: one query. The request need not be saved."""
    half = (request.must_employees or 0) // policy.now().relax_size
    found = standing.counts(request, easier_size=half)
    possible = found.by_standing.pop(MAY_BE_ASKED, 0)
    excluded = (Excluded(LeftOut(code), n) for code, n in found.by_standing.items())
    return MatchResult(
        ranked=[],
        excluded=sorted(excluded, key=lambda one: -one.count),
        possible=possible,
        segment=possible + sum(found.by_standing.values()),
        relaxed=_relaxed(found.more, half),
        whole=found.whole,
    )


def match_for(request: ReferenceRequest, account: Account, contact: Contact | None = None) -> Match:
    """Return one account's match, whether it meets the must-haves or not. Raises AskRefused with the reason.

    `contact` is asked instead of the one who was used least; whether they may be is for `reserve_ask` to say.
    """
    code, speaker = standing.standing_of(request, account.pk)
    if code or speaker is None:
        why = LeftOut(code or LeftOut.BUSY).label.lower()
        raise AskRefused(_("%(name)s: %(why)s.") % {"name": account.name, "why": why})
    if contact is not None and contact.pk != speaker.contact_id:
        speaker = Speaker(account.pk, contact.pk, speaker.agreed_until)
    return _ranked(need_of(request), [speaker])[0]


def match_past_rules(request: ReferenceRequest, account: Account, contact: Contact) -> Match:
    """Return the match of somebody whom a rule keeps free that time would heal; `reserve_ask` says what may go past."""
    return _ranked(need_of(request), [Speaker(account.pk, contact.pk, dt.date.max)])[0]


def standing_of(request: ReferenceRequest, account: Account) -> LeftOut | None:
    """Return why an account cannot be offered for a request; None if it can."""
    code, _speaker = standing.standing_of(request, account.pk)
    return LeftOut(code) if code else None


def why_not(request: ReferenceRequest, account: Account) -> str | None:
    """Return in a sentence why an account cannot be offered for a request; None if it can.

    Of its people, whoever agreed to this speaks for it: away, capped, resting, kept for a plan, until when.
    """
    if account.state not in POOL:
        state = str(Membership(account.state).label)
        return _("%(name)s cannot be asked: %(state)s.") % {"name": account.name, "state": state}
    code = standing_of(request, account)
    if code is None:
        return None
    told = None if code in _OF_THE_REQUEST else _hindrance(request, account)
    return told or _("%(name)s: %(why)s.") % {"name": account.name, "why": str(code.label)}


_OF_THE_REQUEST = (LeftOut.PROSPECT, LeftOut.TRIED, LeftOut.CHECK_DUE)


def _hindrance(request: ReferenceRequest, account: Account) -> str | None:
    """Return what `reserve_ask` would say, of the one for whom the least stands against it."""
    slug, day = request.activity.slug, request.needed_by
    people = Contact.objects.filter(account=account, state=Membership.ACTIVE, left_company_at__isnull=True)
    found = [
        list(hindrances(Wish(account, one, request.activity, day, request.wanting)))
        for one in people.filter(willing__contains=[slug]).select_related("person", "account").order_by("pk")[:5]
    ]
    least = min((one for one in found if one), key=len, default=[])
    return least[0].text if least else None


def _relaxed(more: Mapping[str, int], half: int) -> list[Relaxed]:
    """Say how many more could be asked if one must-have were dropped (the size: halved), the most first."""
    found = [
        Relaxed(name, half if name == "must_employees" else None, eased_words(name, half), count)
        for name, count in more.items()
    ]
    return sorted((one for one in found if one.more > 0), key=lambda one: -one.more)


def eased_words(must_have: str, half: int) -> str:
    """Return what is accepted when a must-have is eased; `half` is what is left of a wished size."""
    words = {
        "must_industry": _("any industry"),
        "must_region_id": _("any region"),
        "must_product_id": _("any product"),
        "must_employees": _("%(n)s people and more") % {"n": half},
        "must_use_case": _("any use case"),
        "must_persona": _("any role"),
    }
    return words[must_have]


# ---------------------------------------------------------------- scoring


def need_of(request: ReferenceRequest) -> Need:
    """Return what is wished for: the must-haves, then what would be nice, then what the prospect itself is like."""
    deal = request.opportunity
    prospect = deal.account if deal else None
    nice = request.nice
    return Need(
        industry=request.must_industry or nice.get("industry") or (prospect.industry if prospect else ""),
        region_id=request.must_region_id or nice.get("region") or (prospect.region_id if prospect else None),
        product_id=request.must_product_id or nice.get("product") or (deal.product_id if deal else None),
        employees=request.must_employees or nice.get("employees") or (prospect.employees if prospect else None),
        amount=deal.amount if deal else None,
        use_case=request.must_use_case or nice.get("use_case", ""),
        persona=request.must_persona or nice.get("persona", ""),
        competitor=request.competitor or nice.get("competitor", ""),
        language=nice.get("language", ""),
    )


def _ranked(need: Need, speakers: Sequence[Speaker], limit: int | None = None) -> list[Match]:
    """Score all of them by their figures alone; whole accounts and people are read of those that are shown."""
    now = timezone.now()
    today = clock.today(now)
    by_account = {one.account_id: one for one in speakers}
    facts = _facts(need, speakers, now)
    ranked = matching.rank(need, facts, today=today, limit=limit or policy.now().shown)
    people = {row.pk: row for row in _PEOPLE(ids=[by_account[one.account_id].contact_id for one, _score in ranked])}
    return [
        Match(
            rank=place,
            account=_account_of(people[by_account[one.account_id].contact_id]),
            contact=people[by_account[one.account_id].contact_id],
            score=score,
            tired=one.strain * 100 >= account_policy.now().limited_from,
            lapses_on=_soon(by_account[one.account_id].agreed_until, today),
        )
        for place, (one, score) in enumerate(ranked, start=1)
    ]


def _account_of(contact: Contact) -> Account:
    account = contact.account
    account.product_names = contact.product_names  # type: ignore[attr-defined]  # read beside the contact
    return account


def _soon(day: dt.date, today: dt.date) -> dt.date | None:
    return day if day <= today + policy.now().consent_lapses else None


# What is scored of an account: its own columns, its answers and ratings of before, whether it has the product.
SCORED: Final = (
    *("pk", "industry", "region_id", "employees", "fatigue_key", "last_asked_at", "use_cases", "competitor"),
    *("readiness", "history", "has_product", "similar_deal"),
)


def _scored() -> QuerySet[Any, Any]:
    yes = [CandidateState.ACCEPTED, CandidateState.SCHEDULED, CandidateState.COMPLETED]
    rated = Q(feedback__side=Side.REQUESTER)
    history = JSONObject(
        said_yes=Count("pk", filter=Q(state__in=yes), distinct=True),
        said_no=Count("pk", filter=Q(state=CandidateState.DECLINED), distinct=True),
        ratings=Count("feedback", filter=rated),
        rating_sum=Coalesce(Sum("feedback__rating", filter=rated), 0),
    )
    before = Candidate.objects.filter(account=OuterRef("pk")).order_by().values("account").annotate(history=history)
    licences = Account.products.through.objects.filter(account=OuterRef("pk"))
    low, high = Given("low", DecimalField()), Given("high", DecimalField())
    won = Opportunity.objects.filter(account=OuterRef("pk"), stage=Stage.WON, amount__gte=low, amount__lte=high)
    scored = Account.objects.filter(Among("pk", "ids")).annotate(
        history=Subquery(before.values("history")),
        has_product=Exists(licences.filter(product=Given("product", BigIntegerField()))),
        similar_deal=Exists(won),
    )
    return scored.values_list(*SCORED)


def _products() -> QuerySet[Product]:
    return Product.objects.filter(accounts=OuterRef("account")).order_by("name")


def _shown() -> QuerySet[Contact]:
    people = Contact.objects.filter(Among("pk", "ids")).select_related("person", "account__region")
    return people.annotate(product_names=ArraySubquery(_products().values("name")))


_SCORED = PreparedValues(_scored)
_PEOPLE = Prepared(_shown)
_TOLD = Prepared(lambda: Contact.objects.filter(Among("pk", "ids")).only("persona", "languages"))


def _told(need: Need, speakers: Sequence[Speaker]) -> dict[int, dict[str, Any]]:
    """Return the role and the languages of those who would be asked, where the need names one."""
    if not (need.persona or need.language):
        return {}
    people = _TOLD(ids=[one.contact_id for one in speakers])
    return {one.pk: {"persona": one.persona, "languages": frozenset(one.languages)} for one in people}


def _near(amount: Decimal | None) -> dict[str, Decimal | None]:
    """Return between which amounts a deal is like the needed one: between none where none is needed."""
    near = policy.now().deal_near
    return {"low": amount / near, "high": amount * near} if amount else {"low": None, "high": None}


def _facts(need: Need, speakers: Sequence[Speaker], now: dt.datetime) -> list[Facts]:
    """Return what is known of these accounts, and of the people who would be asked there."""
    contacts = {one.account_id: one.contact_id for one in speakers}
    told = _told(need, speakers)
    capacity, zone, product = account_policy.now().capacity, clock.zone(), frozenset(filter(None, [need.product_id]))
    # What is asked of deals is only whether there is one like the needed one: then that amount stands for it.
    similar, nobody = tuple(filter(None, [need.amount])), frozenset[int]()
    return [
        Facts(
            account_id=pk,
            industry=industry,
            region_id=region_id,
            product_ids=product if has_product else nobody,
            employees=employees,
            strain=fatigue.load(fatigue_key, now) / capacity,
            last_asked=asked_at.astimezone(zone).date() if asked_at else None,
            won=similar if similar_deal else (),
            use_cases=frozenset(use_cases),
            competitor=competitor,
            readiness=readiness,
            **told.get(contacts[pk], {}),
            **(history or {}),
        )
        for (pk, industry, region_id, employees, fatigue_key, asked_at, use_cases, competitor, readiness, history,
             has_product, similar_deal) in _SCORED(ids=list(contacts), product=need.product_id, **_near(need.amount))
    ]  # fmt: skip
