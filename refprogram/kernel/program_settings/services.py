"""Changing figures: one door for the page, the API and jobs that recount first."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel import jobs
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import Job, ProgramSetting
from refprogram.kernel.program_settings import current
from refprogram.kernel.program_settings.figures import Figure, Room, rooms
from refprogram.kernel.program_settings.kinds import Refused
from refprogram.kernel.stream import emit


class StaleFigures(InvalidInput):
    """Somebody changed these figures since the page was opened."""

    code = "stale"
    status = 409


@transaction.atomic
def change(*, room: Room, values: Mapping[str, Any], user: Any, revision: int | None = None) -> list[Job]:
    """Set figures of a room (None: back to the default); return the jobs that recount before theirs change.

    `values` are raw, as a form or a body sends them. With `revision`, nothing is changed that somebody changed since.
    """
    _hold(room)
    rows = _rows(room)
    if revision is not None and revision != revision_of(rows.values()):
        message = _("Somebody changed these figures while you looked at them. Look at them again, then send yours.")
        raise StaleFigures(message)
    wanted = _read(room, values)
    before = room.values({key: row.value for key, row in rows.items()})
    _check(room, {**before, **{name: room_default(room, name, value) for name, value in wanted.items()}})
    differing = {name: value for name, value in wanted.items() if room_default(room, name, value) != before[name]}
    at_once = {name: value for name, value in differing.items() if not _figure(room, name).by_job}
    _write(room, at_once, user)
    later: dict[str, dict[str, Any]] = defaultdict(dict)
    for name in differing.keys() - at_once.keys():
        later[_figure(room, name).by_job][name] = _kept(_figure(room, name), differing[name])
    return [jobs.start(kind=kind, params={"room": room.key, "values": kept}, user=user) for kind, kept in later.items()]


@transaction.atomic
def put(*, job: Job) -> Any:
    """Write what a job was started with, in the job's transaction; return the class as it is from now on."""
    room = rooms()[job.params["room"]]
    _hold(room)
    _write(room, _read(room, job.params["values"]), job.created_by)
    return room.build({key: row.value for key, row in _rows(room).items()})


def candidate(job: Job) -> Any:
    """Return the class as it will be once the job has put its values."""
    room = rooms()[job.params["room"]]
    kept = {key: row.value for key, row in _rows(room).items()}
    return room.build(kept | {f"{room.key}.{name}": value for name, value in job.params["values"].items()})


def revision_of(rows: Any) -> int:
    """Return the revision of a room: it grows with every change of one of its figures."""
    return sum(row.revision for row in rows)


def room_default(room: Room, name: str, value: Any) -> Any:
    """Return the value, or the default in place of None."""
    return _figure(room, name).default if value is None else value


def _figure(room: Room, name: str) -> Figure:
    figure = room.figure(name)
    if figure is None:
        message = _("There is no such figure.")
        raise InvalidInput(message, errors={name: message})
    return figure


def _hold(room: Room) -> None:
    """Let one change of a room follow another: its rows need not be there yet, so a name is locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"program-settings:{room.key}"])


def _rows(room: Room) -> dict[str, ProgramSetting]:
    keys = [room.key_of(figure) for figure in room.figures]
    return {row.key: row for row in ProgramSetting.objects.filter(key__in=keys)}


def _read(room: Room, values: Mapping[str, Any]) -> dict[str, Any]:
    found, errors = {}, {}
    for name, raw in values.items():
        try:
            found[name] = None if raw is None else _figure(room, name).kind.read(raw)
        except Refused as refused:
            errors[f"{name}.{refused.part}" if refused.part else name] = refused.message
    if errors:
        raise InvalidInput(_("Some figures cannot be taken."), errors=errors)
    return found


def _check(room: Room, values: Mapping[str, Any]) -> None:
    """Ask the room whether its figures go together."""
    check = getattr(room.made, "check", None)
    errors = check(room.made(**values)) if check is not None else {}
    if errors:
        raise InvalidInput(_("These figures do not go together."), errors={k: str(v) for k, v in errors.items()})


def _kept(figure: Figure, value: Any) -> Any:
    return None if value is None or value == figure.default else figure.kind.keep(value)


def _write(room: Room, values: Mapping[str, Any], user: Any) -> None:
    rows, now = _rows(room), timezone.now()
    for name, value in values.items():
        figure = _figure(room, name)
        key = room.key_of(figure)
        row = rows.get(key) or ProgramSetting(key=key)
        was = room.values({key: row.value})[name]
        row.value, row.changed_by, row.changed_at = _kept(figure, value), user, now
        row.revision += 1
        row.save()
        emit(
            "settings.changed",
            subject=row,
            actor_id=user.person_id if user is not None else None,
            payload={
                "figure": key,
                "was": figure.kind.words(was),
                "now": figure.kind.words(room_default(room, name, value)),
            },
        )
    if values:
        current.changed()
