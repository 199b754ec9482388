"""How long it is kept what was told. The words of a mail go as soon as it is sent; here go its head and the notices."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.retention import Policy
from refprogram.notices.enums import MailState
from refprogram.notices.models import Mail, Notice


def _empty(rows: list[Mail]) -> None:
    Mail.objects.filter(pk__in=[mail.pk for mail in rows]).update(text="", html="", calendar="", unsubscribe_url="")


_ENDED = ~Q(state=MailState.QUEUED)

POLICIES = [
    Policy(
        "mail_words",
        _("Words of mails that were delivered or given up"),
        0,
        _("They hold names and secret links; nobody needs them once the mail has gone."),
        lambda before: Mail.objects.filter(_ENDED, updated_at__lt=before).exclude(
            text="", html="", calendar="", unsubscribe_url=""
        ),
        _empty,
    ),
    Policy(
        "mails",
        _("To whom a mail went, and its subject"),
        365,
        _("For a year it can be shown that somebody was asked, and when."),
        lambda before: Mail.objects.filter(_ENDED, created_at__lt=before),
    ),
    Policy(
        "read_notices",
        _("Notices that were read"),
        180,
        _("The timeline keeps what happened; a notice is only a knock."),
        lambda before: Notice.objects.filter(read_at__lt=before),
    ),
]
