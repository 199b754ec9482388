"""Reading the mails that a test sent."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.mail import EmailMessage


def mails_to(reader: Any, mailoutbox: Iterable[EmailMessage]) -> list[EmailMessage]:
    """Return the mails to a person or user, oldest first."""
    return [mail for mail in mailoutbox if any(reader.email in address for address in mail.to)]


def subjects_to(reader: Any, mailoutbox: Iterable[EmailMessage]) -> list[str]:
    """Return the subjects of the mails to a person or user, oldest first."""
    return [str(mail.subject) for mail in mails_to(reader, mailoutbox)]


def token_in(mail: EmailMessage) -> str:
    """Return the token of the first signed link in a mail."""
    found = re.search(r"/s/([\w-]+)/", str(mail.body))
    assert found is not None, mail.body
    return found[1]
