"""What people are told about stakeholders."""

from django.utils.translation import gettext as _

from refprogram.governance.stakeholders.models import Pulse
from refprogram.notices.mails import as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User


def pulse_asked(pulse: Pulse, reader: User, link: str, *, key: str) -> None:
    """Ask a colleague one question."""
    with as_reader(reader.person):
        subject = _("One question: how well does the reference program serve you?")
        context = {"pulse": pulse, "action_label": _("Answer, from 1 to 5"), "action_url": link}
        letter = Letter(subject, "governance/stakeholder_pulse", context)
        tell(person=reader.person, kind="stakeholder.pulse", key=key, text=subject, letter=letter)


def pulse_given(pulse: Pulse, reader: User, *, key: str) -> None:
    """Tell who asked what the answer was."""
    with as_reader(reader.person):
        text = _("%(name)s gave the program %(score)d of 5") % {"name": pulse.stakeholder.name, "score": pulse.score}
        tell(
            person=reader.person, kind="stakeholder.answered", key=key, text=text, url=pulse.get_absolute_url()
        )  # fmt: skip
