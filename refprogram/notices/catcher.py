"""The mail catcher of development and demo: mails become files in a folder, which `/dev/mail/` shows. None leaves."""

import datetime as dt
import email
import email.policy
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage as Parsed
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

MOST_SHOWN = 100
_NAME = re.compile(r"\d{19}-[0-9a-f]{8}")


class CatcherBackend(BaseEmailBackend):
    """Writes each message to its own file; the name sorts by time and cannot be guessed into a path."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages; return how many."""
        folder = Path(settings.MAIL_CATCHER_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns():019d}-{secrets.token_hex(4)}"
            unfinished = folder / f".{name}"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Caught:
    """One caught mail."""

    name: str
    at: dt.datetime
    to: str
    subject: str
    parsed: Parsed

    @property
    def text(self) -> str:
        """The plain part."""
        return _body(self.parsed, "plain")

    @property
    def html(self) -> str:
        """The styled part; empty for plain mails."""
        return _body(self.parsed, "html")

    @property
    def heads(self) -> list[tuple[str, str]]:
        """The heads a reader of this page may want to check."""
        shown = ("From", "To", "Reply-To", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post")
        return [(name, str(self.parsed[name])) for name in shown if self.parsed[name]]


def _body(parsed: Parsed, kind: str) -> str:
    part = parsed.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


def caught(*, to: str = "", limit: int = MOST_SHOWN) -> list[Caught]:
    """Return the newest caught mails, newest first; `to` keeps those whose recipient contains it."""
    folder = Path(settings.MAIL_CATCHER_DIR)
    names = sorted((file.stem for file in folder.glob("*.eml") if _NAME.fullmatch(file.stem)), reverse=True)
    found: list[Caught] = []
    for name in names:
        mail = find(name)
        if mail is not None and to.casefold() in mail.to.casefold():
            found.append(mail)
        if len(found) == limit:
            break
    return found


def find(name: str) -> Caught | None:
    """Return one caught mail, or None."""
    if not _NAME.fullmatch(name):
        return None
    try:
        raw = (Path(settings.MAIL_CATCHER_DIR) / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    at = dt.datetime.fromtimestamp(int(name[:19]) / 1e9, tz=dt.UTC)
    return Caught(name, at, str(parsed["To"] or ""), str(parsed["Subject"] or ""), parsed)
