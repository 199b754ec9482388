"""Reading weeks, proofs, adoption, presentations and pots: who may read whose."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Sum

from incentives.activity.enums import OPEN_PRESENTATIONS, PotState, PresentationState, ProofState
from incentives.activity.models import (
    ActivityProof,
    AdoptionMonth,
    CharityPot,
    PanelMark,
    Pledge,
    Presentation,
    WeekReward,
)
from refprogram.kernel.labels import Label
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User
from refprogram.people.prepared import PreparedValuesFor

OVERSEERS = (Role.MARKETER, Role.ADMIN, Role.SALES_HEAD)
M = TypeVar("M", bound=Model)


def _of_whom(user: User, rows: QuerySet[M], path: str = "user") -> QuerySet[M]:
    """Everybody's for who oversees the program, the team's for its manager, or one's own."""
    if user.is_role(*OVERSEERS):
        return rows
    own = Q(**{path: user.pk})
    if user.is_role(Role.MANAGER):
        own |= Q(**{f"{path}__team__manager": user.pk})
    return rows.filter(own)


def weeks_visible_to(user: User) -> QuerySet[WeekReward]:
    """Return the weeks that `user` may read."""
    return _of_whom(user, WeekReward.objects.select_related("user__person", "user__team"))


def proofs_visible_to(user: User) -> QuerySet[ActivityProof]:
    """Return the proofs that `user` may read."""
    rows = ActivityProof.objects.select_related(
        "reward__user__person", "reward__user__team", "activity", "judged_by__person"
    )
    return _of_whom(user, rows, "reward__user")


def months_visible_to(user: User) -> QuerySet[AdoptionMonth]:
    """Return the months of use that `user` may read."""
    return _of_whom(user, AdoptionMonth.objects.select_related("user__person", "user__team"))


def presentations_visible_to(user: User) -> QuerySet[Presentation]:
    """Return the presentations that `user` may read: executives and who oversees all; else one's own, the team's, and
    those one listens to."""
    rows = Presentation.objects.select_related("user__person", "user__team", "executive__person", "case__policy")
    if user.is_role(Role.EXECUTIVE, *OVERSEERS):
        return rows
    # Before the executive has asked, the person hears of the case alone.
    asked = Q(user=user) & ~Q(state=PresentationState.DRAFTED)
    listens = Q(pk__in=Presentation.panel.through.objects.filter(user=user).values("presentation"))
    team = Q(user__team__manager=user) if user.is_role(Role.MANAGER) else Q(pk__in=[])
    return rows.filter(asked | listens | team)


def _own_proofs(user: User) -> QuerySet[ActivityProof]:
    rows = ActivityProof.objects.filter(reward__user=user.pk, state=ProofState.ASKED)
    return rows.select_related("activity").order_by("due_on", "pk")


# What a colleague was asked to prove.
own_proofs = ForDesk(_own_proofs)


def proofs_to_judge(user: User) -> QuerySet[ActivityProof]:
    """Return the proofs that wait for this colleague's judgement; one's own is for others."""
    return proofs_visible_to(user).filter(state=ProofState.GIVEN).exclude(reward__user=user.pk)


# Since when the first of them wait.
given_to_judge = PreparedValuesFor(
    lambda viewer: proofs_to_judge(viewer).order_by("given_at").values_list("given_at")[:100]
)


def _to_ask_for(user: User) -> QuerySet[Presentation]:
    rows = Presentation.objects.filter(state__in=OPEN_PRESENTATIONS).exclude(user=user.pk)
    mine = Q(state=PresentationState.DRAFTED) | Q(executive=user.pk)
    return rows.filter(mine).select_related("user__person").order_by("pk")[:30]


# The presentations that an executive is to ask for, and those that were held and wait for a word.
to_ask_for = ForDesk(_to_ask_for)


def _to_mark(user: User) -> QuerySet[Presentation]:
    judged = PanelMark.objects.filter(presentation=OuterRef("pk"), user=user.pk)
    rows = Presentation.objects.filter(
        panel=user.pk, state__in=(PresentationState.ASKED, PresentationState.AGAIN), held_on__isnull=False
    )
    return rows.exclude(Exists(judged)).select_related("user__person").order_by("held_on", "pk")[:30]


# The presentations that one listens to and has not judged.
to_mark = ForDesk(_to_mark)


def listeners(presentation: Presentation) -> QuerySet[User]:
    """Return who can sit on the panel of a presentation."""
    rows = User.objects.filter(is_active=True).exclude(role=Role.JUDGE).exclude(pk=presentation.user_id)
    return rows.select_related("person").order_by("person__name")


def pots(user: User) -> QuerySet[CharityPot]:
    """Return the charity pots, with what was pledged to each; those that wait are for who decides."""
    given = Sum("pledges__amount", filter=Q(pledges__withdrawn_at__isnull=True))
    rows = CharityPot.objects.select_related("signed_off_by__person").annotate(given=given).order_by("name")
    if user.has_perm("incentives.run_charity") or user.is_role(Role.LEGAL):
        return rows
    return rows.exclude(state=PotState.PROPOSED)


def pledges_of(user: User) -> QuerySet[Pledge]:
    """Return what one gives; nobody else reads it."""
    return Pledge.objects.filter(user=user).select_related("pot").order_by("-pk")


# ---------------------------------------------------------------- names


def week_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name weeks for who may see them."""
    rows = weeks_visible_to(viewer).filter(pk__in=list(ids))
    return {row.pk: Label(f"{row.week:%Y-%m-%d}", row.get_absolute_url()) for row in rows}


def proof_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name proofs for who may see them."""
    rows = proofs_visible_to(viewer).filter(pk__in=list(ids))
    return {row.pk: Label(row.activity.detail, row.get_absolute_url()) for row in rows}


def month_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name months of use for who may see them."""
    rows = months_visible_to(viewer).filter(pk__in=list(ids))
    return {row.pk: Label(f"{row.month:%Y-%m}") for row in rows}


def presentation_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name presentations for who may see them."""
    rows = presentations_visible_to(viewer).filter(pk__in=list(ids))
    return {row.pk: Label(row.topic, row.get_absolute_url()) for row in rows}


def pot_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name charity pots for who may see them."""
    return {row.pk: Label(row.name) for row in pots(viewer).filter(pk__in=list(ids))}
