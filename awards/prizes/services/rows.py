"""What every verb of this room shares: its rows, held; the step; what is told."""

from django.utils.translation import gettext as _

from awards.contests.services.rows import lock as lock_contest
from awards.models import Contest
from awards.prizes.enums import GRANT_MOVES, GrantState
from awards.prizes.models import PrizeGrant
from awards.prizes.offers import Offer, offer
from references.requests.services.gifts import gift_rule
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.kernel import moves
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import Person

PEOPLE = (
    "award__contest__owner__person", "award__place__category", "award__place__entry__owner",
    "award__place__entry__account", "award__place__entry__team", "award__place__entry__contact__person",
    "award__place__entry__contact__account", "prize", "fulfilment__approval", "fulfilment__commitment",
    "fulfilment__requested_by", "fund",
    "host__person",
)  # fmt: skip


def lock(grant: PrizeGrant) -> PrizeGrant:
    """Return the granted prize, fresh and locked, with what it is about; its contest is held first."""
    lock_contest(Contest(pk=grant.award.contest_id))
    return PrizeGrant.objects.select_for_update(of=("self",)).select_related(*PEOPLE).get(pk=grant.pk)


def move(row: PrizeGrant, to: GrantState, *, also: list[str] | None = None) -> None:
    """Take one step and save."""
    moves.move(row, to, moves=GRANT_MOVES, noun=_("prize"), also=also or [])


def tell(topic: str, row: PrizeGrant, *, actor_id: int | None) -> None:
    """Emit what happened; `actor_id` is a person's."""
    payload = {"contest": row.award.contest_id, "award": row.award_id}
    emit(topic, subject=row, account_id=row.award.place.entry.account_id, actor_id=actor_id, payload=payload)


def said(text: str, *, field: str = "reason") -> str:
    """Return the reason as one line. Raises InvalidInput for nothing."""
    line = " ".join(text.split())[:500]
    if not line:
        sentence = _("Say why: it stays in the record.")
        raise InvalidInput(sentence, errors={field: sentence})
    return line


def winner_of(row: PrizeGrant) -> Person | None:
    """Return who speaks for the winning entry."""
    return row.award.place.entry.owner


def rule_of(row: PrizeGrant) -> GiftRule:
    """Return the rule of the winner's employer as it stands; our own teams have none."""
    account = row.award.place.entry.account
    return GiftRule() if account is None else gift_rule(account)


def offer_of(row: PrizeGrant) -> Offer:
    """Return what the winner may have of it."""
    return offer(kind=row.kind, value=row.value, rule=rule_of(row))
