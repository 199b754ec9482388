"""Global search over what the viewer may see: accounts, customer contacts, requests, nominations, colleagues.

Typos are forgiven by trigram similarity; each group asks once and shows a handful. Where no group found anything, all
ask once more for words that are a slip of the finger away.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext as _

from nominations import selectors as nominations
from references.accounts import selectors as accounts
from references.accounts.models import Contact
from references.requests import selectors as requests
from refprogram.kernel import slips
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


class Wanted(NamedTuple):
    """What was typed; `slips` asks for words that are one slip of the finger away."""

    text: str
    slips: bool = False

    @property
    def words(self) -> list[str]:
        """The words that are looked at."""
        return self.text.split()[:MOST_WORDS]


def search(user: User, words: str, *, limit: int = A_FEW) -> list[Group]:
    """Return what was found by kind, best first; nothing for fewer than two characters."""
    words = words.strip()[:LONGEST]
    if len(words) < SHORTEST or user.role == Role.JUDGE:
        return []
    wanted = Wanted(words)
    found = _groups(user, wanted, limit)
    if found or max(map(len, wanted.words), default=0) < slips.SHORTEST:
        return found
    return slips.within_a_slip(wanted.words, lambda: _groups(user, wanted._replace(slips=True), limit))


def _groups(user: User, words: Wanted, limit: int) -> list[Group]:
    groups = [
        Group(_("Accounts"), _accounts(user, words, limit)),
        Group(_("Customers’ people"), _contacts(user, words, limit)),
        Group(_("Requests"), _requests(user, words, limit)),
        Group(_("Nominations"), _nominations(user, words, limit)),
        Group(_("Colleagues"), _colleagues(user, words, limit)),
    ]
    return [group for group in groups if group.hits]


def _similar(rows: QuerySet[Any], field: str, words: Wanted, *, shown: tuple[str, ...]) -> QuerySet[Any]:
    """Return the rows whose `field` holds each of the words, or something close to it, closest first.

    Of each row only what is `shown` is read. Both are asked of the capitals: these are what the trigram indexes hold.
    """
    near = slips.each_nearly(rows, field, words.words) if words.slips else _near(rows, field, words)
    return (
        near.alias(closeness=TrigramWordSimilarity(words.text.upper(), Upper(field)))
        .order_by("-closeness", field, "pk")
        .only(field, *shown)
    )


def _near(rows: QuerySet[Any], field: str, words: Wanted) -> QuerySet[Any]:
    wanted = Q()
    for word in words.words:
        wanted &= Q(capitals__contains=word.upper()) | Q(capitals__trigram_word_similar=word.upper())
    return rows.alias(capitals=Upper(field)).filter(wanted)


def _accounts(user: User, words: Wanted, limit: int) -> list[Hit]:
    rows = _similar(accounts.visible_to(user), "name", words, shown=("public_id", "industry", "country"))
    return [
        Hit(a.name, ", ".join(filter(None, [a.industry, a.country])), a.get_absolute_url(), "building")
        for a in rows[:limit]
    ]


def _contacts(user: User, words: Wanted, limit: int) -> list[Hit]:
    mine = Contact.objects.filter(account__in=accounts.visible_to(user)).select_related("person", "account")
    rows = _similar(mine, "person__name", words, shown=("person__title", "account__name", "account__public_id"))
    return [
        Hit(c.person.name, f"{c.person.title}, {c.account.name}".strip(", "), c.account.get_absolute_url(), "user")
        for c in rows[:limit]
    ]


def _requests(user: User, words: Wanted, limit: int) -> list[Hit]:
    mine = requests.visible_to(user).select_related("activity")
    rows = _similar(mine, "purpose", words, shown=("public_id", "state", "activity__name"))
    return [
        Hit(r.purpose, f"{r.activity.name}, {r.get_state_display()}", r.get_absolute_url(), "inbox")
        for r in rows[:limit]
    ]


def _nominations(user: User, words: Wanted, limit: int) -> list[Hit]:
    mine = nominations.visible_to(user).select_related("account")
    rows = _similar(mine, "account__name", words, shown=("public_id", "state"))
    return [Hit(n.account.name, str(n.get_state_display()), n.get_absolute_url(), "star") for n in rows[:limit]]


def _colleagues(user: User, words: Wanted, limit: int) -> list[Hit]:
    if not user.has_perm("people.see_people"):
        return []
    rows = _similar(User.objects.select_related("person"), "person__name", words, shown=("public_id", "role"))
    return [
        Hit(u.name, str(u.get_role_display()), reverse("people:person", args=[u.public_id]), "users")
        for u in rows[:limit]
    ]
