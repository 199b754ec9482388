"""Badges: added, changed, retired, given, taken back."""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from incentives.badges.granting import BadgeGranting, grant_many, month_of, slot_of
from incentives.badges.models import Badge, BadgeGrant
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput, NotAllowed
from refprogram.kernel.models import new_public_id
from refprogram.kernel.stream import emit
from refprogram.people.models import User

__all__ = ["BadgeGranting", "add_badge", "change_badge", "grant_badge", "grant_many", "revoke", "set_retired"]

RUN: Final = "incentives.run_badges"
GIVE: Final = "incentives.give_badges"
CHANGEABLE: Final = ("name", "words", "picture", "tone", "often", "a_month", "by_hand")
SLUG: Final = 40
WORDS: Final = 300


class BadgeRefused(DomainError):
    """This badge cannot be given to this person now; the sentence says why."""

    code = "badge-refused"


@transaction.atomic
def add_badge(*, actor: User, name: str, **facts: Any) -> Badge:
    """Add a badge that can be won from now on."""
    _must(actor, RUN)
    badge = Badge(name=_name(name), created_by=actor, **facts)
    badge.slug = slugify(badge.name)[:SLUG].strip("-")
    if not badge.slug or Badge.objects.filter(slug=badge.slug).exists():
        _refuse("name", _("There is a badge of this name already. Choose another one."))
    _check(badge)
    badge.save(force_insert=True)
    emit("badge.added", subject=badge, actor_id=actor.person_id)
    return badge


@transaction.atomic
def change_badge(*, badge: Badge, actor: User, **facts: Any) -> Badge:
    """Change what a badge says or how often it can be won. Who has it keeps it."""
    _must(actor, RUN)
    row = Badge.objects.select_for_update().get(pk=badge.pk)
    if "name" in facts:
        facts["name"] = _name(facts["name"])
    changed = [name for name in CHANGEABLE if name in facts and getattr(row, name) != facts[name]]
    for name in changed:
        setattr(row, name, facts[name])
    _check(row)
    if changed:
        row.save(update_fields=changed)
        emit("badge.changed", subject=row, actor_id=actor.person_id, payload={"fields": changed})
    return row


@transaction.atomic
def set_retired(*, badge: Badge, retired: bool, actor: User) -> Badge:
    """Give it no more, or again. Who has it keeps it. Twice is once."""
    _must(actor, RUN)
    row = Badge.objects.select_for_update().get(pk=badge.pk)
    if (row.retired_at is not None) != retired:
        row.retired_at = timezone.now() if retired else None
        row.save(update_fields=["retired_at"])
        emit("badge.changed", subject=row, actor_id=actor.person_id, payload={"fields": ["retired_at"]})
    return row


@transaction.atomic
def grant_badge(*, badge: Badge, to: User, words: str, actor: User) -> BadgeGrant:
    """Give a badge to a colleague, saying what for."""
    _must(actor, GIVE)
    row = Badge.objects.select_for_update().get(pk=badge.pk)
    _may_have(row, to, actor)
    said = " ".join(words.split())
    if not said or len(said) > WORDS:
        _refuse("words", _("Say in a sentence or two what it is for."))
    now = timezone.now()
    key = f"by-hand:{new_public_id()}"
    wish = BadgeGranting(key, to.person_id, None, None, None, now, row.pk, words=said)
    made = grant_many([wish], actor=actor)
    if not made:
        raise BadgeRefused(_("%(badge)s was given as often as it can be this month.") % {"badge": row.name})
    return made[0]


def _may_have(badge: Badge, to: User, actor: User) -> None:
    words = {"badge": badge.name, "name": to.name}
    if to.person_id == actor.person_id:
        _refuse("to", _("Nobody gives a badge to themselves."))
    if not to.is_active:
        _refuse("to", _("%(name)s is not here any more.") % words)
    if badge.retired_at is not None or not badge.by_hand:
        raise BadgeRefused(_("%(badge)s is not given by hand.") % words)
    slot = slot_of(badge.often, month_of(timezone.now()))
    has = BadgeGrant.objects.filter(badge=badge, person=to.person_id, slot=slot, revoked_at__isnull=True)
    if slot is not None and has.exists():
        _refuse("to", _("%(name)s has %(badge)s already.") % words)


@transaction.atomic
def revoke(*, grant: BadgeGrant, reason: str, actor: User) -> BadgeGrant:
    """Take a badge back; the person reads why. It can be won again."""
    row = BadgeGrant.objects.select_for_update(of=("self",)).select_related("badge").get(pk=grant.pk)
    if not actor.has_perm("incentives.revoke_badge", row):
        raise NotAllowed(_("A badge is taken back by who gave it, or by who looks after badges."))
    if row.revoked_at is not None:
        raise IllegalMove(_("badge"), _("taken back"))
    said = " ".join(reason.split())[:WORDS]
    if not said:
        _refuse("reason", _("Say why. The person reads it."))
    row.revoked_at, row.revoked_by, row.revoke_reason = timezone.now(), actor, said
    row.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    facts = {"person": row.person_id, "badge": row.badge_id}
    emit("badge.revoked", subject=row, actor_id=actor.person_id, payload=facts)
    return row


def _must(actor: User, permission: str) -> None:
    if not actor.has_perm(permission):
        raise NotAllowed(_("Badges are looked after by the program, and given by managers and above."))


def _name(name: str) -> str:
    return " ".join(name.split())


def _check(badge: Badge) -> None:
    if not badge.name:
        _refuse("name", _("Give the badge a name."))
    if Badge.objects.filter(name__iexact=badge.name).exclude(pk=badge.pk).exists():
        _refuse("name", _("There is a badge of this name already. Choose another one."))
    if not badge.words.strip():
        _refuse("words", _("Say what it is given for."))
    if badge.a_month is not None and badge.a_month < 1:
        _refuse("a_month", _("At least one a month, or leave it empty."))


def _refuse(field: str, sentence: str) -> None:
    raise InvalidInput(sentence, errors={field: sentence})
