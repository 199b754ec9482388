"""Every Monday, to who runs the program: what went past the rules, who is overdrawn, how hard the pool is asked."""

from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.accounts.rules import PROGRAM_PEOPLE
from references.goodwill import selectors, shown
from references.goodwill.models import AskOverride
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User

LINES: Final = 20


@transaction.atomic
def send() -> int:
    """Tell each of them once a week; nothing where nothing happened. Returns how many were told."""
    new = list(
        AskOverride.objects.select_for_update(of=("self",))
        .filter(reported_at__isnull=True)
        .select_related("ask__account", "ask__contact__person", "ask__activity", "made_by__person")
        .order_by("pk")
    )
    readers = list(User.objects.filter(role__in=PROGRAM_PEOPLE, is_active=True).select_related("person"))
    if not readers:
        return 0
    over = selectors.overdrawn(readers[0])
    if not new and not over:
        return 0
    year, week, _day = timezone.localdate().isocalendar()
    stats = selectors.pool()
    for reader in readers:
        with as_reader(reader.person):
            _tell(reader, new, [(account.name, price.left) for account, price in over[:LINES]], shown.pool_stats(stats),
                  key=f"references.goodwill_week:{year}-{week}")  # fmt: skip
    AskOverride.objects.filter(pk__in=[row.pk for row in new]).update(reported_at=timezone.now())
    return len(readers)


def _tell(
    reader: User,
    new: list[AskOverride],
    over: list[tuple[str, int]],
    stats: list[tuple[str, str, str, str]],
    *,
    key: str,
) -> None:
    past = ngettext("%(n)d ask went past a rule", "%(n)d asks went past a rule", len(new)) % {"n": len(new)}
    drawn = ngettext("%(n)d customer is overdrawn", "%(n)d customers are overdrawn", len(over)) % {"n": len(over)}
    text = _("Asks of this week: %(past)s, %(drawn)s") % {"past": past, "drawn": drawn}
    url = reverse("references:ask-report")
    letter = Letter(
        text,
        "references/goodwill_week",
        {
            "facts": [(name, value) for name, value, _words, _tone in stats],
            "past": [
                {
                    "account": row.ask.account.name,
                    "what": row.ask.activity.name if row.ask.activity else "",
                    "who": row.made_by.name,
                    "rules": shown.override_line(row).rules,
                    "reason": row.reason,
                }
                for row in new[:LINES]
            ],
            "over": [{"account": name, "left": left} for name, left in over],
            "action_label": _("Open the report"),
            "action_url": absolute(url),
        },
    )
    tell(person=reader.person, kind="references.goodwill_week", key=key, text=text, url=url, letter=letter)
