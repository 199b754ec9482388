"""Who runs a category whose manager has a tie, and the glass that is broken in need, with a reason."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import visibility
from awards.judging import policy
from awards.models import Category, CategoryDelegate, Contest, GlassBroken
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.enums import Role
from refprogram.people.models import User


@transaction.atomic
def name_delegate(*, category: Category, user: User, by: User) -> CategoryDelegate:
    """Let a colleague without a tie run the judging of one category; naming another one replaces them."""
    row = _held(category)
    if not user.is_active or user.is_role(Role.JUDGE):
        raise _refused(_("Choose a colleague who works here."))
    if visibility.masked_categories(user).filter(pk=row.pk).exists():
        raise _refused(_("%(name)s has a tie to an entry of this category too.") % {"name": user.name})
    if row.contest.judges.filter(person=user.person_id).exclude(state__in=("declined", "expired")).exists():
        raise _refused(_("%(name)s judges in this contest.") % {"name": user.name})
    found = CategoryDelegate.objects.filter(category=row).first()
    if found is not None and found.user_id == user.pk:
        return found
    delegate = found or CategoryDelegate(category=row)
    delegate.user, delegate.named_by, delegate.named_at = user, by, timezone.now()
    delegate.save()
    _tell(row, "contest.delegated", by, who=user.person_id)
    return delegate


@transaction.atomic
def remove_delegate(*, category: Category, by: User) -> None:
    """Nobody stands in for this category any more."""
    row = _held(category)
    if CategoryDelegate.objects.filter(category=row).delete()[0]:
        _tell(row, "contest.delegate_removed", by)


@transaction.atomic
def break_glass(*, category: Category, reason: str, by: User) -> GlassBroken:
    """Open for some hours what is masked for a colleague with a tie; the certifiers and the other managers are told.

    It opens reading and running, not signing: who has a tie never certifies. Twice is once while it is open.
    """
    row = _held(category)
    why = " ".join(reason.split())[:300]
    if not why:
        message = _("Say why: it stays in the record, and the certifiers read it.")
        raise InvalidInput(message, errors={"reason": message})
    now = timezone.now()
    found = GlassBroken.objects.filter(category=row, user=by, ends_at__gt=now).first()
    if found is not None:
        return found
    if not visibility.masked_categories(by).filter(pk=row.pk).exists():
        raise DomainError(_("Nothing of this category is hidden from you."))
    ends_at = now + dt.timedelta(hours=policy.now().glass_hours)
    broken = GlassBroken.objects.create(category=row, user=by, reason=why, at=now, ends_at=ends_at)
    _tell(row, "contest.glass_broken", by, glass=broken.pk)
    return broken


def _held(category: Category) -> Category:
    Contest.objects.select_for_update().get(pk=category.contest_id)
    return Category.objects.select_related("contest").get(pk=category.pk)


def _refused(message: str) -> InvalidInput:
    return InvalidInput(message, errors={"user": message})


def _tell(category: Category, topic: str, by: User, **facts: int) -> None:
    payload = {"contest": category.contest_id, "category": category.pk, **facts}
    emit(topic, subject=category.contest, actor_id=by.person_id, payload=payload)
