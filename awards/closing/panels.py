"""What the room shows on a customer's own page: where they read what judges said of their entries."""

from typing import Final

from django.utils.translation import gettext as _

from awards.closing.addresses import known_address
from awards.closing.selectors.feedback import is_open
from awards.entries.enums import EntryState
from awards.models import ContestEntry
from references.accounts.models import Contact
from references.customer_page.panels import Panel

SHOWN: Final = 5


def feedback(contact: Contact) -> Panel | None:
    """Show the entries on which there is feedback to read, with the way to it."""
    rows = ContestEntry.objects.filter(
        owner=contact.person_id, account=contact.account_id, state=EntryState.CLOSED, wants_feedback=True,
        contest__closing__feedback_opened_at__isnull=False,
    ).select_related("contest__closing")  # fmt: skip
    lines = [
        {"entry": row, "url": known_address(row)}
        for row in rows.order_by("-pk")[:SHOWN]
        if is_open(row.contest, row.contest.closing)
    ]
    shown = [line for line in lines if line["url"]]
    return Panel(_("What judges said"), "awards/closing/panel.html", {"lines": shown}) if shown else None
