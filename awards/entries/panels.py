"""What entries show on a customer’s own page."""

from typing import Final

from django.utils.translation import gettext as _

from awards.entries.addresses import known_address
from awards.entries.enums import EntryState
from awards.entries.models import ContestEntry
from awards.entries.shown import STATES
from references.accounts.models import Contact
from references.customer_page.panels import Panel

SHOWN: Final = 10


def entries(contact: Contact) -> Panel | None:
    """Show the entries that this person wrote, with the way to each."""
    rows = ContestEntry.objects.filter(owner=contact.person_id, account=contact.account_id).select_related("contest")
    lines = [
        {"entry": row, "pill": STATES[EntryState(row.state)], "url": known_address(row, contact.person)}
        for row in rows.order_by("-pk")[:SHOWN]
    ]
    return Panel(_("Your entries to contests"), "awards/entries/panel.html", {"lines": lines}) if lines else None
