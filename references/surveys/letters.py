"""The survey's mail: one question, one button; for NPS the whole scale as links. Words: templates/references/mail/."""

from django.utils.translation import gettext as _

from references.accounts import wording
from references.surveys.enums import SurveyKind
from references.surveys.models import Survey, SurveyInvitation
from refprogram.notices.services import Letter


def survey(invitation: SurveyInvitation, url: str, *, reminder: bool) -> Letter:
    """To the contact: would you tell us? A number only opens the page with it chosen; nothing counts before "Send"."""
    row = invitation.survey
    subject = question_of(row)
    scale = [(n, f"{url}?score={n}") for n in range(11)] if row.kind == SurveyKind.NPS else []
    return Letter(
        subject=_("Once more: %(question)s") % {"question": subject} if reminder else subject,
        template="references/survey",
        context={
            "lead": _("Dear %(name)s,") % {"name": invitation.contact.person.name},
            "message": row.message,
            "scale": scale,
            "reminder": reminder,
            "us": wording.program_of(),
            "action_label": _("Answer in two minutes"),
            "action_url": url,
            "fine": _("No is a fine answer too: the page has a button for it. We do not ask a third time."),
        },
    )


def question_of(row: Survey) -> str:
    """Return the question that the mail asks, as its subject and heading."""
    us = wording.with_us()
    if row.kind == SurveyKind.NPS:
        return _("How likely are you to recommend %(us)s?") % {"us": us}
    if row.kind == SurveyKind.CSAT:
        return _("How satisfied are you with %(us)s?") % {"us": us}
    return _("What might you be glad to do for others who decide?")
