"""How bookings that are looked at are listed."""

from django.utils.translation import gettext_lazy as _

from incentives.watch.enums import LookState, Why
from incentives.watch.models import Look
from refprogram.kernel import filters, tables
from refprogram.kernel.date_columns import DateColumn

WORDS = {
    LookState.OPEN.value: tables.Pill(LookState.OPEN.label, "wait"),
    LookState.DOUBTED.value: tables.Pill(LookState.DOUBTED.label, "stop"),
    LookState.CLEARED.value: tables.Pill(LookState.CLEARED.label, "ok"),
    LookState.TAKEN_BACK.value: tables.Pill(LookState.TAKEN_BACK.label, "rest"),
}


def why_of(look: Look) -> str:
    """Return why it is looked at, in a few words."""
    return ", ".join(str(Why(why).label) for why in look.why)


class LookTable(tables.Table):
    """One line per booking: whose, by which rule, why it is looked at, how far it is."""

    person = tables.NameColumn(_("Person"), "person.name", order_by="person__name")
    rule = tables.TextColumn(_("For"), "entry.memo", phone="wide")
    why = tables.TextColumn(_("Why"), why_of, phone="wide", named=True)
    state = tables.PillColumn(_("State"), "state", words=WORDS, order_by="state")
    at = DateColumn(_("Given"), "entry.occurred_at", order_by="entry__occurred_at", desc_first=True)


class LookFilter(filters.FilterSet):
    """How far it is."""

    state = filters.MultiChoiceFilter(label=_("State"), choices=LookState.choices)
