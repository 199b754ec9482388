"""Reading the charter: the version that holds, those in work, who knows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from refprogram.governance.approvals.enums import OPEN_APPROVALS
from refprogram.governance.approvals.models import Approval
from refprogram.governance.charter import quiz
from refprogram.governance.charter.content import Content, Line
from refprogram.governance.charter.enums import CIRCLES, CharterState, Circle
from refprogram.governance.charter.models import (
    Acknowledgement,
    CharterLink,
    CharterOpinion,
    CharterQuestion,
    CharterVersion,
    Part,
    PlanStep,
    RoadMark,
    ScopeLine,
)
from refprogram.kernel.labels import Label
from refprogram.people.models import User


def visible_to(user: User) -> QuerySet[CharterVersion]:
    """Return the versions that a colleague may read: what holds or held; drafts for who runs or backs the program."""
    rows = CharterVersion.objects.all()
    if user.has_perm("governance.see_charter_drafts"):
        return rows
    asked = Q(opinions__user=user.pk)
    return rows.filter(Q(state__in=(CharterState.PUBLISHED, CharterState.SUPERSEDED)) | asked).distinct()


def with_parts(rows: QuerySet[CharterVersion]) -> QuerySet[CharterVersion]:
    """Add all that a version is made of: four queries, whatever its length."""
    return rows.select_related("made_by__person").prefetch_related(
        Prefetch("lines", ScopeLine.objects.select_related("redirect_to__person").order_by("-inside", "id")),
        "marks",
        Prefetch("plan", PlanStep.objects.select_related("owner__person")),
        "questions",
    )


def current() -> CharterVersion | None:
    """Return the version that holds, with its parts; None before the first is published."""
    return with_parts(CharterVersion.objects.filter(state=CharterState.PUBLISHED)).first()


def lines_that_hold() -> list[ScopeLine]:
    """Return the scope of the version that holds; one query."""
    rows = ScopeLine.objects.filter(version__state=CharterState.PUBLISHED)
    return list(rows.select_related("redirect_to__person").order_by("-inside", "id"))


def content_of(version: CharterVersion) -> Content:
    """Return what a version says, as plain values."""
    return Content(
        version.mission,
        version.short_strategy,
        version.long_strategy,
        {line.name: Line(line.inside, line.hours, line.because) for line in version.lines.all()},
        {mark.name: mark.month for mark in version.marks.all()},
        {step.name: step.month for step in version.plan.all()},
    )


def version_before(version: CharterVersion) -> CharterVersion | None:
    """Return the version that held before this one, or holds while this one is in work."""
    rows = CharterVersion.objects.filter(number__lt=version.number, published_at__isnull=False)
    return with_parts(rows).order_by("-number").first()


def questions_of(version: CharterVersion) -> tuple[quiz.Asked, ...]:
    """Return the questions about a version."""
    return quiz.ask(list(version.lines.all()), list(version.marks.all()), list(version.questions.all()))


def open_approval_of(version: CharterVersion) -> Approval | None:
    """Return the approval that somebody was asked for and has not given yet."""
    rows = Approval.objects.filter(subject_type="charterversion", subject_id=version.pk, state__in=OPEN_APPROVALS)
    return rows.first()


def opinions_of(version: CharterVersion) -> list[CharterOpinion]:
    """Return who was asked about a version, and what they said."""
    return list(version.opinions.select_related("user__person").order_by("said_at", "id"))


def own_acknowledgement(version: CharterVersion, user: User) -> Acknowledgement | None:
    """Return how far a colleague is with a version."""
    return Acknowledgement.objects.filter(version=version, user=user).first()


# ---------------------------------------------------------------- who knows it


@dataclass(frozen=True)
class Known:
    """How many colleagues of one circle know the charter."""

    circle: Circle
    asked: int
    acknowledged: int

    @property
    def label(self) -> str:
        """What the circle is called."""
        return str(self.circle.label)


def known_by(version: CharterVersion) -> list[Known]:
    """Return how many of each circle acknowledged a version; one query."""
    rows = User.objects.filter(is_active=True).values("role").annotate(
        people=Count("pk"),
        knows=Count(
            "pk",
            filter=Q(
                pk__in=Acknowledgement.objects.filter(version=version, acknowledged_at__isnull=False).values("user")
            ),
        ),
    )  # fmt: skip
    by_role = {row["role"]: (row["people"], row["knows"]) for row in rows.order_by("role")}
    found = []
    for circle, roles in CIRCLES.items():
        sums = [by_role.get(role, (0, 0)) for role in roles]
        found.append(Known(circle, sum(people for people, _knows in sums), sum(knows for _people, knows in sums)))
    return found


def right_at_once(version: CharterVersion, questions: int) -> list[tuple[int, int]]:
    """Return for each question how many had it right at their first try, of how many; one query."""
    tried = list(Acknowledgement.objects.filter(version=version).values_list("first", flat=True))
    counted = [first for first in tried if len(first) == questions]
    return [(sum(first[place] for first in counted), len(counted)) for place in range(questions)]


def versions_for(user: User) -> QuerySet[CharterVersion]:
    """Return the versions for their list: how many were asked, said something, acknowledged."""
    return visible_to(user).annotate(
        asked=Count("opinions", distinct=True),
        said=Count("opinions", filter=Q(opinions__said_at__isnull=False), distinct=True),
        knows=Count(
            "acknowledgements", filter=Q(acknowledgements__acknowledged_at__isnull=False), distinct=True
        ),
    ).select_related("made_by__person").order_by("-number")  # fmt: skip


def links_for(user: User) -> QuerySet[CharterLink]:
    """Return the links to the charter with how often they were opened, for who runs it."""
    rows = CharterLink.objects.select_related("made_by__person").annotate(
        times=Count("openings"), last=Max("openings__at")
    )
    return rows.order_by("-id") if user.has_perm("governance.run_charter") else rows.none()


PARTS: Final[dict[str, type[Part]]] = {
    "line": ScopeLine,
    "mark": RoadMark,
    "step": PlanStep,
    "question": CharterQuestion,
}


def parts_for(user: User, kind: str) -> QuerySet[Any]:
    """Return the parts of one kind that stand in versions which a colleague may read."""
    rows: Any = PARTS[kind]._default_manager
    found: QuerySet[Any] = rows.filter(version__in=visible_to(user)).select_related("version")
    return found


def version_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how versions are called."""
    rows = visible_to(viewer).filter(pk__in=list(ids))
    return {row.pk: Label(_("the charter, version %(n)d") % {"n": row.number}, row.get_absolute_url()) for row in rows}


def link_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how links to the charter are called."""
    return {row.pk: Label(row.label, row.get_absolute_url()) for row in links_for(viewer).filter(pk__in=list(ids))}
