"""What rows of this room are called in a sentence, and whether the reader may follow the link."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from references.accounts.enums import FreezeKind
from references.accounts.models import Account, ActivityType, Contact, Freeze, Opportunity
from references.accounts.selectors.access import hidden_from, may_see_freeze, opportunities_visible_to, visible_to
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Among
from refprogram.kernel.templatetags.rp import day
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor


def _named_for(viewer: User) -> QuerySet[Account]:
    seen = visible_to(viewer).filter(pk=OuterRef("pk"))
    masked = hidden_from(viewer).filter(pk=OuterRef("pk"))
    named = Account.objects.filter(Among("pk", "ids")).only("name", "public_id")
    return named.annotate(open=Exists(seen), masked=Exists(masked))


_NAMED = PreparedFor(_named_for)


def account_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name every account but masked ones; link those that the viewer may open. One query."""
    return {account.pk: _label(account) for account in _NAMED(viewer, ids=list(ids))}


def _label(account: Any) -> Label:
    if account.masked:
        return Label(_("a masked customer"))
    return Label(account.name, account.get_absolute_url() if account.open else "")


def contact_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name every contact; the link goes to the account's people, where the viewer may open that."""
    wanted = list(ids)
    masked = Exists(hidden_from(viewer).filter(pk=OuterRef("account")))
    rows = Contact.objects.filter(pk__in=wanted).annotate(masked=masked)
    found = rows.values_list("pk", "person__name", "account__public_id", "masked")
    hidden = _("somebody at a masked customer")
    names = {pk: (hidden if is_masked else name, public_id) for pk, name, public_id, is_masked in found}
    seen = set(visible_to(viewer).filter(contacts__in=wanted).values_list("public_id", flat=True)) if names else set()
    return {
        pk: Label(name, f"{reverse('references:account', args=[account])}#people" if account in seen else "")
        for pk, (name, account) in names.items()
    }


def freeze_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Say why an account is frozen to who may know; "no reason given here" to everybody else."""
    freezes = Freeze.objects.filter(pk__in=list(ids)).select_related("account")
    return {freeze.pk: Label(freeze_words(freeze, viewer)) for freeze in freezes}


def freeze_words(freeze: Freeze, viewer: User) -> str:
    """Return the freeze as the viewer may know it."""
    if not may_see_freeze(viewer, freeze.account):
        return _("the reason is kept")
    kind = str(FreezeKind(freeze.kind).label)
    return _("%(kind)s, until %(day)s") % {"kind": kind, "day": day(freeze.ends_on)} if freeze.ends_on else kind


def activity_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name activities."""
    return {pk: Label(name) for pk, name in ActivityType.objects.filter(pk__in=list(ids)).values_list("pk", "name")}


def opportunity_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name the deals that the viewer may see; others stay "a deal"."""
    wanted = list(ids)
    seen = opportunities_visible_to(viewer).filter(pk__in=wanted).select_related("account")
    names = {row.pk: Label(opportunity_name(row), row.get_absolute_url()) for row in seen}
    return {pk: names.get(pk, Label(_("a deal"))) for pk in wanted}


def opportunity_name(row: Opportunity) -> str:
    """Return what a deal is called: its name, else account and product as far as known."""
    return row.name or (row.account.name if row.account else "") or row.external_ref or _("Unnamed deal")
