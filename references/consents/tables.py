"""The tables of this room."""

from django.utils.translation import gettext_lazy as _

from references.consents import shown, terms
from references.consents.models import ConsentTerm
from refprogram.kernel import tables


def _where(term: ConsentTerm) -> str:
    return terms.spec_of(term).where


def _state(term: ConsentTerm) -> str:
    return str(shown.term_pill(term).word)


def _contact_url(term: ConsentTerm) -> str:
    return term.contact.get_absolute_url()


class TermTable(tables.Table):
    """The ledger: each thing that somebody agreed to."""

    contact = tables.NameColumn(
        _("Who"), "contact.person.name", url=_contact_url, avatar="person", small="contact.account.name",
        order_by="contact__person__name", related=("contact",),
    )  # fmt: skip
    account = tables.TextColumn(_("Account"), "contact.account.name", order_by="contact__account__name")
    scope = tables.TextColumn(_("What"), "get_scope_display", order_by="scope", phone="wide")
    where = tables.TextColumn(_("Where and to whom"), _where)
    until = tables.DateColumn(_("Until"), "expires_on", order_by="expires_on")
    state = tables.PillColumn(_("State"), shown.term_pill, csv=_state, phone="end")
    words = tables.TextColumn(_("Words"), "consent.template.name", muted=True, nothing=_("their own"))
