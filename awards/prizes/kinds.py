"""What each kind of prize needs before it can be carried out: what the winner is asked, and what we settle.

`asks` are the questions on the winner's page, `settles` what who runs the contest arranges (host, day, place).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from awards.contests.enums import PrizeKind

K = PrizeKind
HOST, DAY, PLACE = "host", "on", "where"


@dataclass(frozen=True)
class Ask:
    """One question to the winner. `kind`: text, long, day, number."""

    name: str
    label: Any
    help: Any = ""
    kind: str = "text"
    required: bool = True


@dataclass(frozen=True)
class Needs:
    """What one kind needs. `is_gift`: falls under the employer's rule; `swap`: may go to charity instead.

    `taxable`: the tax office wants to know of it, whoever receives it.
    """

    asks: tuple[Ask, ...] = ()
    settles: tuple[str, ...] = ()
    is_gift: bool = True
    swap: bool = True
    taxable: bool = False


_CAUSE = Ask("cause", _("For which cause?"), _("A charity, and where it can be found"))
_GUESTS = Ask("guests", _("Who comes with you?"), _("Names, or “nobody”"), required=False)
_DIET = Ask("diet", _("What should the kitchen know?"), required=False)
_WISHED = Ask("wished", _("Which days would suit you?"), _("Such as “Thursdays in March”"))
_ADDRESS = Ask("address", _("Where should it go?"), _("Name, street, town, country"), kind="long")
_TRAVELLER = Ask("traveller", _("Who travels?"), _("Names as in the passport"))
_FROM = Ask("leaving", _("From where?"), _("The airport or station"))

NEEDS: Final[Mapping[str, Needs]] = {
    K.DONATION: Needs(asks=(_CAUSE,), swap=False),
    K.DINNER: Needs(asks=(_GUESTS, _WISHED, _DIET), settles=(HOST, DAY, PLACE)),
    K.BUZZ: Needs(
        asks=(Ask("handles", _("Whom should we name, and where?"), _("Such as “@yourteam”, your company’s page")),),
        settles=(DAY,), is_gift=False, swap=False,
    ),
    K.CONFERENCE: Needs(asks=(_TRAVELLER, _FROM, _DIET), settles=(DAY, PLACE)),
    K.GUEST: Needs(
        asks=(Ask("speaker", _("Who comes?"), _("Name and role, as they should be announced")), _DIET),
        settles=(HOST, DAY, PLACE),
    ),
    K.VACATION: Needs(asks=(_TRAVELLER, _WISHED), settles=(DAY,), taxable=True),
    K.TICKETS: Needs(asks=(Ask("names", _("For whom are the tickets?"), _("The names on them")),), settles=(DAY,)),
    K.ELECTRONICS: Needs(asks=(_ADDRESS,), taxable=True),
    K.DISCOUNT: Needs(
        asks=(Ask("contract", _("For which contract?"), _("Its number, or who in your house knows it")),), swap=False,
    ),
    K.CAR: Needs(
        asks=(Ask("driver", _("Who drives it?"), _("Name as in the licence")),
              Ask("since", _("From when on?"), kind="day")),
        settles=(DAY, PLACE), taxable=True,
    ),
    K.VOUCHER: Needs(asks=(Ask("address", _("Where should it go?"), _("A mail address or a street"),),)),
    K.TEAM_EVENT: Needs(
        asks=(Ask("people", _("How many are you?"), kind="number"),
              Ask("idea", _("What would you like to do?"), kind="long"), _WISHED),
        settles=(DAY, PLACE), swap=False,
    ),
    K.OTHER: Needs(asks=(Ask("wishes", _("Anything we should know?"), kind="long", required=False),)),
}  # fmt: skip


def of(kind: str) -> Needs:
    """Return what a kind needs."""
    return NEEDS[PrizeKind(kind)]


def arranged_by_day(kind: str) -> bool:
    """Whether we set a day for it: without one it is not handed over."""
    return DAY in of(kind).settles


def said_by(kind: str, details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the winner said, as name and value, in the order of the questions."""
    asked = [(str(ask.label), details.get(ask.name)) for ask in of(kind).asks]
    return [(label, str(value)) for label, value in asked if value]
