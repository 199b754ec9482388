"""Which facts two rows may differ in, side by side, and which of them the kept row takes."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import models
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from references.accounts import provenance
from references.accounts.enums import Membership
from references.accounts.models import Account, Contact

ACCOUNT = (
    "name", "industry", "region", "country", "city", "employees", "revenue", "founded", "parent", "owner", "csm",
    "sponsor", "tier", "use_cases", "competitor", "renews_on", "live_since", "gift_policy",
)  # fmt: skip
CONTACT = (
    "persona", "seniority", "languages", "topics_yes", "topics_no", "cap_per_quarter", "paused_until",
    "assistant_name", "assistant_email",
)  # fmt: skip
# What says nothing, or something else, without the fact before it: shown and taken together.
TOGETHER: Final = {"gift_policy": ("gift_ceiling", "gift_note")}
# What fields are called that a model names by a short word; of others the CRM's words, else the model's.
LABELS = provenance.WORDS | {
    "csm": _("Looks after them"), "renews_on": _("Renews on"), "gift_policy": _("Gifts"), "persona": _("Role"),
    "competitor": _("Whom we replaced"),
    "topics_yes": _("Likes to talk about"), "topics_no": _("Does not talk about"),
    "cap_per_quarter": _("Asks a quarter"),
}  # fmt: skip
# Where one of two stands in the program: what binds most wins.
RANK = (
    Membership.DO_NOT_CONTACT, Membership.ACTIVE, Membership.REVIEW_DUE, Membership.ONBOARDING, Membership.RECRUITING,
    Membership.NOT_NOW, Membership.DECLINED, Membership.RETIRED, Membership.IDENTIFIED,
)  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One fact of both rows. `take`: the other's is proposed, because ours is empty."""

    name: str
    label: str
    ours: str
    theirs: str
    take: bool


def sides(kept: Account | Contact, merged: Account | Contact) -> list[Side]:
    """Return the facts in which two rows differ and the other one's is not empty."""
    found = []
    for name in ACCOUNT if isinstance(kept, Account) else CONTACT:
        ours, theirs = getattr(kept, name), getattr(merged, name)
        if theirs in (None, "", []) or all(getattr(kept, one) == getattr(merged, one) for one in _with(name)):
            continue
        label = str(LABELS.get(name) or kept._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        found.append(Side(name, capfirst(label), _words(kept, name), _words(merged, name), ours in (None, "", [])))
    return found


def _with(name: str) -> tuple[str, ...]:
    return (name, *TOGETHER.get(name, ()))


def _words(row: models.Model, name: str) -> str:
    return " · ".join(filter(None, (_said(row, one) for one in _with(name))))


def _said(row: models.Model, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    value: Any = capfirst(shown()) if shown is not None else getattr(row, name)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, int | Decimal) and name != "founded":
        return number_format(value.normalize() if isinstance(value, Decimal) else value, force_grouping=True)
    return "" if value is None else str(value)


def further(one: str, other: str) -> str:
    """Return the state that binds more."""
    return min(one, other, key=lambda state: RANK.index(Membership(state)))


def to_take(kept: Account | Contact, merged: Account | Contact, chosen: Collection[str]) -> list[str]:
    """Return the chosen names that may be taken over and differ, with what goes along."""
    return [name for side in sides(kept, merged) if side.name in chosen for name in _with(side.name)]
