"""Reading divisions of judges' work, for who runs the contest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from awards import visibility
from awards.assignment.models import PanelRun
from awards.judging.enums import HELD
from awards.models import Assignment, CategoryEntry, Contest, Judge, Round
from refprogram.kernel.labels import Label
from refprogram.people.models import User

PAGE = 50


def visible_to(user: User) -> QuerySet[PanelRun]:
    """Return the divisions of contests that the user runs."""
    rows = PanelRun.objects.select_related("round__contest", "by__person", "job")
    if user.has_perm("awards.start_contests"):
        return rows
    return rows.filter(round__contest__members__user=user, round__contest__members__part="manager")


def runs_of(contest: Contest) -> list[PanelRun]:
    """Return the divisions of a contest, newest first."""
    rows = PanelRun.objects.filter(round__contest=contest).select_related("round", "by__person", "job")
    return list(rows.order_by("-pk")[:20])


def open_rounds(contest: Contest) -> QuerySet[Round]:
    """Return the rounds whose work may still be divided, in their order."""
    rows = Round.objects.filter(contest=contest, closed_at__isnull=True).exclude(mode="pairwise")
    return rows.select_related("contest").order_by("number")


@dataclass(frozen=True)
class Load:
    """One judge's work: what they hold, what the preview would make of it, what they said they can take."""

    judge: Judge
    held: int
    would_hold: int


def loads_of(run: PanelRun) -> list[Load]:
    """Return the judges of a division, those with the most first."""
    after = run.report.get("loads", {})
    judges = Judge.objects.filter(public_id__in=after).select_related("person")
    held: dict[int, int] = {}
    mine = Assignment.objects.filter(round=run.round_id, state__in=HELD, place__entry__anchor=False)
    for judge in mine.exclude(run=run, state="proposed").values_list("judge", flat=True):
        held[judge] = held.get(judge, 0) + 1
    rows = [Load(judge, held.get(judge.pk, 0), after[judge.public_id]) for judge in judges]
    return sorted(rows, key=lambda row: (-row.would_hold, row.judge.person.name))


def panels_of(
    run: PanelRun, viewer: User, *, page: int
) -> tuple[list[tuple[CategoryEntry, list[tuple[str, bool]]]], int]:
    """Return a page of entries with their judges (name, whether new by this division), and the number of pages.

    Without the categories that are masked for the viewer.
    """
    masked = visibility.masked_categories(viewer)
    places = CategoryEntry.objects.filter(assignments__run=run).exclude(category__in=masked)
    places = places.distinct().order_by("category__precedence", "pk")
    total = places.count()
    shown = list(places.select_related("entry", "category")[(page - 1) * PAGE : page * PAGE])
    rows = Assignment.objects.filter(round=run.round_id, place__in=shown, state__in=HELD).select_related(
        "judge__person"
    )
    judges: dict[int, list[tuple[str, bool]]] = {place.pk: [] for place in shown}
    for row in rows.order_by("judge__person__name"):
        judges[row.place_id].append((row.judge.person.name, row.run_id == run.pk))
    return [(place, judges[place.pk]) for place in shown], max(1, -(-total // PAGE))


def obstacles_of(run: PanelRun) -> dict[str, Sequence[Any]]:
    """Return why a division was not possible, with names: entries short of judges, judges to take more, quotas."""
    report = run.report
    short, room, unmet = report.get("short", {}), report.get("more_room", {}), report.get("unmet", {})
    wanted = {*short, *(place for places in unmet.values() for place in places)}
    places = {
        place.public_id: place
        for place in CategoryEntry.objects.filter(public_id__in=wanted).select_related("entry", "category")
    }
    judges = {judge.public_id: judge for judge in Judge.objects.filter(public_id__in=room).select_related("person")}
    kinds = {"customer": _("a customer"), "independent": _("somebody independent")}
    return {
        "short": [(places[key], have) for key, have in short.items() if key in places],
        "room": [(judges[key], more) for key, more in room.items() if key in judges],
        "unmet": [(kinds[name], [places[key] for key in keys if key in places]) for name, keys in unmet.items()],
    }


def run_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return divisions by their rounds."""
    rows = PanelRun.objects.filter(pk__in=list(ids)).select_related("round")
    return {row.pk: Label(row.round.name, row.get_absolute_url()) for row in rows}
