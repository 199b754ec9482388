"""What people are told about requests that were passed on."""

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from refprogram.governance.plotting.models import PlottedRequest
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User

on_day = lazy(rp.day, str)  # written while the mail is, in its reader's language


def passed_on(row: PlottedRequest, reader: User, by: str, *, key: str) -> None:
    """Tell a colleague that something was passed on to them, why, and until when."""
    with as_reader(reader.person):
        subject = _("%(name)s passed a request on to you: %(text)s") % {"name": by, "text": row.text}
        facts = [
            (_("What is asked for"), row.text),
            (_("Who asks"), row.asked_by),
            (_("Answer by"), on_day(row.due_on)),
        ]
        context = {
            "row": row,
            "facts": [fact for fact in facts if fact[1]],
            "action_label": _("Say what came of it"),
            "action_url": absolute(row.get_absolute_url()),
        }
        letter = Letter(subject, "governance/plotted_redirected", context)
        tell(
            person=reader.person, kind="plotted.redirected", key=key, text=subject, url=row.get_absolute_url(),
            letter=letter,
        )  # fmt: skip


def settled(row: PlottedRequest, reader: User, *, key: str) -> None:
    """Tell who passed it on what came of it."""
    with as_reader(reader.person):
        text = _("What came of “%(text)s”: %(outcome)s") % {"text": row.text, "outcome": row.outcome}
        tell(person=reader.person, kind="plotted.settled", key=key, text=text, url=row.get_absolute_url())
