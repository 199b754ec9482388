"""What other rooms show on a customer's page: a title, a template, its context. One that has nothing returns None."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from references.accounts.models import Contact
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.governance.fulfilment.models import Fulfilment

GIFTS_SHOWN = 20
RECEIVED = (FulfilmentState.DELIVERED, FulfilmentState.ACKNOWLEDGED)


@dataclass(frozen=True)
class Panel:
    """A part of the page that belongs to another room."""

    title: str
    template: str
    context: dict[str, Any]


def drawn(contact: Contact) -> list[tuple[str, str, SafeString]]:
    """Return (name, title, HTML) of every panel that has something to show, in the order of the wiring."""
    shown = []
    for name, path in settings.CUSTOMER_PANELS.items():
        make: Callable[[Contact], Panel | None] = import_string(path)
        panel = make(contact)
        if panel is not None:
            shown.append((name, panel.title, render_to_string(panel.template, panel.context)))
    return shown


def gifts(contact: Contact) -> Panel | None:
    """Show what we gave them; what is still being decided is nobody's promise yet."""
    given = Fulfilment.objects.filter(receiver=contact.person_id, state__in=RECEIVED).order_by("-delivered_at", "-pk")
    rows = list(given[:GIFTS_SHOWN])
    return Panel(_("With our thanks"), "references/customer_page/gifts.html", {"gifts": rows}) if rows else None
