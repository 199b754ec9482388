"""What each kind of reward needs to be told before it can be handed over, and how it looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from incentives.catalogue.enums import ItemKind
from refprogram.kernel.errors import InvalidInput

K = ItemKind
CAUSE: Final = "cause"


@dataclass(frozen=True)
class Ask:
    """One question to whoever takes it. `kind`: text, long, day."""

    name: str
    label: Any
    help: Any = ""
    kind: str = "text"
    required: bool = True


_ADDRESS = Ask("address", _("Where should it go?"), _("Name, street, town, country"), kind="long")
_MAIL = Ask("address", _("Where should it go?"), _("A mail address, or a street"))
_DAYS = Ask("wished", _("Which days would suit you?"), _("Such as “a Friday in March”"))
_DIET = Ask("diet", _("What should the kitchen know?"), required=False)
_TRAVELLER = Ask("traveller", _("Who travels, and from where?"), _("Name as in the passport; airport or station"))

ASKS: Final[Mapping[str, tuple[Ask, ...]]] = {
    K.VOUCHER: (_MAIL,),
    K.GIFT_CARD: (_MAIL,),
    K.DAY_OFF: (Ask("wished", _("Which day?"), _("Agreed with your manager"), kind="day"),),
    K.AFTERNOON_OFF: (Ask("wished", _("Which afternoon?"), _("Agreed with your manager"), kind="day"),),
    K.LUNCH: (Ask("topic", _("What would you like to talk about?")), _DAYS, _DIET),
    K.CONFERENCE: (Ask("which", _("Which conference?")), _TRAVELLER),
    K.TRAINING: (Ask("which", _("Which course?"), _("Name and where it is offered")), _DAYS),
    K.CITY_TOUR: (_DAYS, Ask("guests", _("Who comes with you?"), required=False)),
    K.DONATION: (Ask(CAUSE, _("For which cause?"), _("A charity, and where it can be found")),),
    K.TICKETS: (Ask("names", _("For whom are the tickets?"), _("The names on them")), _MAIL),
    K.ELECTRONICS: (_ADDRESS,),
    K.DISCOUNT: (Ask("contract", _("For which contract?"), _("Its number, or who knows it")),),
    K.FREE_SERVICE: (Ask("wanted", _("What would help you most?"), kind="long"), _DAYS),
    K.OTHER: (Ask("wishes", _("Anything we should know?"), kind="long", required=False),),
}

ICONS: Final[Mapping[str, str]] = {
    K.VOUCHER: "tag", K.GIFT_CARD: "gift", K.DAY_OFF: "sun", K.AFTERNOON_OFF: "sun", K.LUNCH: "users",
    K.CONFERENCE: "globe", K.TRAINING: "book", K.CITY_TOUR: "map", K.DONATION: "heart", K.TICKETS: "star",
    K.ELECTRONICS: "phone", K.DISCOUNT: "coins", K.FREE_SERVICE: "gear", K.OTHER: "gift",
}  # fmt: skip


def icon_of(kind: str) -> str:
    """Return the icon of a kind."""
    return ICONS[ItemKind(kind)]


def asks_of(kind: str) -> tuple[Ask, ...]:
    """Return what whoever takes it is asked."""
    return ASKS[ItemKind(kind)]


def told(kind: str, said: Mapping[str, Any]) -> dict[str, str]:
    """Return what was said, tidied, by the names of the questions. Raises InvalidInput for what is missing."""
    words = {ask.name: " ".join(str(said.get(ask.name) or "").split())[:300] for ask in asks_of(kind)}
    missing = {
        ask.name: _t("We need this to carry it out.") for ask in asks_of(kind) if ask.required and not words[ask.name]
    }
    if missing:
        raise InvalidInput(_t("Something is missing."), errors=missing)
    return {name: value for name, value in words.items() if value}


def said_by(kind: str, details: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was said, as name and value, in the order of the questions."""
    return [(str(ask.label), str(details[ask.name])) for ask in asks_of(kind) if details.get(ask.name)]
