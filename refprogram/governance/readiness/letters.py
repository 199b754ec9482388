"""What people are told about changes."""

from django.utils.translation import ngettext

from refprogram.governance.readiness.models import Change, ChangeStep
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute, as_reader
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User


def steps_late(change: Change, steps: list[ChangeStep], reader: User, *, key: str) -> None:
    """Tell who sees to them that steps of a change are overdue."""
    with as_reader(reader.person):
        words = {"n": len(steps), "change": change.name, "step": steps[0].name}
        subject = ngettext("Overdue for “%(change)s”: %(step)s", "%(n)d steps are overdue for “%(change)s”", len(steps))
        subject %= words
        context = {
            "change": change,
            "facts": [(step.name, rp.day(step.due_on)) for step in steps],
            "action_label": ngettext("Open the step", "Open the steps", len(steps)),
            "action_url": absolute(change.get_absolute_url()),
        }
        letter = Letter(subject, "governance/change_steps_late", context)
        tell(
            person=reader.person, kind="change.step_late", key=key, text=subject, url=change.get_absolute_url(),
            letter=letter,
        )  # fmt: skip
