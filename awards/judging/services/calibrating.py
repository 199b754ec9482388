"""Calibration entries: written like any other, by who runs the contest, until the first judge is given them."""

from django.db import transaction
from django.utils.translation import gettext as _

from awards.entries.services import Typed
from awards.entries.services.locks import lock_entry
from awards.entries.services.writing import demand_current, hold_draft, keep_typed, name_proof
from awards.models import Assignment, ContestEntry
from refprogram.kernel.errors import DomainError


@transaction.atomic
def write_anchor(*, entry: ContestEntry, typed: Typed, revision: int, tab: str = "") -> ContestEntry:
    """Keep a calibration entry as typed. Raises StaleDraft when another tab or person saved since `revision`."""
    row = hold_draft(_held(entry))
    demand_current(row, revision, tab)
    return keep_typed(row, typed, tab)


@transaction.atomic
def prove_anchor(*, entry: ContestEntry, metric: str, file_id: str) -> ContestEntry:
    """Name the file that proves one of its results; empty: none any more."""
    return name_proof(hold_draft(_held(entry)), metric, file_id)


@transaction.atomic
def remove_anchor(*, entry: ContestEntry) -> None:
    """Take a calibration entry away that nobody was given."""
    row = _held(entry)
    row.places.all().delete()
    answer, row.answer = row.answer, None
    row.delete()
    if answer is not None:
        answer.delete()


def _held(entry: ContestEntry) -> ContestEntry:
    row = lock_entry(entry.pk)
    if not row.anchor:
        raise DomainError(_("This is somebody’s entry: they alone write in it."))
    if Assignment.objects.filter(place__entry=row).exists():
        raise DomainError(_("Judges have it already: what all are measured by does not change any more."))
    return row
