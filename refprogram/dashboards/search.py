"""Global search over what the viewer may see: accounts, customer contacts, requests, nominations, colleagues.

Typos are forgiven by trigram similarity; each group asks once and shows a handful.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext as _

from nominations import selectors as nominations
from references.accounts import selectors as accounts
from references.accounts.models import Contact
from references.requests import selectors as requests
from refprogram.people.enums import Role
from refprogram.people.models import User

SHORTEST = 2
LONGEST = 80
A_FEW = 5
MANY = 30
MOST_WORDS = 4


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    title: str
    sub: str
    url: str
    icon: str


@dataclass(frozen=True)
class Group:
    """Things of one kind."""

    name: str
    hits: list[Hit]


def search(user: User, words: str, *, limit: int = A_FEW) -> list[Group]:
    """Return what was found by kind, best first; nothing for fewer than two characters."""
    words = words.strip()[:LONGEST]
    if len(words) < SHORTEST or user.role == Role.JUDGE:
        return []
    groups = [
        Group(_("Accounts"), _accounts(user, words, limit)),
        Group(_("Customers’ people"), _contacts(user, words, limit)),
        Group(_("Requests"), _requests(user, words, limit)),
        Group(_("Nominations"), _nominations(user, words, limit)),
        Group(_("Colleagues"), _colleagues(user, words, limit)),
    ]
    return [group for group in groups if group.hits]


def _similar(rows: QuerySet[Any], field: str, words: str, *, shown: tuple[str, ...]) -> QuerySet[Any]:
    """Return the rows whose `field` holds each of the words, or something close to it, closest first.

    Of each row only what is `shown` is read. Both are asked of the capitals: these are what the trigram indexes hold.
    """
    text = words.upper()
    wanted = Q()
    for word in text.split()[:MOST_WORDS]:
        wanted &= Q(capitals__contains=word) | Q(capitals__trigram_word_similar=word)
    return (
        rows.alias(capitals=Upper(field))
        .filter(wanted)
        .alias(closeness=TrigramWordSimilarity(text, "capitals"))
        .order_by("-closeness", field, "pk")
        .only(field, *shown)
    )


def _accounts(user: User, words: str, limit: int) -> list[Hit]:
    rows = _similar(accounts.visible_to(user), "name", words, shown=("public_id", "industry", "country"))
    return [
        Hit(a.name, ", ".join(filter(None, [a.industry, a.country])), a.get_absolute_url(), "building")
        for a in rows[:limit]
    ]


def _contacts(user: User, words: str, limit: int) -> list[Hit]:
    mine = Contact.objects.filter(account__in=accounts.visible_to(user)).select_related("person", "account")
    rows = _similar(mine, "person__name", words, shown=("person__title", "account__name", "account__public_id"))
    return [
        Hit(c.person.name, f"{c.person.title}, {c.account.name}".strip(", "), c.account.get_absolute_url(), "user")
        for c in rows[:limit]
    ]


def _requests(user: User, words: str, limit: int) -> list[Hit]:
    mine = requests.visible_to(user).select_related("activity")
    rows = _similar(mine, "purpose", words, shown=("public_id", "state", "activity__name"))
    return [
        Hit(r.purpose, f"{r.activity.name}, {r.get_state_display()}", r.get_absolute_url(), "inbox")
        for r in rows[:limit]
    ]


def _nominations(user: User, words: str, limit: int) -> list[Hit]:
    mine = nominations.visible_to(user).select_related("account")
    rows = _similar(mine, "account__name", words, shown=("public_id", "state"))
    return [Hit(n.account.name, str(n.get_state_display()), n.get_absolute_url(), "star") for n in rows[:limit]]


def _colleagues(user: User, words: str, limit: int) -> list[Hit]:
    if not user.has_perm("people.see_people"):
        return []
    rows = _similar(User.objects.select_related("person"), "person__name", words, shown=("public_id", "role"))
    return [
        Hit(u.name, str(u.get_role_display()), reverse("people:person", args=[u.public_id]), "users")
        for u in rows[:limit]
    ]
