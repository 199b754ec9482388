"""Badges as a list."""

from django.utils.translation import gettext_lazy as _

from incentives.badges.enums import Often
from incentives.badges.models import Badge
from refprogram.kernel import tables

STATES = {"offered": tables.Pill(_("Can be won"), "ok"), "retired": tables.Pill(_("Not given any more"), "rest")}
OFTEN = {value: tables.Pill(label) for value, label in Often.choices}


def _state(badge: Badge) -> str:
    return "retired" if badge.retired_at else "offered"


class BadgeTable(tables.Table):
    """Each badge: what for, how many have it, when it was given last."""

    name = tables.NameColumn(_("Badge"), "name", avatar="", order_by="name", small="words")
    holders = tables.NumberColumn(_("Who has it"), "holders", order_by="holders", desc_first=True, phone="end")
    last = tables.AgoColumn(
        _("Given last"), "last_at", order_by="last_at", desc_first=True, nulls_last=True, nothing=_("Never"),
        phone="wide",
    )  # fmt: skip
    often = tables.PillColumn(_("For one person"), "often", words=OFTEN, order_by="often")
    a_month = tables.NumberColumn(_("At most a month"), "a_month", order_by="a_month", nothing=_("No limit"))
    state = tables.PillColumn(_("State"), _state, words=STATES, csv=_state)
