"""What people are told about what was said of the program."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from refprogram.governance.feedback.models import FieldNote
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User

IN_A_LINE = 120


def given(note: FieldNote, reader: User, *, key: str) -> None:
    """Tell who answers what was said."""
    with as_reader(reader.person):
        name = note.sender.name if note.sender else _("Somebody")
        subject = _("%(name)s about the program: %(kind)s") % {"name": name, "kind": note.get_kind_display()}
        facts = [(_("About"), note.change.name)] if note.change else []
        if note.clock is not None:
            facts.append((_("Answer by"), rp.exact(note.clock.due_at)))
        context = {"note": note, "facts": facts, "action_label": _("Answer"),
                   "action_url": absolute(note.get_absolute_url())}  # fmt: skip
        letter = Letter(subject, "governance/field_note", context)
        url = note.get_absolute_url()
        tell(person=reader.person, kind="fieldnote.given", key=key, text=subject, url=url, letter=letter)


def replied(note: FieldNote, reader: User, *, key: str) -> None:
    """Tell who said it what was answered."""
    with as_reader(reader.person):
        name = note.replied_by.name if note.replied_by else _("The program")
        subject = _("%(name)s answered what you said about the program") % {"name": name}
        context = {"note": note, "action_label": _("Read it, and say if that settles it"),
                   "action_url": absolute(note.get_absolute_url())}  # fmt: skip
        letter = Letter(subject, "governance/field_note_reply", context)
        line = Truncator(f"{subject}: {note.reply}").chars(len(subject) + IN_A_LINE)
        url = note.get_absolute_url()
        tell(person=reader.person, kind="fieldnote.replied", key=key, text=line, url=url, letter=letter)
