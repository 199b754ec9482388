"""What a survey brought: the funnel, the score with its n, its distribution, by region and industry."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from references.surveys.enums import InvitationState, SurveyKind
from references.surveys.models import Survey, SurveyInvitation
from refprogram.kernel.form_builder.results import DETRACTOR_TO, PROMOTER_FROM, Nps

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


def funnel_of(survey: Survey) -> Funnel:
    """Count a survey's invitations. One query."""
    rows = SurveyInvitation.objects.filter(survey=survey).order_by().values("state").annotate(n=Count("pk"))
    counts = {row["state"]: row["n"] for row in rows}
    return Funnel(
        queued=counts.get(InvitationState.QUEUED, 0),
        sent=sum(counts.get(state, 0) for state in REACHED),
        answered=counts.get(ANSWERED, 0),
        declined=counts.get(InvitationState.DECLINED, 0),
        skipped=counts.get(InvitationState.SKIPPED, 0),
    )


def distribution(survey: Survey) -> list[tuple[int, int]]:
    """Return (score, how many gave it) over the whole scale. One query; nothing for a survey without a score."""
    if survey.kind == SurveyKind.WILLINGNESS:
        return []
    rows = _scored(survey).order_by().values("score").annotate(n=Count("pk"))
    counts = {int(row["score"] or 0): row["n"] for row in rows}
    levels = range(11) if survey.kind == SurveyKind.NPS else range(1, 6)
    return [(level, counts.get(level, 0)) for level in levels]


def score_of(survey: Survey, spread: list[tuple[int, int]]) -> Score:
    """Return the survey's score from its distribution. No query."""
    n = sum(count for _level, count in spread)
    if survey.kind == SurveyKind.NPS:
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


def by_group(survey: Survey, path: str) -> list[GroupScore]:
    """Return the scores of a survey by region or industry, the largest group first. One query."""
    rows = (
        SurveyInvitation.objects.filter(survey=survey, state__in=REACHED)
        .order_by()
        .values(name=F(path))
        .annotate(
            sent=Count("pk"),
            n=Count("pk", filter=Q(state=ANSWERED)),
            scored=Count("score", filter=Q(state=ANSWERED)),
            promoters=Count("pk", filter=Q(state=ANSWERED, score__gte=PROMOTER_FROM)),
            detractors=Count("pk", filter=Q(state=ANSWERED, score__lte=DETRACTOR_TO)),
            mean=Avg("score", filter=Q(state=ANSWERED)),
        )
    )
    groups = [
        GroupScore(row["name"] or _("not known"), row["n"], row["sent"], _group_value(survey, row)) for row in rows
    ]
    return sorted(groups, key=lambda group: (-group.n, group.name))


def _group_value(survey: Survey, row: Mapping[str, Any]) -> str:
    if survey.kind == SurveyKind.NPS:
        passives = row["scored"] - row["promoters"] - row["detractors"]
        return signed(Nps(row["promoters"], passives, row["detractors"]).score)
    return f"{row['mean']:.1f}" if row["mean"] is not None else "–"


def _scored(survey: Survey) -> QuerySet[SurveyInvitation]:
    return SurveyInvitation.objects.filter(survey=survey, state=ANSWERED, score__isnull=False)
