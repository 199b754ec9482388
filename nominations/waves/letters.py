"""What waves tell people: the line in the program, and the mail. Words: templates/nominations/mail/."""

from django.db.models import CharField, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from nominations.models import CohortMember, Wave
from nominations.waves.notice_kinds import YOUR_TURN
from refprogram.kernel import links
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute
from refprogram.notices.services import Letter, tell
from refprogram.people.enums import Role
from refprogram.people.models import Person

# The key of a member's notice, as SQL: one turn a wave, whichever cohort.
TURN_KEY = Concat(Value("wave-turn:"), Cast(OuterRef("wave"), CharField()))


def your_turn(member: CohortMember, *, by_mail: bool) -> None:
    """Tell somebody that it is their turn: until when, and where. `by_mail`: no other mail says so on this day."""
    until = rp.day(member.cohort.closes_on)
    tell(
        person=member.user.person,
        kind=YOUR_TURN,
        key=f"wave-turn:{member.wave_id}",
        text=_("It is your turn: which customer would speak for us? Until %(day)s.") % {"day": until},
        url=reverse("nominations:new"),
        letter=_letter(member, until) if by_mail else None,
    )


def _letter(member: CohortMember, until: str) -> Letter:
    campaign = member.cohort.wave.campaign
    sponsor = campaign.sponsor.name if campaign is not None and campaign.sponsor is not None else ""
    return Letter(
        subject=_("Your turn: which customer would speak for us?"),
        template="nominations/your_turn",
        context={
            "lead": _("Dear %(name)s,") % {"name": member.user.person.name},
            "until": until,
            "sponsor": sponsor,
            "message": campaign.sponsor_message if campaign is not None else "",
            "purpose": campaign.purpose if campaign is not None else "",
            "action_label": _("Nominate a customer"),
            "action_url": links.issue(purpose="nominate_by_mail", subject=member.user, person_id=member.user.person_id),
            "alternatives": [(_("With more room, signed in"), absolute(reverse("nominations:new")))],
        },
    )


def url_for(person: Person, wave: Wave) -> str:
    """Return where somebody reads more: the wave's page for who may open it, else their nominations."""
    reads = person.user.role in {Role.MARKETER, Role.ADMIN, Role.MANAGER, Role.SALES_HEAD}
    return wave.get_absolute_url() if reads else reverse("nominations:list")
