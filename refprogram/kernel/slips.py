"""Slips of the finger: words that are nearly there, found by trigrams in the index of `Upper(field)`.

The usual pass asks Postgres for its own nearness (0.6), which one slip in a short word misses. A second pass, only
where the first found nothing, asks for as much as one slip leaves of a word of that length.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Upper

Found = TypeVar("Found")

LEAST = 0.25
SHORTEST = 3  # letters; a shorter word stands there as it is typed, or not at all


def nearness(word: str) -> float:
    """Return how like a word must be to one with two letters swapped: that leaves n - 3 of its n + 5 trigrams."""
    n = len(word)
    return max(LEAST, (n - 3) / (n + 5) - 0.005)


def each_nearly(rows: QuerySet[Any], field: str, words: Iterable[str]) -> QuerySet[Any]:
    """Return the rows whose `field` holds each of the words, one slip in each forgiven. Read them `within_a_slip`."""
    wanted, likenesses = Q(), dict[str, TrigramWordSimilarity]()
    for place, word in enumerate(one.upper() for one in words):
        there = Q(slip_capitals__contains=word)
        if len(word) >= SHORTEST:
            likenesses[f"slip_{place}"] = TrigramWordSimilarity(word, "slip_capitals")
            # The first half is what the index answers, the second what is asked of a word of this length.
            there |= Q(slip_capitals__trigram_word_similar=word) & Q(**{f"slip_{place}__gte": nearness(word)})
        wanted &= there
    return rows.alias(slip_capitals=Upper(field)).alias(**likenesses).filter(wanted)


def within_a_slip(words: Iterable[str], read: Callable[[], Found]) -> Found:
    """Return what `read` finds while the index is asked for what is as far off as one slip in one of the words."""
    least = min((nearness(word) for word in words), default=LEAST)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(least)])
        found = read()
        cursor.execute("SET LOCAL pg_trgm.word_similarity_threshold TO DEFAULT")
    return found
