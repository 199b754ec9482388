"""A person's right to be forgotten, and to be told what is known of them.

Each room of `settings.PERSON_HOOKS` says in its `privacy.py` what it holds (`export_person`), empties it
(`erase_person`), and may say what hinders it (`why_not`). Here they are called in one transaction, the copies of their
edits are emptied with them, and what others wrote about the person is swept. The stream stays: it holds ids alone.
"""

import contextlib
import io
import json
import secrets
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import pgtrigger
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from refprogram.kernel.edit_history.keeping import acting
from refprogram.kernel.edit_history.nouns import copies_of, kept_models
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.kernel.files.services import read
from refprogram.kernel.privacy import files_of
from refprogram.kernel.stream import emit
from refprogram.ops.sweeping import sweep
from refprogram.people.models import Person, User
from refprogram.people.privacy import SOMEONE

TEXTS = (models.CharField, models.TextField, models.JSONField)


@dataclass(frozen=True)
class Held:
    """What one room holds about a person: how many of what."""

    room: str
    counts: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Erased:
    """What an erasure did: rows of other people's texts that named the person, by table."""

    person: Person
    swept: dict[str, int]


def _rooms() -> Iterable[tuple[str, Any]]:
    for hook in settings.PERSON_HOOKS:
        yield str(hook["label"]), import_module(hook["module"])


def export_data(person: Person) -> dict[str, dict[str, Any]]:
    """Return everything that is known of a person, by room."""
    return {label: {name: list(rows) for name, rows in known.items()} for label, known in _known(person).items()}


def _known(person: Person) -> dict[str, dict[str, Any]]:
    """Return what each room would tell: rows, or queries that nobody has asked yet."""
    found: dict[str, dict[str, Any]] = {}
    for label, room in _rooms():
        found.setdefault(label, {}).update(room.export_person(person.pk))
    return found


def export(person: Person) -> bytes:
    """Return a zip of what is known of a person (`person.json`) and of the files they sent."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        data = json.dumps(export_data(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("person.json", data)
        for file in files_of(person.pk).order_by("pk"):
            if file.ready:
                with read(file) as content:
                    archive.writestr(f"files/{file.public_id}-{file.name}", content.read())
    return packed.getvalue()


def held(person: Person) -> list[Held]:
    """Return how much each room holds, for who is about to empty it."""
    rooms = _known(person)
    everything = [rows for known in rooms.values() for rows in known.values()]
    counted = iter(_counted(everything))
    shown = []
    for label, known in rooms.items():
        counts = [(capfirst(name.replace("_", " ")), next(counted)) for name in known]
        shown.append(Held(label, [(name, count) for name, count in counts if count]))
    return [each for each in shown if each.counts]


def _counted(everything: Sequence[Any]) -> list[int]:
    """Return how many rows each has; all that are still queries are counted by one statement."""
    found = [0 if isinstance(rows, QuerySet) else len(rows) for rows in everything]
    counts: list[str] = []
    values: list[Any] = []
    for place, rows in enumerate(everything):
        if isinstance(rows, QuerySet):
            with contextlib.suppress(EmptyResultSet):
                sql, given = rows.query.sql_with_params()
                counts.append(f"SELECT {place}, count(*) FROM ({sql}) counted")  # noqa: S608 - written by Django
                values += given
    if counts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(counts), values)
            for place, count in cursor.fetchall():
                found[place] = count
    return found


def why_not(person: Person, *, by: User | None = None) -> list[str]:
    """Return what has to be done before the person may be erased; nothing: it may be done now."""
    if person.erased_at is not None:
        return [_("They are erased already.")]
    reasons = [_("You cannot erase yourself. Ask another administrator.")] if by and by.person_id == person.pk else []
    for _label, room in _rooms():
        reasons += list(room.why_not(person.pk)) if hasattr(room, "why_not") else []
    return reasons


@transaction.atomic
def erase(*, person: Person, by: User | None = None) -> Erased:
    """Empty all that is about a person: rows, copies of their edits, and their name in what others wrote.

    Plain facts stay (that a call was held, a point earned), and so does the stream; "someone" did it. Raises
    DomainError with what has to be done first. `by` is empty for the command of the operator.
    """
    if by is not None and not by.has_perm("people.erase"):
        raise NotAllowed(_("Only administrators and legal erase a person."))
    locked = Person.objects.select_for_update().get(pk=person.pk)
    reasons = why_not(locked, by=by)
    if reasons:
        raise DomainError(" ".join(reasons))
    words = _called(locked)
    mark = secrets.token_hex(8)
    with acting(via="erasure", erasure=mark):
        for _label, room in _rooms():
            room.erase_person(locked.pk)
    _empty_copies(mark)
    swept = sweep(words)
    emit("person.erased", subject=locked, actor_id=by.person_id if by else None)
    locked.refresh_from_db()
    return Erased(locked, swept)


def _called(person: Person) -> set[str]:
    """Return every name, address and number that the person has, or had before an edit."""
    words = {person.name, person.email, person.phone}
    user = User.objects.filter(person=person).first()
    if user is not None:
        words |= {user.email, user.external_ref}
        words |= set(EmailAddress.objects.filter(user=user).values_list("email", flat=True))
        words |= set(copies_of(User)._default_manager.filter(pgh_obj_id=user.pk).values_list("email", flat=True))
    before = copies_of(Person)._default_manager.filter(pgh_obj_id=person.pk)
    for row in before.values_list("name", "email", "phone"):
        words |= set(row)
    return words - {"", SOMEONE}


def _empty_copies(mark: str) -> None:
    """What the rooms emptied in a row is emptied in the row's earlier copies; what they deleted has none left."""
    with pgtrigger.ignore():
        for model in kept_models():
            copies = copies_of(model)._default_manager
            touched = set(copies.filter(pgh_context__erasure=mark).values_list("pgh_obj_id", flat=True))
            present = model._default_manager.in_bulk(list(touched))
            copies.filter(pgh_obj_id__in=touched - present.keys()).delete()
            for key, row in present.items():
                _empty(copies.filter(pgh_obj_id=key), row, mark)


def _empty(copies: Any, row: models.Model, mark: str) -> None:
    was = copies.filter(pgh_context__erasure=mark).order_by("pgh_id").first()
    kept = {f.name for f in copies.model._meta.concrete_fields}
    words = [f for f in row._meta.concrete_fields if f.name in kept and isinstance(f, TEXTS) and not f.choices]
    now = {f.name: getattr(row, f.attname) for f in words}
    copies.filter(pgh_context__erasure=mark).delete()
    copies.update(**{name: value for name, value in now.items() if not value or value != getattr(was, name)})
