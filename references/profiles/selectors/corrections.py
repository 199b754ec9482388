"""Corrections proposed to the CRM, as lists, pages and desks read them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.accounts.models import Account
from references.accounts.provenance import WORDS
from references.accounts.rules import PROGRAM_PEOPLE
from references.accounts.selectors import visible_to
from references.profiles.enums import OPEN_CORRECTIONS, CorrectionState
from references.profiles.models import Correction
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import PreparedValues
from refprogram.people.models import User


def corrections_visible_to(user: User) -> QuerySet[Correction]:
    """Return the corrections of accounts that the user may open, with whom they are about."""
    rows = Correction.objects.filter(account__in=visible_to(user))
    return rows.select_related("account__region", "proposed_by__person", "decided_by__person")


def open_corrections_of(account: Account) -> list[Correction]:
    """Return what is on its way to the CRM for an account. One query."""
    rows = Correction.objects.filter(account=account, state__in=OPEN_CORRECTIONS)
    return list(rows.select_related("proposed_by__person").order_by("pk"))


def correction_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name corrections by their field, for who may open the account."""
    rows = corrections_visible_to(viewer).filter(pk__in=list(ids))
    return {row.pk: Label(str(WORDS.get(row.field, row.field)), row.get_absolute_url()) for row in rows}


def desk_items(user: User) -> list[DeskItem]:
    """Return, for who runs the program, how many corrections wait to be sent back. One query, none for others."""
    if user.role not in PROGRAM_PEOPLE:
        return []
    return [
        DeskItem(
            title=ngettext("%(n)d correction for the CRM", "%(n)d corrections for the CRM", number) % {"n": number},
            detail=_("Colleagues say that the CRM is wrong there"),
            tone="info",
            icon="edit",
            actions=(
                DeskAction(_("Send them back"), f"{reverse('references:corrections')}?view=to-send", primary=True),
            ),
            since=since,
            urgency=6,
        )
        for number, since in _PROPOSED()
    ]


def _proposed() -> QuerySet[Correction, Any]:
    rows = Correction.objects.filter(state=CorrectionState.PROPOSED).order_by().values("state")
    return rows.annotate(n=Count("pk"), since=Min("created_at")).values_list("n", "since")


_PROPOSED = PreparedValues(_proposed)
