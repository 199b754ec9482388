"""What badges do when something happened: their people hear of it. Safe to run twice."""

from django.utils.translation import gettext as _

from incentives.badges.models import BadgeGrant
from incentives.badges.notice_kinds import BADGES
from refprogram.kernel.models import Event
from refprogram.notices.mails import as_reader
from refprogram.notices.services import tell


def tell_of_badge(event: Event) -> None:
    """Somebody got a badge: they hear so, with the giver's words."""
    grant = BadgeGrant.objects.select_related("badge", "person", "giver__person").get(pk=event.subject_id)
    if grant.revoked_at is not None:
        return
    with as_reader(grant.person):
        words = {"badge": grant.badge.name, "giver": grant.giver.name if grant.giver else "", "words": grant.words}
        by_hand, by_rule = _("%(giver)s gave you the badge %(badge)s: %(words)s"), _("You got the badge %(badge)s.")
        said = by_hand if grant.giver else by_rule
        tell(
            person=grant.person, kind=BADGES, key=f"badge:{grant.pk}", text=said % words, url=grant.get_absolute_url()
        )  # fmt: skip


def tell_of_end(event: Event) -> None:
    """A badge was taken back: whose it was reads why."""
    grant = BadgeGrant.objects.select_related("badge", "person").get(pk=event.subject_id)
    with as_reader(grant.person):
        words = {"badge": grant.badge.name, "reason": grant.revoke_reason}
        text = _("Your badge %(badge)s was taken back: %(reason)s") % words
        tell(person=grant.person, kind=BADGES, key=f"badge-off:{grant.pk}", text=text, url=grant.get_absolute_url())
