"""How feedback is listed."""

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from refprogram.governance.feedback.enums import NoteKind, NoteState
from refprogram.governance.feedback.models import FieldNote
from refprogram.governance.feedback.states import KINDS, LATE, STATES
from refprogram.kernel import tables

IN_A_LINE = 100


def _line(row: FieldNote) -> str:
    return Truncator(" ".join(row.words.split())).chars(IN_A_LINE) or str(_("(erased)"))


def _state(row: FieldNote) -> tables.Pill:
    due = row.clock.due_at if row.clock else None
    if row.state == NoteState.NEW and due is not None and due < timezone.now():
        return LATE
    return STATES[NoteState(row.state)]


def _hours(row: FieldNote) -> str:
    used = row.clock.used_minutes if row.clock and row.replied_at else None
    return "" if used is None else _("%(hours).1f h") % {"hours": used / 60}


class FieldNoteTable(tables.Table):
    """One line for each thing that was said: what, by whom, about what, whether it is answered and how fast."""

    words = tables.NameColumn(_("What was said"), _line, avatar="", small="change.name", csv="words")
    kind = tables.PillColumn(_("Kind"), lambda row: KINDS[NoteKind(row.kind)], csv="kind", order_by="kind",
                             phone="wide")  # fmt: skip
    state = tables.PillColumn(_("State"), _state, csv="state", order_by="state", phone="end", related=("clock",))
    sender = tables.OwnerColumn(_("By"), "sender.person.name", order_by="sender__person__name", phone="wide")
    due = tables.DateColumn(_("Answer due"), "clock.due_at", order_by="clock__due_at", nulls_last=True)
    took = tables.TextColumn(_("Answered in"), _hours, csv="clock__used_minutes", order_by="clock__used_minutes",
                             nulls_last=True)  # fmt: skip
    to = tables.OwnerColumn(_("Goes to"), "goes_to.person.name", order_by="goes_to__person__name")
    reply = tables.TextColumn(_("Answer"), "reply", muted=True)
    said = tables.AgoColumn(_("Said"), "created_at", order_by="id", desc_first=True)
