"""Mail to somebody of whom we know nothing but the address, and want to know no more.

It is in no queue of ours: who asks for it keeps the address, and forgets it once the mail has left.
"""

from collections.abc import Sequence
from email.utils import formataddr
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation

from refprogram.notices import mails
from refprogram.notices.mails import Letter

PERMANENT = 500  # SMTP replies from 500 on will be the same tomorrow


def mail_to(
    address: str, letter: Letter, *, reason: str, key: str, language: str = "", server: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """Return a mail in the house's own frame, ready to be sent. `key` makes its id: at every try the same.

    Nobody subscribed to it, so there is nothing to turn down: it says why it came (`reason`), and comes once.
    """
    app, _slash, name = letter.template.partition("/")
    context = {
        **letter.context,
        "subject": letter.subject,
        "reason": reason,
        "required": True,
        "program_name": settings.PROGRAM_NAME,
        "base_url": settings.BASE_URL,
    }
    with translation.override(language or settings.LANGUAGE_CODE):
        html = render_to_string(f"{app}/mail/{name}.html", context)
        text = mails.BLANK_LINES.sub("\n\n", render_to_string(f"{app}/mail/{name}.txt", context).strip()) + "\n"
    headers = {
        "Message-ID": f"<{key}@{urlsplit(settings.BASE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    subject = mails.one_line(letter.subject)[:200]
    made = EmailMultiAlternatives(subject, text, to=[formataddr(("", address))], headers=headers, connection=server)
    made.attach_alternative(html, "text/html")
    return made


def never_arrives(error: Exception) -> bool:
    """Whether a mail that was not taken would not be taken tomorrow either."""
    if isinstance(error, ValueError):  # a head that no mail may have
        return True
    refused: Sequence[int] = (
        [code for code, _words in error.recipients.values()] if isinstance(error, SMTPRecipientsRefused) else []
    )
    return bool(refused) and all(code >= PERMANENT for code in refused)
