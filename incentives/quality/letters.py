"""What people are told in this room."""

from django.urls import reverse
from django.utils.translation import gettext as _

from incentives.quality.models import Fault, QualityMonth
from incentives.quality.words import month_words, reason_of
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell


def won(month: QualityMonth, *, key: str) -> None:
    """Tell the winner, by mail; the voucher goes its own way (catalogue)."""
    person = month.user.person
    with as_reader(person):
        text = _("Nobody’s records were better than yours in %(month)s: %(score)d of 100") % {
            "month": month_words(month.month),
            "score": month.score,
        }
        button = {"action_label": _("See your month"), "action_url": absolute(month.get_absolute_url())}
        letter = Letter(text, "incentives/quality_won", {"month": month, **button})
        tell(person=person, kind="quality", key=key, text=text, url=month.get_absolute_url(), letter=letter)


def excused(fault: Fault, *, key: str) -> None:
    """Tell the owner that a fault costs nothing, and why."""
    if fault.user is None:
        return
    with as_reader(fault.user.person):
        text = _("Excused: %(record)s, %(fault)s. “%(why)s”") % {
            "record": fault.label,
            "fault": reason_of(fault),
            "why": fault.excuse,
        }
        tell(person=fault.user.person, kind="quality", key=key, text=text, url=reverse("incentives:quality"))
