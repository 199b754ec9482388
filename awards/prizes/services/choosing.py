"""What the winner says: takes it, gives it to charity instead, or would rather not. A yes becomes a gift."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.prizes import kinds
from awards.prizes.enums import Answer, GrantState
from awards.prizes.models import PrizeGrant
from awards.prizes.offers import Offer, gift_kind
from awards.prizes.services.granting import why_held
from awards.prizes.services.rows import lock, move, offer_of, tell, winner_of
from awards.results.enums import AwardState
from awards.results.wording import won_in
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.enums import GiftKind
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.people.models import Person


@dataclass(frozen=True)
class Choice:
    """What was said: `details` by the names of `kinds.py`; `cause` for a donation; `words` with a no."""

    answer: Answer
    details: Mapping[str, Any] = field(default_factory=dict)
    cause: str = ""
    words: str = ""


@transaction.atomic
def answer_offer(*, grant: PrizeGrant, choice: Choice, person: Person) -> PrizeGrant:
    """Take the winner's answer; the same answer twice is one.

    `person` is who says it: the winner, or a colleague whom they told. Raises DomainError where something was said
    before, or it cannot be given any more; InvalidInput where something that it needs is missing.
    """
    row = lock(grant)
    if row.state == GrantState.TAKEN and choice.answer != Answer.REFUSE:
        return row
    if row.state == GrantState.REFUSED and choice.answer == Answer.REFUSE:
        return row
    if row.state != GrantState.OFFERED or row.award.state != AwardState.PUBLISHED:
        raise DomainError(_("This is settled already. Please write to us if something is wrong."))
    row.answered_at = timezone.now()
    if choice.answer == Answer.REFUSE:
        return _refuse(row, choice.words, person)
    if problem := why_held(row):
        raise DomainError(problem)
    return _take(row, choice, person)


def _refuse(row: PrizeGrant, words: str, person: Person) -> PrizeGrant:
    row.reason = " ".join(words.split())[:500] or _("They would rather not.")
    move(row, GrantState.REFUSED, also=["reason", "answered_at"])
    tell("prize.refused", row, actor_id=person.pk)
    return row


def _take(row: PrizeGrant, choice: Choice, person: Person) -> PrizeGrant:
    found = offer_of(row)
    if choice.answer == Answer.CHARITY:
        _to_charity(row, choice, found)
    else:
        _as_it_is(row, choice, found)
    row.fulfilment = _gift(row, found)
    row.reason = ""
    move(row, GrantState.TAKEN, also=["item", "value", "cause", "details", "fulfilment", "answered_at", "reason"])
    tell("prize.taken", row, actor_id=person.pk)
    return row


def _to_charity(row: PrizeGrant, choice: Choice, found: Offer) -> None:
    if found.charity is None:
        raise DomainError(_("This prize cannot be given to charity."))
    row.cause, row.details, row.value = _cause(choice.cause), {}, found.charity
    if gift_kind(row.kind) != GiftKind.CHARITY:
        row.item = (_("Donation in place of: %(item)s") % {"item": row.item})[:200]


def _as_it_is(row: PrizeGrant, choice: Choice, found: Offer) -> None:
    if not found.take:
        raise DomainError(found.words)
    asks = kinds.of(row.kind).asks
    said = {ask.name: " ".join(str(choice.details.get(ask.name) or "").split())[:300] for ask in asks}
    missing = {ask.name: _("We need this to carry it out.") for ask in asks if ask.required and not said[ask.name]}
    if missing:
        raise InvalidInput(_("Something is missing."), errors=missing)
    row.cause = said.pop("cause", "")[:200]
    row.details = {name: words for name, words in said.items() if words}


def _cause(words: str) -> str:
    cause = " ".join(words.split())[:200]
    if not cause:
        sentence = _("Say which cause it should go to.")
        raise InvalidInput(sentence, errors={"cause": sentence})
    return cause


def _gift(row: PrizeGrant, found: Offer) -> Fulfilment:
    """Ask for the gift: under the employer's rule as it stands, to be approved, paid, ordered, delivered.

    Whoever owns the contest asks for it. A prize that is offered again is another gift.
    """
    award, entry = row.award, row.award.place.entry
    winner = winner_of(row)
    if winner is None:  # `why_held` has said so
        raise DomainError(_("Nobody stands for this entry: name its contact first."))
    nth = Fulfilment.objects.filter(subject_type="prizegrant", subject_id=row.pk).count()
    label = _("%(category)s at %(contest)s") % {
        "category": won_in(award),
        "contest": award.contest.name,
    }
    inside = entry.account is None
    return gifts.give(
        key=f"prize:{row.public_id}:{nth}",
        gift=gifts.Gift(
            kind=GiftKind.CHARITY if row.cause else gift_kind(row.kind), item=row.item, value=Decimal(row.value),
            receiver=winner, rule=found.rule, cause=row.cause, account_id=entry.account_id,
            taxable=kinds.of(row.kind).taxable and not row.cause,
        ),
        occasion=gifts.Occasion(
            row, label, row.get_absolute_url(), _("A prize that was announced before the contest began."),
            ApprovalKind.FIELD_INCENTIVE if inside else ApprovalKind.CUSTOMER_BENEFIT, entry.team,
        ),
        by=award.contest.owner,
        fund=row.fund,
    )  # fmt: skip
