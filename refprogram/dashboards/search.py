"""Global search over what the viewer may see: accounts, customer contacts, requests, nominations, colleagues.

Typos are forgiven by trigram similarity; each group asks once and shows a handful. Where no group found anything, all
ask once more for words that are a slip of the finger away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nominations import selectors as nominations
from references.accounts import selectors as accounts
from references.accounts.models import Contact
from references.requests import selectors as requests
from refprogram.kernel import slips
from refprogram.kernel.prepared import Given
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

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


@dataclass(frozen=True, eq=False)
class Kind:
    """What is looked through: the rows that a viewer may see, the field with their words, what of them is shown."""

    name: Promise
    rows: Callable[[User], QuerySet[Any]]
    field: str
    shown: tuple[str, ...]
    hit: Callable[[Any], Hit]
    permission: str = ""


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
    kinds = [kind for kind in KINDS if not kind.permission or user.has_perm(kind.permission)]
    groups = [Group(str(kind.name), [kind.hit(row) for row in _found(kind, user, words, limit)]) for kind in kinds]
    return [group for group in groups if group.hits]


def _found(kind: Kind, user: User, words: Wanted, limit: int) -> list[Any]:
    if words.slips:
        near = slips.each_nearly(kind.rows(user), kind.field, words.words)
        return list(_closest_first(near, kind, words.text.upper())[:limit])
    typed = {f"word{place}": word.upper() for place, word in enumerate(words.words)}
    return _written(kind, len(typed), limit)(user, text=words.text.upper(), **typed)


@lru_cache(maxsize=64)
def _written(kind: Kind, words: int, limit: int) -> PreparedFor[Any]:
    """Return the statement for so many words: whoever types sends it at each pause, so it is composed once."""
    holes = [Given(f"word{place}", TextField()) for place in range(words)]
    text = Given("text", TextField())
    return PreparedFor(
        lambda viewer: _closest_first(_near(kind.rows(viewer), kind.field, holes), kind, text)[:limit],
        planned=False,  # made without the words, a plan joins first and reads every name (half a second for 1 ms)
    )


def _near(rows: QuerySet[Any], field: str, words: list[Given]) -> QuerySet[Any]:
    """Return the rows whose `field` holds each of the words, or something close to it.

    This is asked of the capitals: these are what the trigram indexes hold.
    """
    wanted = Q()
    for word in words:
        wanted &= Q(capitals__contains=word) | Q(capitals__trigram_word_similar=word)
    return rows.alias(capitals=Upper(field)).filter(wanted)


def _closest_first(rows: QuerySet[Any], kind: Kind, text: Any) -> QuerySet[Any]:
    closeness = TrigramWordSimilarity(text, Upper(kind.field))
    return rows.alias(closeness=closeness).order_by("-closeness", kind.field, "pk").only(kind.field, *kind.shown)


def _contacts(user: User) -> QuerySet[Contact]:
    return Contact.objects.filter(account__in=accounts.visible_to(user)).select_related("person", "account")


KINDS: Final = (
    Kind(
        _("Accounts"),
        accounts.visible_to,
        "name",
        ("public_id", "industry", "country"),
        lambda a: Hit(a.name, ", ".join(filter(None, [a.industry, a.country])), a.get_absolute_url(), "building"),
    ),
    Kind(
        _("Customers’ people"),
        _contacts,
        "person__name",
        ("person__title", "account__name", "account__public_id"),
        lambda c: Hit(
            c.person.name, f"{c.person.title}, {c.account.name}".strip(", "), c.account.get_absolute_url(), "user"
        ),
    ),
    Kind(
        _("Requests"),
        lambda user: requests.visible_to(user).select_related("activity"),
        "purpose",
        ("public_id", "state", "activity__name"),
        lambda r: Hit(r.purpose, f"{r.activity.name}, {r.get_state_display()}", r.get_absolute_url(), "inbox"),
    ),
    Kind(
        _("Nominations"),
        lambda user: nominations.visible_to(user).select_related("account"),
        "account__name",
        ("public_id", "state"),
        lambda n: Hit(n.account.name, str(n.get_state_display()), n.get_absolute_url(), "star"),
    ),
    Kind(
        _("Colleagues"),
        lambda _user: User.objects.select_related("person"),
        "person__name",
        ("public_id", "role"),
        lambda u: Hit(u.name, str(u.get_role_display()), reverse("people:person", args=[u.public_id]), "users"),
        permission="people.see_people",
    ),
)
