"""What is done with the catalogue: added, changed, retired. Nothing is deleted: what was done stays what it was."""

from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from references.accounts import policy
from references.accounts.models import ActivityType
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import User

CHANGEABLE: Final = (
    "name", "verb", "effort", "minutes", "confirm_days", "lead_days", "approvals", "scopes", "live", "self_serve",
    "hours", "position",
)  # fmt: skip
SLUG: Final = 30


@transaction.atomic
def add(*, actor: User, name: str, **facts: Any) -> ActivityType:
    """Add a kind of activity; its short name, which stays for ever, comes from its name."""
    slug = slugify(name)[:SLUG].strip("-")
    if not slug or ActivityType.objects.filter(slug=slug).exists():
        sentence = _("There is an activity of this name already. Choose another one.") if slug else _("Give it a name.")
        raise InvalidInput(sentence, errors={"name": sentence})
    _check(facts)
    last = ActivityType.objects.filter(effort__gt=policy.LIGHT_EFFORT).aggregate(last=Max("position"))["last"] or 0
    kind = ActivityType(slug=slug, name=name.strip(), **{"position": last + 10, **facts})
    kind.save(force_insert=True)
    emit("activity.added", subject=kind, actor_id=actor.person_id, payload={})
    return kind


@transaction.atomic
def change(*, kind: ActivityType, actor: User, **facts: Any) -> ActivityType:
    """Change what a kind takes. What was asked, held and counted before stays as it was."""
    row = _lock(kind)
    _check(facts)
    changed = [name for name in CHANGEABLE if name in facts and getattr(row, name) != facts[name]]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, facts[name])
    row.save(update_fields=changed)
    emit("activity.changed", subject=row, actor_id=actor.person_id, payload={"fields": changed})
    return row


@transaction.atomic
def retire(*, kind: ActivityType, actor: User) -> ActivityType:
    """Offer it no more; open requests for it go on. Twice is once."""
    row = _lock(kind)
    if row.retired_at is None:
        row.retired_at = timezone.now()
        row.save(update_fields=["retired_at"])
        emit("activity.retired", subject=row, actor_id=actor.person_id, payload={})
    return row


@transaction.atomic
def bring_back(*, kind: ActivityType, actor: User) -> ActivityType:
    """Offer it again."""
    row = _lock(kind)
    if row.retired_at is not None:
        row.retired_at = None
        row.save(update_fields=["retired_at"])
        emit("activity.brought_back", subject=row, actor_id=actor.person_id, payload={})
    return row


def _lock(kind: ActivityType) -> ActivityType:
    return ActivityType.objects.select_for_update().get(pk=kind.pk)


def _check(facts: dict[str, Any]) -> None:
    """A light effort would hide it from the catalogue: that is for what is no favour at all."""
    if "effort" in facts and facts["effort"] <= policy.LIGHT_EFFORT:
        sentence = _("At least %(n)d points: less is no favour that has to be counted.") % {
            "n": policy.LIGHT_EFFORT + 1
        }
        raise InvalidInput(sentence, errors={"effort": sentence})
