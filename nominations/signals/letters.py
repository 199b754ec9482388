"""What people are told about drafts and open links."""

from django.urls import reverse
from django.utils.translation import gettext as _

from nominations.models import Nomination, NominationLink
from refprogram.notices.services import tell


def tell_of_draft(nomination: Nomination) -> None:
    """Say that good news drafted a nomination, and why: a line now, in the mail of the day."""
    tell(
        person=nomination.nominator.person,
        kind="nomination_draft",
        key=f"draft:{nomination.pk}",
        text=_("Nominate %(account)s? %(why)s") % {"account": nomination.account.name, "why": nomination.reason},
        url=reverse("nominations:take-up", args=[nomination.public_id]),
    )


def tell_of_known(link: NominationLink, *, name: str, account: str, why: str, key: str) -> None:
    """Tell the holder that somebody named, by their link, a customer who cannot be nominated now."""
    tell(
        person=link.holder.person,
        kind="nomination_outcome",
        key=key,
        text=_("%(name)s named %(account)s by your link. %(why)s") % {"name": name, "account": account, "why": why},
        url=link.get_absolute_url(),
    )
