"""Reading pilots: who may see which, whom a thing reaches meanwhile, how far each is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from refprogram.governance.pilots.enums import OPEN, REACHING, Answer, PilotKind, PilotState
from refprogram.governance.pilots.models import Pilot, PilotConsult, PilotCriterion, PilotMember, PilotNote
from refprogram.kernel.labels import Label
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.selectors import colleagues

SALES = (Role.MANAGER, Role.SALES_HEAD)


# ---------------------------------------------------------------- whom a thing reaches


class Cohort(NamedTuple):
    """Whom a thing reaches while a pilot is open: these users, these persons. Nobody before the pilot has begun."""

    users: frozenset[int]
    persons: frozenset[int]


def cohort_of(kind: str, key: str) -> Cohort | None:
    """Return whom a thing reaches alone for now; None: no pilot limits it. Two queries, one without a pilot."""
    pilot = Pilot.objects.filter(kind=kind, thing=key, state__in=OPEN).values_list("pk", "state").first()
    if pilot is None:
        return None
    pk, state = pilot
    members = PilotMember.objects.filter(pilot=pk).values_list("user", "user__person") if state in REACHING else ()
    pairs = list(members)
    return Cohort(frozenset(user for user, _person in pairs), frozenset(person for _user, person in pairs))


def cut(users: QuerySet[User], kind: str, key: str) -> QuerySet[User]:
    """Narrow colleagues to those whom a thing reaches for now."""
    cohort = cohort_of(kind, key)
    return users if cohort is None else users.filter(pk__in=cohort.users)


@dataclass(frozen=True)
class Limit:
    """What the page of a thing says while it is tried: a sentence, and the pilot's page for who may open it."""

    words: str
    url: str
    label: str = ""


def limits_of(kind: str, keys: Iterable[str], viewer: User) -> dict[str, Limit]:
    """Return what to say of those of these things that are being tried, by key; one query."""
    rows = Pilot.objects.filter(kind=kind, thing__in=list(keys), state__in=OPEN)
    seen = Exists(visible_to(viewer).filter(pk=OuterRef("pk")))
    found = rows.annotate(people=Count("members"), seen=seen)
    return {row.thing: _limit(row) for row in found}


def _limit(row: Any) -> Limit:
    return Limit(_limit_words(row), row.get_absolute_url() if row.seen else "", row.label)


def _limit_words(row: Any) -> str:
    people: int = row.people
    if row.state in REACHING:
        words = ngettext("Tried with %(n)d person until %(day)s.", "Tried with %(n)d people until %(day)s.", people)
        return words % {"n": people, "day": rp.day(row.ends_on)}
    if row.kind == PilotKind.FEATURE:
        return _("It is part of a pilot that has not begun: it stays as it is until then.")
    return _("It is part of a pilot that has not begun: it reaches nobody until then.")


# ---------------------------------------------------------------- pilots


def visible_to(user: User) -> QuerySet[Pilot]:
    """Return the pilots that a colleague may read about: all for who runs or backs the program, else their own."""
    rows = Pilot.objects.all()
    if user.has_perm("governance.see_all_pilots"):
        return rows
    mine = Q(pk__in=PilotMember.objects.filter(user=user.pk, pilot__state__in=_TOLD).values("pilot"))
    asked = Q(pk__in=PilotConsult.objects.filter(asked=user.pk).values("pilot"))
    return rows.filter(Q(owner=user.pk) | mine | asked)


# Whoever tries something hears of it when it is settled.
_TOLD = tuple(state for state in PilotState if state not in {PilotState.DRAFT, PilotState.CONSULTING})


def listed(rows: QuerySet[Pilot]) -> QuerySet[Pilot]:
    """Add what lists show: how many people, how many criteria, of them met."""
    return rows.annotate(
        people=Count("members", distinct=True),
        asks=Count("criteria", distinct=True),
        met=Count("criteria", filter=Q(criteria__met=True), distinct=True),
    ).select_related("owner__person")


def in_full(rows: QuerySet[Pilot]) -> QuerySet[Pilot]:
    """Add what the page of one shows, but for its log."""
    members = PilotMember.objects.select_related("user__person", "user__team").order_by("user__person__name", "pk")
    consults = PilotConsult.objects.select_related("pilot", "asked__person", "asked_by__person", "met_by__person")
    return rows.select_related("owner__person", "made_by__person", "decided_by__person", "repeats").prefetch_related(
        Prefetch("members", members), "criteria", Prefetch("consults", consults)
    )


def search(rows: QuerySet[Pilot], words: Sequence[str]) -> QuerySet[Pilot]:
    """Narrow to those that have every word in their name, what is tried, or why."""
    for word in words:
        rows = rows.filter(Q(name__icontains=word) | Q(label__icontains=word) | Q(hypothesis__icontains=word))
    return rows


def log_of(pilot: Pilot, viewer: User) -> list[PilotNote] | None:
    """Return what a pilot's people wrote down, newest first; None for whom it is not."""
    if not viewer.has_perm("governance.read_pilot_log", pilot):
        return None
    return list(PilotNote.objects.filter(pilot=pilot).select_related("by__person"))


def criteria_for(user: User) -> QuerySet[PilotCriterion]:
    """Return the criteria that a colleague may read."""
    return PilotCriterion.objects.filter(pilot__in=visible_to(user)).select_related("pilot")


def consults_for(user: User) -> QuerySet[PilotConsult]:
    """Return what sales was asked, as far as a colleague may read it."""
    return PilotConsult.objects.filter(pilot__in=visible_to(user)).select_related("pilot")


def consult_behind(pk: int) -> QuerySet[PilotConsult]:
    """Return what a signed link asks."""
    people = ("pilot__owner__person", "asked__person", "asked_by__person")
    return PilotConsult.objects.filter(pk=pk).select_related(*people)


def of_sales(but: User) -> QuerySet[User]:
    """Return who can be asked for sales: its managers and its head, without who asks."""
    return colleagues().filter(role__in=SALES).exclude(pk=but.pk)


def present(pilot: Pilot) -> list[PilotConsult]:
    """Return what sales was asked about the pilot as it reads now."""
    return [one for one in pilot.consults.all() if one.version == pilot.version]


def blessed(consults: Iterable[PilotConsult]) -> bool:
    """Whether sales let it go ahead: a yes, or a yes whose condition is met, no answer open and nobody against it."""
    said = list(consults)
    return bool(said) and all(one.answer == Answer.YES or (one.answer == Answer.YES_IF and one.met_at) for one in said)


def labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how pilots are called; without a link where the reader may not open them."""
    seen = set(visible_to(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))
    rows = Pilot.objects.filter(pk__in=list(ids)).only("pk", "public_id", "name")
    return {row.pk: Label(row.name, row.get_absolute_url()) for row in rows if row.pk in seen}
