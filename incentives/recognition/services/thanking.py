"""Thanks between colleagues: a few a week, never to oneself, and without a ring of friends."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.recognition import policy
from incentives.recognition.levels import THANKS
from incentives.recognition.models import Thanks
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.enums import Role
from refprogram.people.models import User

LONGEST: Final = 300


class EnoughThanks(DomainError):
    """The giver has no more thanks this week, or none for this colleague."""

    code = "enough-thanks"


@transaction.atomic
def give_thanks(*, to: User, words: str, actor: User) -> Thanks:
    """Thank a colleague. Giver and receiver are locked, so no limit is passed by two at once, and no ring missed."""
    if not actor.has_perm("incentives.give_thanks"):
        raise NotAllowed(_("Thanks are between colleagues."))
    list(User.objects.select_for_update().filter(pk__in=[actor.pk, to.pk]).order_by("pk").values_list("pk"))
    said = " ".join(words.split())
    if to.pk == actor.pk:
        _refuse("to", _("Thank somebody else."))
    if not to.is_active or to.role == Role.JUDGE:
        _refuse("to", _("Thanks are between colleagues."))
    if not said or len(said) > LONGEST:
        _refuse("words", _("Say in a sentence or two what for."))
    now = timezone.now()
    week = rollups.start_of(Period.WEEK, rollups.day_of(now))
    _within_limits(actor, to, week)
    row = Thanks(giver=actor.person, receiver=to.person, words=said, given_at=now, week=week)
    row.counts = not _comes_back(row)
    row.save(force_insert=True)
    if row.counts:
        rollups.add(metric=THANKS, at=now, keys={"person": to.person_id}, value=1)
    emit("thanks.given", subject=row, actor_id=actor.person_id, payload={"person": to.person_id})
    return row


def _within_limits(actor: User, to: User, week: dt.date) -> None:
    given = Thanks.objects.filter(giver=actor.person_id, week=week)
    most = policy.now().thanks_a_week
    # What was taken back stays used: otherwise the week's limit would be no limit.
    if given.count() >= most:
        sentence = ngettext(
            "You have given your thanks of this week: %(n)d.",
            "You have given all your thanks of this week: %(n)d.",
            most,
        ) % {"n": most}
        raise EnoughThanks(sentence)
    if given.filter(receiver=to.person_id, taken_back_at__isnull=True).exists():
        raise EnoughThanks(_("You have thanked %(name)s this week already.") % {"name": to.name})


def _comes_back(row: Thanks) -> bool:
    """Whether the receiver lately thanked the giver, or somebody who thanked the giver: a ring of two or three."""
    days = policy.now().ring_days
    lately = Thanks.objects.filter(given_at__gt=row.given_at - dt.timedelta(days=days), taken_back_at__isnull=True)
    to_giver = lately.filter(receiver=row.giver_id).values("giver")
    from_receiver = lately.filter(giver=row.receiver_id)
    return days > 0 and from_receiver.filter(Q(receiver=row.giver_id) | Q(receiver__in=to_giver)).exists()


@transaction.atomic
def take_thanks_back(*, thanks: Thanks, actor: User) -> Thanks:
    """Take thanks back: by who gave them, or by who runs recognition. They no longer count."""
    row = Thanks.objects.select_for_update().get(pk=thanks.pk)
    if actor.person_id != row.giver_id and not actor.has_perm("incentives.run_recognition"):
        raise NotAllowed(_("Thanks are taken back by who gave them, or by who runs recognition."))
    if row.taken_back_at is not None:
        raise IllegalMove(_("thanks"), _("taken back"))
    row.taken_back_at, row.taken_back_by = timezone.now(), actor
    row.save(update_fields=["taken_back_at", "taken_back_by"])
    if row.counts:
        rollups.add(metric=THANKS, at=row.given_at, keys={"person": row.receiver_id}, value=-1)
    emit("thanks.taken_back", subject=row, actor_id=actor.person_id, payload={"person": row.receiver_id})
    return row


def _refuse(field: str, sentence: str) -> None:
    raise InvalidInput(sentence, errors={field: sentence})
