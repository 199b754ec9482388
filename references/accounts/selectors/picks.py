"""Which account somebody means who types a name, slips forgiven."""

from collections.abc import Callable
from functools import partial
from typing import Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Upper

from references.accounts.models import Account
from references.accounts.names import match_key, telling_words
from references.accounts.selectors.access import hidden_from
from refprogram.kernel import slips
from refprogram.kernel.prepared import Among
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

MOST_WORDS = 4  # of a name that is typed with slips
TRIGRAM: Final = 3
MORE: Final = 4  # times as many are looked for when some of those that were found are masked


def pick_list(user: User, words: str, limit: int = 8) -> list[Account]:
    """Return the accounts that somebody means who types `words`, best first, typing errors forgiven. Two queries, more
    where nothing was near enough or what was found is masked.

    Every colleague may find every account here that is not masked for them, to nominate or name it: show name, place,
    industry and state only.
    """
    text = " ".join(words.split())[:100]
    if len(text) < 2 or user.role == Role.JUDGE:
        return []
    found = _known_to(user, partial(_ids_like, text), limit)
    telling = telling_words(text).split()[:MOST_WORDS]
    if found or max(map(len, telling), default=0) < slips.SHORTEST:
        return found
    near = _a_slip_away(telling).values_list("pk", flat=True)
    return slips.within_a_slip(telling, lambda: _known_to(user, lambda most: list(near[:most]), limit))


def similar_accounts(name: str, user: User, limit: int = 3) -> list[Account]:
    """Return accounts that could be the same company as `name`, for a word before one is added; masked ones never."""
    key = match_key(name)
    return _known_to(user, partial(_ids_like, key), limit) if len(key) > 2 else []


def _known_to(user: User, find: Callable[[int], list[int]], limit: int) -> list[Account]:
    """Return the first accounts that `find` finds and that are not masked for this colleague, in its order."""
    most = limit
    while True:
        ids = find(most)
        rows = {row.pk: row for row in _NOT_MASKED(user, ids=ids)} if ids else {}
        found = [rows[pk] for pk in ids if pk in rows][:limit]
        if len(found) == limit or len(ids) < most:
            return found
        most *= MORE


# Whose names somebody knows is asked of the few that were found: of all accounts it takes a hundred times as long.
_NOT_MASKED = PreparedFor(
    lambda viewer: (
        Account.objects.filter(Among("pk", "ids"))
        .exclude(Exists(hidden_from(viewer).filter(pk=OuterRef("pk"))))
        .select_related("owner__person", "region")
    )
)

# Four ways to mean an account, each asked only while those before it have not found enough: an Append under a Limit
# stops. Each is answered by an index; to sort everything by its likeness would read every name.
_LIKE: Final = """
    SELECT id FROM (
      (SELECT id FROM references_account WHERE merged_into_id IS NULL AND match_key LIKE %(begins)s
        ORDER BY match_key, id LIMIT %(most)s)
      UNION ALL
      (SELECT id FROM references_account WHERE merged_into_id IS NULL AND external_ref = %(text)s
        AND match_key NOT LIKE %(begins)s)
      UNION ALL
      (SELECT id FROM references_account WHERE merged_into_id IS NULL AND upper(name) LIKE %(inside)s
        AND match_key NOT LIKE %(begins)s AND external_ref IS DISTINCT FROM %(text)s
        ORDER BY upper(name), id LIMIT %(most)s)
      UNION ALL
      (SELECT id FROM references_account WHERE merged_into_id IS NULL AND upper(name) %%> %(telling)s
        AND upper(name) NOT LIKE %(inside)s AND match_key NOT LIKE %(begins)s
        AND external_ref IS DISTINCT FROM %(text)s
        ORDER BY word_similarity(%(telling)s, upper(name)) DESC, upper(name), id LIMIT %(most)s)
    ) found LIMIT %(most)s
"""


def _ids_like(text: str, most: int) -> list[int]:
    """Return the accounts whose name begins with `text`, holds it, or is like it, in this order; or whose number it is.

    A legal form finds nobody by itself: what is like the rest of the name is meant. Two letters have no trigram: they
    are looked for where words begin.
    """
    inside = f"% {_literal(text.upper())}%" if len(text) < TRIGRAM else f"%{_literal(text.upper())}%"
    sought: dict[str, str | int] = {
        "begins": f"{_literal(match_key(text) or text)}%",
        "inside": inside,
        "telling": telling_words(text).upper(),
        "text": text,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, sought)
        return [pk for (pk,) in cursor.fetchall()]


def _literal(text: str) -> str:
    """Return text for LIKE in which nothing stands for something else."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _a_slip_away(words: list[str]) -> QuerySet[Account]:
    likeness = TrigramWordSimilarity(" ".join(words).upper(), Upper("name"))
    accounts = Account.objects.filter(merged_into__isnull=True).alias(likeness=likeness)
    return slips.each_nearly(accounts, "name", words).order_by("-likeness", "name", "pk")
