"""Finding what may be shown: every word somewhere, its synonyms too, one slip in each forgiven; counted by facets."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import Any, Final, NamedTuple

from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, TextField

from references.accounts import clock
from references.content import policy
from references.content.enums import AssetKind, AssetState
from references.content.models import Asset, SynonymGroup
from references.content.selectors.access import readable_by, shareable
from refprogram.kernel import slips
from refprogram.kernel.prepared import Among, Given, Prepared, PreparedValues
from refprogram.people.models import User
from refprogram.people.prepared import PreparedValuesFor

WORD: Final = re.compile(r"\w+")
MOST_WORDS: Final = 6
MOST_CLOSE: Final = 200
CLOSE: Final = 0.8

# Facets, in the order of the page. Of two of them a story may have several values.
FACETS: Final = ("kind", "industry", "region", "product", "use_case", "state")
SEVERAL: Final = frozenset({"product", "use_case"})


class Fact(NamedTuple):
    """What the facets count by, of one story."""

    pk: int
    kind: str
    industry: str
    region: str | None
    use_case: list[str]
    state: str
    product: Sequence[str] = ()


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for."""

    words: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def tokens(self) -> list[str]:
        """The words, at most a few."""
        return WORD.findall(self.words.lower())[:MOST_WORDS]


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet, how many there are, and whether it is on."""

    value: str
    words: str
    count: int
    on: bool


@dataclass(frozen=True)
class Found:
    """What was found; `nearly`: nothing held the words as typed, these are close; `more` than are shown."""

    assets: Sequence[Asset]
    facets: dict[str, list[FacetValue]]
    total: int
    nearly: bool
    more: bool
    advice: list[tuple[str, str]]


def library(user: User, wanted: Wanted, *, territory: str = "", start: int = 0) -> Found:
    """Return what a colleague may show under these words and facets: six queries at most, whatever is there.

    Each asset says whether prospects may read it, too (`shareable`).
    """
    tokens = wanted.tokens
    use = {"territory": territory, "today": clock.today()}
    facts = _facts(user, _holding(Asset.objects.all(), tokens, _synonyms(tokens)) if tokens else None, use)
    nearly = False
    if not facts and tokens:
        rows = readable_by(user, territory=territory)
        close = _close(slips.within_a_slip(tokens, lambda: list(_nearly(rows, tokens)[:MOST_CLOSE])))
        if close:
            nearly, facts = True, _facts(user, Asset.objects.filter(pk__in=close), use)
    chosen = _chosen(facts, wanted.facets)
    page = [one.pk for one in chosen[start : start + policy.LIBRARY_PAGE + 1]]
    return Found(
        assets=_PAGE(ids=page[: policy.LIBRARY_PAGE], **use),
        facets={name: _values(name, facts, wanted.facets) for name in FACETS},
        total=len(chosen),
        nearly=nearly,
        more=len(page) > policy.LIBRARY_PAGE,
        advice=[] if chosen else _advice(facts, wanted),
    )


def search(rows: QuerySet[Asset], words: Iterable[str]) -> QuerySet[Asset]:
    """Narrow to assets that hold every word, or one that means the same: for lists and the API."""
    tokens = Wanted(" ".join(words)).tokens
    return _holding(rows, tokens, _synonyms(tokens))


def _synonyms(tokens: Sequence[str]) -> dict[str, list[str]]:
    """Return for each word all that mean the same, itself first. One query, none without words."""
    same = {token: [token] for token in tokens}
    if tokens:
        for group in SynonymGroup.objects.filter(words__overlap=list(tokens)):
            for token in set(tokens) & set(group.words):
                same[token] += [word for word in group.words if word not in same[token]]
    return same


def _holding(rows: QuerySet[Asset], tokens: Sequence[str], same: Mapping[str, Sequence[str]]) -> QuerySet[Asset]:
    wanted = Q()
    for token in tokens:
        there = Q()
        for word in same.get(token, [token]):
            parts = WORD.findall(word)
            if not parts:
                continue
            query = " & ".join(f"{part}:*" for part in parts)
            there |= Q(search=SearchQuery(query, search_type="raw", config="simple"))
            there |= Q(account__name__icontains=word) | Q(account__industry__icontains=word)
            there |= Q(use_cases__icontains=word)
        wanted &= there
    return rows.filter(wanted)


def _nearly(rows: QuerySet[Asset], tokens: Sequence[str]) -> QuerySet[Asset, tuple[int, float]]:
    """Return the titles a slip away with how like they are, the closest first."""
    first, *others = (TrigramWordSimilarity(token, "title") for token in tokens)
    likeness = sum(others, first)
    found = slips.each_nearly(rows, "title", tokens).annotate(likeness=likeness)
    return found.order_by("-likeness", "pk").values_list("pk", "likeness")


def _close(found: Sequence[tuple[int, float]]) -> list[int]:
    """Return the keys of what is about as like as the closest; the rest shares a few letters by chance."""
    least = CLOSE * found[0][1] if found else 0
    return [key for key, likeness in found if likeness >= least]


FLAT: Final = ("kind", "account__industry", "region__name", "use_cases", "state")
_TERRITORY, _TODAY = Given("territory", TextField()), Given("today", DateField())


def _readable(user: User) -> QuerySet[Asset]:
    return readable_by(user, territory=_TERRITORY, on=_TODAY)


def _counted(rows: QuerySet[Asset]) -> QuerySet[Any, Any]:
    return rows.order_by("-updated_at", "-pk").values_list("pk", *FLAT)[: policy.FACETED]


# What the facets count by, for every kind of reader: of all stories, and of some that words were found in.
_ALL = PreparedValuesFor(lambda user: _counted(_readable(user)))
_SOME = PreparedValuesFor(lambda user: _counted(_readable(user).filter(Among("pk", "ids"))))
_PRODUCTS = PreparedValues(
    lambda: Asset.products.through.objects.filter(Among("asset", "ids")).values_list("asset_id", "product__name")
)
_PAGE = Prepared(
    lambda: (
        Asset.objects.filter(Among("pk", "ids"))
        .select_related("account", "region")
        .annotate(shareable=Exists(shareable(Asset.objects.filter(pk=OuterRef("pk")), territory=_TERRITORY, on=_TODAY)))
        .order_by("-updated_at", "-pk")
    )
)


def _facts(user: User, holding: QuerySet[Asset] | None, use: Mapping[str, Any]) -> list[Fact]:
    """Return what the facets count by, of at most so many rows: of all that may be read, or of those that hold words.

    The words find keys first, and the gate is asked about these: to compose it anew for each word costs more.
    """
    ids = None if holding is None else list(holding.order_by("-updated_at", "-pk").values_list("pk", flat=True))
    found = _ALL(user, **use) if ids is None else _SOME(user, ids=ids, **use) if ids else []
    products: dict[int, list[str]] = {}
    for asset_id, name in _PRODUCTS(ids=[one[0] for one in found]) if found else ():
        products.setdefault(asset_id, []).append(name)
    return [Fact._make((*one, products.get(one[0], ()))) for one in found]


def _held(fact: Fact, name: str) -> Sequence[str]:
    value = getattr(fact, name)
    return value if name in SEVERAL else [value] if value else []


def _chosen(facts: list[Fact], facets: Mapping[str, Sequence[str]]) -> list[Fact]:
    on = {name: set(values) for name, values in facets.items() if values}
    if not on:
        return facts
    return [one for one in facts if all(not values.isdisjoint(_held(one, name)) for name, values in on.items())]


def _values(name: str, facts: list[Fact], facets: Mapping[str, Sequence[str]]) -> list[FacetValue]:
    """Return a facet's values with how many there would be under the other facets."""
    others = {key: values for key, values in facets.items() if key != name}
    found = map(attrgetter(name), _chosen(facts, others))
    counts = Counter(chain.from_iterable(found)) if name in SEVERAL else Counter(filter(None, found))
    on = set(facets.get(name, ()))
    for value in on - counts.keys():
        counts[value] = 0
    words = _WORDS.get(name, str)
    values = [FacetValue(value, words(value), count, value in on) for value, count in counts.items()]
    return sorted(values, key=lambda one: (-one.count, one.words))[:12]


_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "kind": lambda value: str(AssetKind(value).label) if value in AssetKind.values else value,
    "state": lambda value: str(AssetState(value).label).capitalize() if value in AssetState.values else value,
}


def _advice(facts: list[Fact], wanted: Wanted) -> list[tuple[str, str]]:
    """Return which facet to let go of, with how many that would show: (facet, count in words)."""
    found = []
    for name, values in wanted.facets.items():
        others = {key: kept for key, kept in wanted.facets.items() if key != name}
        if values and (n := len(_chosen(facts, others))):
            found.append((name, str(n)))
    return found


def synonym_groups() -> QuerySet[SynonymGroup]:
    """Return all groups of words that mean the same."""
    return SynonymGroup.objects.order_by("words")
