"""What all verbs of this room share: lock, move, tell the stream."""

from typing import Any

from django.utils.translation import gettext as _

from nominations.quotas.enums import QUOTA_MOVES, QuotaState
from nominations.quotas.models import QuotaPlan, QuotaShare
from refprogram.kernel import moves
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

LONGEST = 2000


def lock_plan(plan: QuotaPlan) -> QuotaPlan:
    """Return the plan, locked until the end of this transaction."""
    return QuotaPlan.objects.select_for_update(of=("self",)).select_related("owner__person", "wave").get(pk=plan.pk)


def lock_share(share: QuotaShare) -> QuotaShare:
    """Return the share, locked until the end of this transaction."""
    rows = QuotaShare.objects.select_for_update(of=("self",))
    return rows.select_related("plan__owner__person", "user__person", "user__team", "case").get(pk=share.pk)


def move(plan: QuotaPlan, to: QuotaState, *also: str) -> None:
    """Take one step and save."""
    moves.move(plan, to, moves=QUOTA_MOVES, noun=_("quota"), also=also)


def tell_plan(topic: str, plan: QuotaPlan, by: User | None, **facts: Any) -> None:
    """Emit what happened to a plan."""
    emit(topic, subject=plan, actor_id=by.person_id if by else None, payload=facts)


def tell_share(topic: str, share: QuotaShare, by: User | None) -> None:
    """Emit what happened to somebody's share: ids and facts, no words."""
    team = share.user.team
    facts = {"person": share.user.person_id, "manager": team.manager_id if team else None, "plan": share.plan_id}
    emit(topic, subject=share, actor_id=by.person_id if by else None, payload=facts)


def allowed(by: User, permission: str, row: Any, words: str) -> None:
    """Raise NotAllowed with these words for who may not."""
    if not by.has_perm(permission, row):
        raise NotAllowed(words)


def said(text: str, field: str, sentence: str) -> str:
    """Return what was written. Raises InvalidInput for nothing."""
    stripped = text.strip()[:LONGEST]
    if not stripped:
        raise InvalidInput(sentence, errors={field: sentence})
    return stripped
