"""What pages and the API show of figures."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from refprogram.kernel import labels
from refprogram.kernel.edit_history.keeping import ADDED
from refprogram.kernel.edit_history.nouns import copies_of
from refprogram.kernel.enums import JobState
from refprogram.kernel.models import Job, ProgramSetting
from refprogram.kernel.program_settings.figures import Figure, Room, rooms
from refprogram.kernel.program_settings.services import revision_of

HISTORY = 40


@dataclass(frozen=True)
class Line:
    """One figure with its value of now."""

    figure: Figure
    value: Any
    changed: bool

    @property
    def words(self) -> str:
        """The value, as people read it."""
        return self.figure.kind.words(self.value)

    @property
    def default_words(self) -> str:
        """The default, as people read it."""
        return self.figure.kind.words(self.figure.default)


@dataclass(frozen=True)
class Shown:
    """A room with all its figures; `revision` is sent back with a change."""

    room: Room
    lines: list[Line]
    revision: int

    @property
    def changed(self) -> int:
        """How many figures differ from their defaults."""
        return sum(line.changed for line in self.lines)

    def groups(self) -> list[tuple[str, list[Line]]]:
        """The figures under their headings, headings and figures in the order in which they were declared."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(str(line.figure.group) or _("Figures"), []).append(line)
        return list(found.items())


@dataclass(frozen=True)
class Change:
    """One figure that somebody changed."""

    at: dt.datetime
    who: str
    label: str
    was: str
    now: str


def visible_to(user: Any) -> list[Room]:
    """Return the rooms whose figures a person may see and change."""
    return [room for room in rooms().values() if user.has_perm(room.permission)]


def shown(which: Iterable[Room]) -> list[Shown]:
    """Return rooms with their figures as the database says them. One query."""
    which = list(which)
    keys = [room.key_of(figure) for room in which for figure in room.figures]
    rows = {row.key: row for row in ProgramSetting.objects.filter(key__in=keys)}
    return [_shown(room, rows) for room in which]


def _shown(room: Room, rows: dict[str, ProgramSetting]) -> Shown:
    mine = {key: row for key, row in rows.items() if key.rpartition(".")[0] == room.key}
    values = room.values({key: row.value for key, row in mine.items()})
    lines = [
        Line(figure, values[figure.name], changed=values[figure.name] != figure.default) for figure in room.figures
    ]
    return Shown(room, lines, revision_of(mine.values()))


def history(room: Room, viewer: Any) -> list[Change]:
    """Return the newest changes of a room's figures."""
    figures = {room.key_of(figure): figure for figure in room.figures}
    rows = dict(ProgramSetting.objects.filter(key__in=figures).values_list("key", "value"))
    copies = copies_of(ProgramSetting)._default_manager.filter(key__in=list(figures)).order_by("-pgh_id")
    found = []
    for copy in copies.values("key", "value", "pgh_label", "pgh_created_at", "pgh_context")[:HISTORY]:
        was = None if copy["pgh_label"] == ADDED else copy["value"]
        found.append((copy, was, rows.get(copy["key"])))
        rows[copy["key"]] = was
    persons = {copy["pgh_context"]["person"] for copy, _was, _now in found if (copy["pgh_context"] or {}).get("person")}
    names = labels.resolve({"person": persons}, viewer)
    return [_change(figures[copy["key"]], copy, was, now, names) for copy, was, now in found]


def _change(figure: Figure, copy: Any, was: Any, now: Any, names: dict[tuple[str, int], labels.Label]) -> Change:
    room = Room("", "", "", object, (figure,))
    before, after = (room.values({room.key_of(figure): value})[figure.name] for value in (was, now))
    who = names.get(("person", (copy["pgh_context"] or {}).get("person") or 0), labels.someone())
    words = figure.kind.words
    return Change(copy["pgh_created_at"], who.text, str(figure.label), words(before), words(after))


def recounting(room: Room) -> QuerySet[Job]:
    """Return the jobs that will change figures of a room when they have recounted."""
    open_jobs = Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING], params__room=room.key)
    return open_jobs.order_by("-pk")


def settings_for(user: Any) -> QuerySet[ProgramSetting]:
    """Return the changed figures whose history a person may read."""
    keys = [room.key_of(figure) for room in visible_to(user) for figure in room.figures]
    return ProgramSetting.objects.filter(key__in=keys)


def setting_labels(ids: Iterable[int], viewer: Any) -> dict[int, labels.Label]:
    """Return how figures are called in sentences."""
    found = {}
    for row in ProgramSetting.objects.filter(pk__in=list(ids)):
        room = rooms().get(row.key.rpartition(".")[0])
        figure = room.figure(row.key.rpartition(".")[2]) if room is not None else None
        if room is None or figure is None:
            found[row.pk] = labels.Label(row.key)
            continue
        found[row.pk] = labels.Label(
            f"{room.title}: {figure.label}", row.get_absolute_url() if viewer.has_perm(room.permission) else ""
        )
    return found
