"""What is written to people about letters. The letter itself is in its writer's words and name; answers go to them."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from incentives.recognition.models import Letter
from incentives.recognition.notice_kinds import LETTER, LETTER_COPY, LETTER_DRAFT
from refprogram.notices.mails import Letter as Mail
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import tell

TEMPLATE: Final = "incentives/appreciation"


def deliver(row: Letter) -> None:
    """Send a letter to its reader, and a copy to their manager. Twice is once."""
    person, writer = row.about, row.writer
    url = row.get_absolute_url()
    with as_reader(person):
        text = _("%(name)s wrote to you: %(subject)s") % {"name": writer.name, "subject": row.subject}
        mail = Mail(row.subject, TEMPLATE, _words(row, ""), reply_to=writer.address)
        tell(person=person, kind=LETTER, key=f"letter:{row.pk}", text=text, url=url, letter=mail)
    if row.copied_to is None:
        return
    with as_reader(row.copied_to.person):
        words = {"name": writer.name, "about": person.name}
        text = _("%(name)s wrote to %(about)s") % words
        note = _("A copy for you, who lead %(about)s. %(name)s wrote this to them:") % words
        mail = Mail(text, TEMPLATE, _words(row, note), reply_to=writer.address)
        tell(person=row.copied_to.person, kind=LETTER_COPY, key=f"letter:{row.pk}", text=text, url=url, letter=mail)


def _words(row: Letter, note: str) -> dict[str, object]:
    return {
        "note": note, "body": row.body, "writer": row.writer, "action_label": _("Open the letter"),
        "action_url": absolute(row.get_absolute_url()),
    }  # fmt: skip


def ask_writer(row: Letter) -> None:
    """Tell an executive that a letter waits for their words; without mail, for it stands on the desk."""
    with as_reader(row.writer.person):
        words = {"about": row.about.name, "by": row.drafted_by.name if row.drafted_by else ""}
        text = _("%(by)s drafted a letter to %(about)s in your name") % words
        url = reverse("incentives:letter", args=[row.public_id])
        tell(person=row.writer.person, kind=LETTER_DRAFT, key=f"letter-draft:{row.pk}", text=text, url=url)
