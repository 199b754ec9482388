"""What a survey brought: the funnel, the score with its n, its distribution, by region and industry."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import BigIntegerField, Count
from django.utils.translation import gettext as _

from references.surveys.enums import InvitationState, SurveyKind
from references.surveys.models import Survey, SurveyInvitation
from refprogram.kernel.form_builder.results import DETRACTOR_TO, PROMOTER_FROM, Nps
from refprogram.kernel.prepared import Given, PreparedValues

ANSWERED = InvitationState.ANSWERED
REACHED = (InvitationState.SENT, InvitationState.ANSWERED, InvitationState.DECLINED, InvitationState.EXPIRED)


@dataclass(frozen=True)
class Funnel:
    """How far the invitations of a survey came."""

    queued: int
    sent: int
    answered: int
    declined: int
    skipped: int

    @property
    def rate(self) -> float | None:
        """The share of those who got the mail that answered."""
        return self.answered / self.sent if self.sent else None


@dataclass(frozen=True)
class Score:
    """A survey's result: NPS for likelihood to recommend, the mean for satisfaction."""

    n: int
    value: str
    nps: Nps | None
    mean: Decimal | None


@dataclass(frozen=True)
class GroupScore:
    """The score of one region or industry."""

    name: str
    n: int
    sent: int
    value: str


@dataclass(frozen=True)
class Cell:
    """How many invitations of one region, industry, state and score there are."""

    region: str
    industry: str
    state: str
    score: int | None
    n: int


def tally(survey: Survey) -> list[Cell]:
    """Count a survey's invitations once, for every figure of its page: one query, rows by kind, not by invitation."""
    return [
        Cell(region or "", industry, state, None if score is None else int(score), n)
        for region, industry, state, score, n in _TALLY(survey=survey.pk)
    ]


_TALLY = PreparedValues(
    lambda: (
        SurveyInvitation.objects.filter(survey=Given("survey", BigIntegerField()))
        .order_by()
        .values_list("account__region__name", "account__industry", "state", "score")
        .annotate(n=Count("pk"))
    )
)


def funnel_of(cells: list[Cell]) -> Funnel:
    """Return how far the invitations came."""
    counts: Counter[str] = Counter()
    for cell in cells:
        counts[cell.state] += cell.n
    return Funnel(
        queued=counts[InvitationState.QUEUED],
        sent=sum(counts[state] for state in REACHED),
        answered=counts[ANSWERED],
        declined=counts[InvitationState.DECLINED],
        skipped=counts[InvitationState.SKIPPED],
    )


def distribution(kind: str, cells: list[Cell]) -> list[tuple[int, int]]:
    """Return (score, how many gave it) over the whole scale; nothing for a survey without a score."""
    if kind == SurveyKind.WILLINGNESS:
        return []
    counts: Counter[int] = Counter()
    for cell in cells:
        if cell.state == ANSWERED and cell.score is not None:
            counts[cell.score] += cell.n
    return [(level, counts[level]) for level in (range(11) if kind == SurveyKind.NPS else range(1, 6))]


def score_of(kind: str, spread: list[tuple[int, int]]) -> Score:
    """Return the score of a distribution."""
    n = sum(count for _level, count in spread)
    if kind == SurveyKind.NPS:
        nps = Nps(
            promoters=sum(count for level, count in spread if level >= PROMOTER_FROM),
            passives=sum(count for level, count in spread if DETRACTOR_TO < level < PROMOTER_FROM),
            detractors=sum(count for level, count in spread if level <= DETRACTOR_TO),
        )
        return Score(n, signed(nps.score), nps, None)
    mean = Decimal(sum(level * count for level, count in spread)) / n if n else None
    return Score(n, f"{mean:.1f}" if mean is not None else "–", None, mean)


def signed(score: int | None) -> str:
    """Return an NPS as it is written: with its sign."""
    if score is None:
        return "–"
    return f"+{score}" if score > 0 else str(score).replace("-", "−")


def by_group(kind: str, cells: list[Cell], part: str) -> list[GroupScore]:
    """Return the scores by `region` or `industry`, the largest group first; nothing before anything was sent."""
    groups: dict[str, list[Cell]] = {}
    for cell in cells:
        if cell.state in REACHED:
            groups.setdefault(getattr(cell, part), []).append(cell)
    scores = [
        GroupScore(
            name=name or _("not known"),
            n=sum(cell.n for cell in mine if cell.state == ANSWERED),
            sent=sum(cell.n for cell in mine),
            value=score_of(kind, distribution(kind, mine)).value,
        )
        for name, mine in groups.items()
    ]
    return sorted(scores, key=lambda group: (-group.n, group.name))
