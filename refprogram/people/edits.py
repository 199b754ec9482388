"""What the edits of colleagues and teams are called."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.edit_history.nouns import EditNoun, Part
from refprogram.people import selectors
from refprogram.people.models import Person, Team, User

PERSON_WORDS = {
    "email": _("E-mail"),
    "time_zone": _("Time zone"),
    "quiet_from": _("Quiet from"),
    "quiet_until": _("Quiet until"),
}

USER = EditNoun(
    title=_("Colleague"),
    path="/users",
    visible=selectors.visible_to,
    parts=(
        Part(
            User,
            words={
                "email": _("E-mail for signing in"),
                "external_ref": _("In the CRM"),
                "is_active": _("May sign in"),
                "is_staff": _("May use the support view"),
                "is_superuser": _("May do everything in the support view"),
                "invited_at": _("Invited"),
                "hired_on": _("Hired"),
            },
        ),
        Part(Person, rows=lambda user: [user.person_id], words=PERSON_WORDS),
    ),
)

TEAM = EditNoun(title=_("Team"), path="/teams", visible=selectors.teams_visible_to, parts=(Part(Team),))
