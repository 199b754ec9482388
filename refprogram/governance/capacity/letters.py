"""What people are told about hours that do not suffice."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from refprogram.governance.capacity.selectors import month_word
from refprogram.governance.capacity.shortage import NOBODY
from refprogram.kernel.addresses import address
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User


@dataclass(frozen=True)
class Lack:
    """A month that lacks hours."""

    month: dt.date
    percent: int
    needed: Decimal
    available: Decimal
    is_worse: bool


def short(lack: Lack, reader: User, *, key: str) -> None:
    """Tell of a month that lacks hours, or lacks more of them than was told."""
    with as_reader(reader.person):
        subject = _headline(lack)
        facts = [
            (_("Asked of the program"), _("%(hours)s h") % {"hours": rp.plain(lack.needed)}),
            (_("Hours there are"), _("%(hours)s h") % {"hours": rp.plain(lack.available)}),
        ]
        context = {"lack": lack, "facts": facts, "action_label": _("See what would help"),
                   "action_url": absolute(address("governance:capacity"))}  # fmt: skip
        letter = Letter(subject, "governance/capacity_short", context)
        tell(
            person=reader.person, kind="capacity.short", key=key, text=subject, url=address("governance:capacity"),
            letter=letter,
        )  # fmt: skip


def _headline(lack: Lack) -> str:
    words = {"month": month_word(lack.month), "percent": lack.percent}
    if lack.percent >= NOBODY:
        return _("%(month)s: there is work, and hardly anybody to do it") % words
    if lack.is_worse:
        return _("%(month)s is worse: %(percent)d %% more work than hours") % words
    return _("%(month)s: %(percent)d %% more work than hours") % words
