"""Handing waiting mails over to the mail server: one mail, one transaction.

A mail leaves the house before its row says so. If the worker dies in between, it is sent again: at least once, with
the same Message-ID both times, by which mail programs show it once.
"""

import datetime as dt
import logging
from email.utils import formataddr
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from refprogram.notices import kinds, mails, policy
from refprogram.notices.enums import MailState
from refprogram.notices.models import Mail

log = logging.getLogger(__name__)

BATCH = 200
PERMANENT = 500  # SMTP replies from 500 on will be the same tomorrow


def send_waiting(*, limit: int = BATCH) -> int:
    """Send up to `limit` mails that are due, oldest first; return how many were handled.

    While the mail server does not answer nothing is tried, counted or given up: the mails wait for it.
    """
    if not _due().exists():
        return 0
    server: BaseEmailBackend = get_connection()
    try:
        server.open()
    except (OSError, SMTPException) as error:
        log.warning("mail server does not answer, mails wait: %s", error)
        return 0
    try:
        handled = 0
        while handled < limit and _send_next(server):
            handled += 1
        return handled
    finally:
        server.close()


def _due() -> QuerySet[Mail]:
    return Mail.objects.filter(state=MailState.QUEUED, send_after__lte=timezone.now())


@transaction.atomic
def _send_next(server: BaseEmailBackend) -> bool:
    waiting = _due().select_related("person").select_for_update(skip_locked=True, of=("self",))
    mail = waiting.order_by("send_after", "pk").first()
    if mail is None:
        return False
    if not mails.has_mailbox(mail.person):
        _close(mail, MailState.DROPPED)
        return True
    if _sleeps(mail):
        return True
    try:
        message(mail, server).send()
    except (OSError, SMTPException, ValueError) as error:
        log.warning("mail %s was not taken: %s", mail.public_id, error)
        _put_off(mail, error)
        return True
    mail.sent_at = timezone.now()
    _close(mail, MailState.SENT)
    return True


def _sleeps(mail: Mail) -> bool:
    """Whether a mail that is late (the server was away) would come in the reader's quiet hours: it waits for morning.

    What the reader waits for (`services.forward`: a sign-in, say) is of no kind that is listed, and never waits.
    """
    until = mails.not_before(mail.person, timezone.now())
    if mail.kind not in kinds.registry() or until <= timezone.now():
        return False
    mail.send_after = until
    mail.save(update_fields=["send_after"])
    return True


def message(mail: Mail, server: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Return the mail as it leaves: both parts, the same id at every try, and how to stop such mail with one click."""
    headers = {
        "Message-ID": f"<{mail.public_id}@{urlsplit(settings.BASE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    to = formataddr((mails.one_line(mail.person.name), mail.to))
    answers = [mail.reply_to] if mail.reply_to else None
    made = EmailMultiAlternatives(
        mail.subject, mail.text, to=[to], headers=headers, connection=server, reply_to=answers
    )
    if mail.html:
        made.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        made.attach("invitation.ics", mail.calendar, "text/calendar")
    return made


def _close(mail: Mail, state: MailState) -> None:
    """End a mail's way and empty its words: they may hold names and secret links, and nobody needs them any more."""
    mail.state, mail.error = state, ""
    mail.text = mail.html = mail.calendar = mail.unsubscribe_url = ""
    mail.save(update_fields=["state", "error", "text", "html", "calendar", "unsubscribe_url", "sent_at"])


def _put_off(mail: Mail, error: Exception) -> None:
    mail.attempts += 1
    mail.error = f"{type(error).__name__}: {error}"[:2000]
    if mail.attempts >= policy.MOST_ATTEMPTS or _is_permanent(error):
        mail.state = MailState.FAILED
        mail.text = mail.html = mail.calendar = mail.unsubscribe_url = ""
    mail.send_after = mails.not_before(mail.person, timezone.now() + backoff(mail.attempts))
    words = ("text", "html", "calendar", "unsubscribe_url")
    mail.save(update_fields=["attempts", "error", "state", "send_after", *words])


def backoff(attempts: int) -> dt.timedelta:
    """Return the wait after the n-th failure: a minute doubled each time, at most two hours."""
    return min(policy.FIRST_RETRY * 2 ** min(attempts - 1, 20), policy.LONGEST_RETRY)


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, ValueError):  # a head that no mail may have
        return True
    return isinstance(error, SMTPRecipientsRefused) and all(
        code >= PERMANENT for code, _words in error.recipients.values()
    )
