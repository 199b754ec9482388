"""What the pages of rooms above show of talks: those of an account, of somebody, of one of their rows."""

from typing import Any

from django.db.models import QuerySet

from refprogram.governance.facetime import selectors
from refprogram.governance.facetime.models import FaceTimeTalk
from refprogram.governance.facetime.shown import talk_cards
from refprogram.kernel.addresses import address as url_of
from refprogram.people.models import User

SHOWN = 6


def of_account(account_id: int, user: User, *, address: str, why_not: str = "") -> dict[str, Any]:
    """Return the panel of an account; `address` names it to the form that asks for an hour."""
    return _panel(selectors.of_account([account_id]), user, address, why_not)


def of_person(person_id: int, user: User, *, address: str) -> dict[str, Any]:
    """Return the panel of somebody."""
    return _panel(selectors.of_person(person_id), user, address, "")


def of_subject(subject_type: str, subject_id: int, user: User, *, address: str) -> dict[str, Any]:
    """Return the panel of a row."""
    return _panel(selectors.of_subject(subject_type, subject_id), user, address, "")


def _panel(talks: QuerySet[FaceTimeTalk], user: User, address: str, why_not: str) -> dict[str, Any]:
    cards = talk_cards(talks.order_by("-pk")[:SHOWN], user)
    readable = set(
        selectors.talks_for(user).filter(pk__in=[card.talk.pk for card in cards]).values_list("pk", flat=True)
    )
    may_book = user.has_perm("governance.book_face_time")
    book_url = f"{url_of('governance:face-time-book')}?for={address}" if may_book else ""
    return {"cards": cards, "readable": readable, "book_url": book_url, "why_not": why_not}
