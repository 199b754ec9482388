"""The list of nominations."""

from django.utils.translation import gettext_lazy as _

from nominations.models import Nomination
from nominations.states import answer_pill, pill_of
from refprogram.kernel import tables


def owner_says(nomination: Nomination) -> str:
    """Return the owner's word as a list shows it."""
    return str(answer_pill(nomination).word)


def word_of(nomination: Nomination) -> str:
    """Return the state's word, for an export."""
    return str(pill_of(nomination).word)


class NominationTable(tables.Table):
    """One nomination a line: what, where it stands, for how long."""

    account = tables.NameColumn(
        _("Account"), "account.name", small="account.industry", order_by="account__name", csv="account__name"
    )
    state = tables.PillColumn(_("State"), pill_of, order_by="state", phone="end", csv=word_of)
    nominator = tables.OwnerColumn(_("Nominated by"), "nominator.person.name", order_by="nominator__person__name")
    team = tables.TextColumn(_("Team"), "team.name", order_by="team__name", nothing=_("None"))
    answer = tables.TextColumn(_("Owner says"), owner_says, csv=owner_says)
    score = tables.NumberColumn(_("Score"), "score", csv="score")
    since = tables.AgoColumn(_("In this state"), "state_since", order_by="state_since")
    submitted = tables.AgoColumn(_("Nominated"), "submitted_at", order_by="submitted_at", phone="wide", desc_first=True)
