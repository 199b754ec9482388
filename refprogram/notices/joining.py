"""The mail that lets a colleague in. Written here because people lies below: it cannot send, so it emits."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.kernel import links
from refprogram.kernel.models import Event
from refprogram.notices.kinds import Kind
from refprogram.notices.services import Letter, tell
from refprogram.people import selectors

KINDS = [
    Kind(
        "people.invitation",
        gettext_lazy("Invitation to the program"),
        gettext_lazy("a colleague invited you to the reference program"),
        required=True,
    )
]


def send_invitation(event: Event) -> None:
    """On user.invited: send a fresh link; one that was sent before opens nothing any more."""
    user = selectors.invited(event.subject_id)
    if user is None or not user.has_mailbox:
        return
    links.withdraw(subject=user, purpose="join")
    host = selectors.name_of(event.actor_id)
    tell(
        person=user.person,
        kind="people.invitation",
        key=f"invitation:{event.pk}",
        text=_("%(host)s invited you to the reference program.") % {"host": host},
        letter=Letter(
            _("%(host)s invites you to the reference program") % {"host": host},
            "people/join",
            {
                "host": host,
                "role": user.get_role_display(),
                "action_label": _("Choose a password and come in"),
                "action_url": links.issue(purpose="join", subject=user, person_id=user.person_id),
                "fine": _("The link is yours alone and holds for 14 days."),
            },
        ),
    )
