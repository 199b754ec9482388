"""What the public page of a contest shows, read in a few queries that do not grow."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from awards.contests import selectors as contests
from awards.contests.enums import AFTER_PUBLICATION, SHOWN, Audience, SponsorTier
from awards.judging.enums import EXPECTED
from awards.models import (
    Award,
    Category,
    Contest,
    Criterion,
    EntryMetric,
    Judge,
    Prize,
    Question,
    Round,
    Sponsor,
)
from awards.promotion import selectors as promotion
from refprogram.kernel.enums import FileState
from refprogram.kernel.models import StoredFile

MOST_WINNERS = 8


@dataclass(frozen=True)
class Site:
    """Everything on the page of one contest."""

    contest: Contest
    categories: list[Category]
    prizes: list[Prize]
    sponsors: list[Sponsor]
    questions: list[Question]
    round: Round | None
    criteria: list[tuple[Criterion, Decimal]]
    judges: list[Judge]
    winners: list[Award]
    proof: tuple[Award, EntryMetric] | None


def public_contests() -> QuerySet[Contest]:
    """Return the contests that the world may read about: customers' ones, once they are announced."""
    return Contest.objects.filter(state__in=SHOWN, audience=Audience.CUSTOMERS)


def listed() -> tuple[list[Contest], list[Contest]]:
    """Return the contests that are under way, the next deadline first, and those that are over, latest first."""
    rows = list(public_contests().order_by("closes_at", "pk"))
    over = [row for row in rows if row.state in AFTER_PUBLICATION]
    return [row for row in rows if row not in over], over[::-1]


def site_of(contest: Contest) -> Site:
    """Return what the page shows."""
    winners = winners_of_series(contest)
    first = Round.objects.filter(contest=contest).order_by("number").first()
    return Site(
        contest=contest,
        categories=contests.categories_of(contest),
        prizes=contests.prizes_of(contest),
        sponsors=contests.sponsors_of(contest),
        questions=contests.questions_of(contest, public=True),
        round=first,
        criteria=_criteria(first),
        judges=_judges(contest),
        winners=winners,
        proof=_proof(winners),
    )


def _criteria(first: Round | None) -> list[tuple[Criterion, Decimal]]:
    """Return what is judged in every category, each with its share of the whole."""
    if first is None:
        return []
    rows = list(Criterion.objects.filter(round=first, category__isnull=True).order_by("position", "pk"))
    total = sum((row.weight for row in rows), Decimal(0))
    return [(row, row.weight / total) for row in rows]


def _judges(contest: Contest) -> list[Judge]:
    rows = Judge.objects.filter(contest=contest, state__in=EXPECTED, public=True, person__erased_at__isnull=True)
    return list(rows.select_related("person").order_by("person__name", "pk"))


def winners_of_series(contest: Contest) -> list[Award]:
    """Return the winners of this award in earlier years, and of this year once they are announced.

    Only who agreed to be named there, and as long as they do.
    """
    rows = promotion.named().filter(contest__series=contest.series, contest__year__lte=contest.year)
    rows = rows.select_related("contest", "place__entry__account", "place__category")
    order = ("-contest__year", "people_choice", "place__category__precedence", "rank", "pk")
    return list(rows.order_by(*order)[:MOST_WINNERS])


def categories_of(contest: Contest) -> list[Category]:
    """Return the categories in their order."""
    return contests.categories_of(contest)


def tiers_of(sponsors: Sequence[Sponsor]) -> list[tuple[str, str, list[Sponsor]]]:
    """Return sponsors by what they carry, who carries most first: (tier, its word, sponsors)."""
    found: dict[str, list[Sponsor]] = {}
    for row in sponsors:
        found.setdefault(row.tier, []).append(row)
    return [(tier, str(SponsorTier(tier).label), rows) for tier, rows in found.items()]


def has_logo(sponsor: Sponsor) -> bool:
    """Whether a sponsor's logo may be handed out: scanned, and still there."""
    logo = sponsor.logo
    return logo is not None and logo.state == FileState.CLEAN and logo.removed_at is None


def logo_of(contest: Contest, public_id: str) -> StoredFile | None:
    """Return the logo of a sponsor of this contest, if it may be handed out."""
    sponsor = Sponsor.objects.filter(contest=contest, public_id=public_id).select_related("logo").first()
    return sponsor.logo if sponsor is not None and has_logo(sponsor) else None


def _proof(winners: Sequence[Award]) -> tuple[Award, EntryMetric] | None:
    """Return the first measured result of a winner that may be published: what the page opens with."""
    by_entry = {row.place.entry_id: row for row in reversed(winners)}
    metrics = EntryMetric.objects.filter(
        Q(entry__in=list(by_entry)), publishable=True, before__isnull=False, after__isnull=False
    )
    found = {metric.entry_id: metric for metric in metrics.order_by("-position", "-pk")}
    first = next((row for row in winners if row.place.entry_id in found), None)
    return (first, found[first.place.entry_id]) if first is not None else None
