"""What the receiver's employer allows, as the caller hands it over, and the numbers of this room that are policy."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from refprogram.governance.fulfilment.enums import GiftKind, GiftPolicy
from refprogram.kernel.templatetags import rp

# For how many days the receiver may answer by the link.
ANSWER_DAYS: Final = 60
# What a colleague wins or earns is pay, and belongs on the payslip.
PAY: Final = frozenset({GiftKind.PRIZE, GiftKind.REWARD})


@dataclass(frozen=True)
class GiftRule:
    """The rule of the receiver's employer on the day of asking; `note` says where it is written."""

    policy: GiftPolicy = GiftPolicy.ALLOWED
    ceiling: Decimal | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """The rule as a sentence."""
        if self.policy == GiftPolicy.CEILING:
            text = _("Gifts up to %(ceiling)s are allowed.") % {"ceiling": rp.money(self.ceiling)}
        else:
            text = {
                GiftPolicy.ALLOWED: _("Gifts are allowed."),
                GiftPolicy.CHARITY_ONLY: _("Nothing for themselves: only a gift to charity is allowed."),
                GiftPolicy.NONE: _("No gifts at all, nor in their name: thank them in words."),
            }[GiftPolicy(self.policy)]
        return f"{text.removesuffix('.')} ({self.note})." if self.note else text

    @property
    def kinds(self) -> tuple[GiftKind, ...]:
        """What may be given at all."""
        if self.policy == GiftPolicy.NONE:
            return ()
        return (GiftKind.CHARITY,) if self.policy == GiftPolicy.CHARITY_ONLY else tuple(GiftKind)

    def refusal(self, kind: str, value: Decimal) -> tuple[str, str]:
        """Return (field, why) where the rule forbids it, and what would be possible; two empty texts where not."""
        note = f" ({self.note})" if self.note else ""
        if self.policy == GiftPolicy.NONE:
            return "kind", _("Their employer allows no gifts at all%(note)s. Thank them in words.") % {"note": note}
        if self.policy == GiftPolicy.CHARITY_ONLY and kind != GiftKind.CHARITY:
            message = _("Their employer allows only a gift to charity%(note)s. Give it to a cause of their choice.")
            return "kind", message % {"note": note}
        if self.policy == GiftPolicy.CEILING and self.ceiling is not None and value > self.ceiling:
            message = _("Their employer allows gifts up to %(ceiling)s%(note)s. Choose something smaller.")
            return "value", message % {"ceiling": rp.money(self.ceiling), "note": note}
        return "", ""
