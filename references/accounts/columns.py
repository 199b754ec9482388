"""Cells of the account list that need more than one column of a row."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.accounts import fatigue
from references.accounts.enums import Availability, FreezeKind, Tier
from references.accounts.models import Account, Opportunity
from references.accounts.selectors.access import may_see_freeze
from references.accounts.selectors.availability import state_of, tone_of, word_of
from references.accounts.selectors.labels import opportunity_name
from refprogram.kernel.cells import Cell, once
from refprogram.kernel.tables import Pill
from refprogram.kernel.templatetags.rp import day, relative_words
from refprogram.people.models import User

A = Availability


def place(account: Account) -> str:
    """Return where the account is: "Rotterdam, Netherlands"."""
    return ", ".join(filter(None, (account.city, account.country)))


def tier(account: Account) -> str:
    """Return the tier's name; nothing for none."""
    return str(Tier(account.tier).label) if account.tier else ""


def product_names(account: Account) -> str:
    """Return the names of the products that `with_list_facts` has brought along."""
    return ", ".join(account.product_names)  # type: ignore[attr-defined]


def tiredness(account: Account) -> int | None:
    """Return the fatigue index; None if nothing was ever asked."""
    return None if account.fatigue_key is None else fatigue.index(account.fatigue_key, timezone.now())


def availability_for(viewer: User) -> Callable[[Account], Pill]:
    """Return the cell's function: state, tone and a small line, as far as this viewer may know."""

    asked = once(asked_words)
    now, word_for = timezone.now(), once(lambda standing: word_of(*standing))

    def pill(account: Account) -> Pill:
        state = state_of(account, at=now)
        word = word_for((account.state, state))
        if state == A.RESTING and account.rests_until:
            word = _("Resting until %(day)s") % {"day": day(account.rests_until)}
        return Pill(word, tone_of(account, state), _small(account, state, viewer, asked))

    return pill


def _small(account: Account, state: Availability, viewer: User, asked: Cell) -> str:
    if state == A.NOT_A_REFERENCE:
        return ""
    if state == A.FROZEN:
        return _frozen(account, viewer)
    if state == A.PAUSED:
        return _("Until %(day)s") % {"day": day(account.paused_until)}
    if state == A.CHECK_DUE and account.verified_at:
        ago = relative_words((account.verified_at - timezone.now()).total_seconds())
        return _("Last confirmed %(ago)s") % {"ago": ago}
    return str(asked(account.asked_this_year))  # type: ignore[attr-defined]  # with_list_facts


def _frozen(account: Account, viewer: User) -> str:
    kind, since = account.freeze_kind, account.frozen_since  # type: ignore[attr-defined]  # with_list_facts
    if not kind or not may_see_freeze(viewer, account):
        return ""
    facts = {"kind": FreezeKind(kind).label, "day": day(since)}
    return _("%(kind)s, since %(day)s") % facts


def asked_words(times: int) -> str:
    """Return "2 asks this year"."""
    if not times:
        return _("No asks this year")
    return ngettext("%(n)d ask this year", "%(n)d asks this year", times) % {"n": times}


def deal(row: Opportunity) -> str:
    """Return what a deal is called."""
    return opportunity_name(row)
