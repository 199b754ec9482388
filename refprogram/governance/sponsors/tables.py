"""How promises are listed."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.sponsors.states import STATES
from refprogram.kernel import tables


class PledgeTable(tables.Table):
    """One line per promise: what, whose, by when, how it went."""

    words = tables.NameColumn(_("Promise"), "words", avatar="", small="channel", order_by="words")
    sponsor = tables.OwnerColumn(
        _("Sponsor"), "sponsorship.user.person.name", order_by="sponsorship__user__person__name", phone="wide"
    )
    kind = tables.TextColumn(_("Kind"), "get_kind_display", order_by="kind", nowrap=True)
    audience = tables.TextColumn(_("To whom"), "audience", order_by="audience", muted=True)
    due = tables.DateColumn(_("Due"), "due_on", order_by="due_on", phone="end")
    done = tables.DateColumn(_("Done"), "done_on", order_by="done_on", nulls_last=True)
    state = tables.PillColumn(_("State"), "state", words=STATES, order_by="state", phone="wide")
    proof = tables.TextColumn(_("What happened"), "proof", muted=True)
