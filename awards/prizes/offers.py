"""What may be offered to a winner under their employer's rule: as it is, to charity instead, or not at all. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from awards.contests.enums import PrizeKind
from awards.prizes import kinds
from refprogram.governance.fulfilment.enums import GiftKind, GiftPolicy
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.kernel.templatetags import rp


@dataclass(frozen=True)
class Offer:
    """What the winner may say yes to. `rule` is the one that the gift is judged by, and keeps."""

    rule: GiftRule
    take: bool
    charity: Decimal | None
    words: str = ""

    @property
    def nothing(self) -> bool:
        """Whether nothing of it may be given."""
        return not self.take and self.charity is None


def gift_kind(kind: str) -> GiftKind:
    """Return what a prize is among gifts: a donation is charity, all else a prize."""
    return GiftKind.CHARITY if kind == PrizeKind.DONATION else GiftKind.PRIZE


def offer(*, kind: str, value: Decimal, rule: GiftRule) -> Offer:
    """Return what is possible. Praise in public, and what has no value, is no gift: no rule stands against it."""
    needs = kinds.of(kind)
    if not needs.is_gift or not value:
        return Offer(_no_gift(rule), take=True, charity=None)
    _field, refusal = rule.refusal(gift_kind(kind), value)
    if not refusal:
        return Offer(rule, take=True, charity=value if needs.swap else None)
    if rule.policy == GiftPolicy.NONE:
        return Offer(rule, take=False, charity=None, words=refusal)
    return Offer(rule, take=False, charity=_within(rule, value), words=_instead(rule, value))


def _no_gift(rule: GiftRule) -> GiftRule:
    """Return the rule for what is none of its business, saying which one that was."""
    if rule.policy == GiftPolicy.ALLOWED:
        return rule
    words = _("no gift, so their rule does not touch it: %(rule)s") % {"rule": rule.words}
    return GiftRule(note=words[:200])


def _within(rule: GiftRule, value: Decimal) -> Decimal:
    """Return how much may go to charity in their name."""
    if rule.policy == GiftPolicy.CEILING and rule.ceiling is not None:
        return min(value, rule.ceiling)
    return value


def _instead(rule: GiftRule, value: Decimal) -> str:
    """Say why not as it is, and what is possible."""
    return _("%(rule)s So we offer %(amount)s to a cause of your choice.") % {
        "rule": rule.words, "amount": rp.money(_within(rule, value)),
    }  # fmt: skip
