"""What may answer a need before a customer's time is asked for: stories, recorded answers, a group call, one to one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from references.accounts.models import ActivityType
from references.accounts.selectors.lists import references_given
from references.content import selectors as content
from references.content.enums import AssetKind
from references.content.models import Asset
from references.requests.enums import MATCHABLE
from references.requests.models import ReferenceRequest
from references.requests.selectors.ranking import need_of
from references.requests.selectors.requests import visible_to
from refprogram.people.models import User

ASSETS: Final = 3
ANSWERS: Final = 2
ONE_TO_ONE: Final = "call"
TOGETHER: Final = "group-call"


@dataclass(frozen=True)
class Fitting:
    """One story, and on what it meets the need."""

    asset: Asset
    fits: int


@dataclass(frozen=True)
class Ladder:
    """The rungs, the cheapest first. `together`: the group call, where one to one is asked for; with how many wait."""

    assets: list[Fitting]
    answers: list[Fitting]
    together: ActivityType | None = None
    waiting: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing but a customer can answer."""
        return not (self.assets or self.answers or self.together)

    @property
    def first(self) -> Fitting | None:
        """The story that fits best."""
        rows = [*self.assets, *self.answers]
        return rows[0] if rows else None


def ladder(need: ReferenceRequest, user: User) -> Ladder:
    """Return what could answer a need instead of a conversation: three queries. The need does not have to be saved.

    Nothing is offered that the user may not share with prospects (consent, territory).
    """
    rows = _fitting(need, user)
    answers = rows.filter(kind=AssetKind.QA)
    assets = rows.exclude(kind=AssetKind.QA)
    return Ladder(
        assets=[Fitting(row, row.fits) for row in assets[:ASSETS]],  # type: ignore[attr-defined]  # annotated
        answers=[Fitting(row, row.fits) for row in answers[:ANSWERS]],  # type: ignore[attr-defined]
        **_together(need, user),
    )


def _fitting(need: ReferenceRequest, user: User) -> QuerySet[Asset]:
    """Stories that meet at least one thing that is wished for and break no must-have, the closest first."""
    rows = content.shareable(
        content.readable_by(user, territory=content.home_of(user)), territory=_territory(need, user)
    )
    musts, wishes = _conditions(need)
    for must in musts:
        rows = rows.filter(must)
    score: Any = Value(0)
    for wish in wishes:
        score = score + Case(When(wish, then=Value(1)), default=Value(0), output_field=IntegerField())
    prospect = need.opportunity.account_id if need.opportunity else None
    if prospect is not None:
        rows = rows.exclude(account=prospect)
    found = rows.select_related("account").annotate(fits=score).filter(fits__gt=0)
    return found.order_by("-fits", "-updated_at", "-pk")


def _territory(need: ReferenceRequest, user: User) -> str:
    prospect = need.opportunity.account if need.opportunity else None
    if prospect is not None and prospect.region is not None:
        return prospect.region.name
    return content.home_of(user)


def _conditions(need: ReferenceRequest) -> tuple[list[Q], list[Q]]:
    """Return (what a story must meet, what counts for it), by the facts of its customer and its own."""
    wished = need_of(need)
    known: dict[str, tuple[Any, Any, Callable[[Any], Q]]] = {
        "industry": (need.must_industry, wished.industry, lambda value: Q(account__industry=value)),
        "region": (need.must_region_id, wished.region_id, lambda value: Q(account__region=value) | Q(region=value)),
        "product": (
            need.must_product_id,
            wished.product_id,
            lambda value: Q(products=value) | Q(account__products=value),
        ),
        "use_case": (
            need.must_use_case,
            wished.use_case,
            lambda value: Q(use_cases__contains=[value]) | Q(account__use_cases__contains=[value]),
        ),
    }
    musts, wishes = [], []
    for must, wish, condition in known.values():
        if must:
            musts.append(Q(pk__in=Asset.objects.filter(condition(must)).values("pk")))
        if wish:
            wishes.append(Q(pk__in=Asset.objects.filter(condition(wish)).values("pk")))
    return musts, wishes


def _together(need: ReferenceRequest, user: User) -> dict[str, Any]:
    """Offer the group call to who asks for one to one, and say how many others of the same wish wait."""
    if need.activity.slug != ONE_TO_ONE:
        return {}
    kind = references_given(ActivityType.objects.filter(slug=TOGETHER)).first()
    if kind is None:
        return {}
    waiting = visible_to(user).filter(state__in=MATCHABLE, activity__slug__in=(ONE_TO_ONE, TOGETHER))
    same = waiting.filter(must_industry=need.must_industry, must_product=need.must_product_id).exclude(pk=need.pk)
    waiting_too = same.aggregate(n=Count("pk"))["n"]
    if need.pk and not waiting_too:  # asked for already: only others of the same wish speak for it
        return {}
    return {"together": kind, "waiting": waiting_too}
