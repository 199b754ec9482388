"""Which account somebody means who types a name, slips forgiven."""

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Upper

from references.accounts.models import Account
from references.accounts.names import match_key, telling_words
from references.accounts.selectors.access import hidden_from
from refprogram.kernel import slips
from refprogram.people.enums import Role
from refprogram.people.models import User

MOST_WORDS = 4  # of a name that is typed with slips


def pick_list(user: User, words: str, limit: int = 8) -> list[Account]:
    """Return the accounts that somebody means who types `words`, best first, typing errors forgiven. One query, another
    where nothing was near enough.

    Every colleague may find every account here that is not masked for them, to nominate or name it: show name, place,
    industry and state only.
    """
    text = " ".join(words.split())[:100]
    if len(text) < 2 or user.role == Role.JUDGE:
        return []
    shown = ("owner__person", "region")
    hidden = hidden_from(user).values("pk")
    found = list(_named_like(text).exclude(pk__in=hidden).select_related(*shown)[:limit])
    telling = telling_words(text).split()[:MOST_WORDS]
    if found or max(map(len, telling), default=0) < slips.SHORTEST:
        return found
    near = _a_slip_away(telling).exclude(pk__in=hidden).select_related(*shown)[:limit]
    return slips.within_a_slip(telling, lambda: list(near))


def similar_accounts(name: str, user: User, limit: int = 3) -> list[Account]:
    """Return accounts that could be the same company as `name`, for a word before one is added; masked ones never."""
    if len(match_key(name)) <= 2:
        return []
    return list(_named_like(match_key(name)).exclude(pk__in=hidden_from(user).values("pk"))[:limit])


def _a_slip_away(words: list[str]) -> QuerySet[Account]:
    likeness = TrigramWordSimilarity(" ".join(words).upper(), Upper("name"))
    accounts = Account.objects.filter(merged_into__isnull=True).alias(likeness=likeness)
    return slips.each_nearly(accounts, "name", words).order_by("-likeness", "name", "pk")


def _named_like(text: str) -> QuerySet[Account]:
    """A legal form finds nobody by itself: what is like the rest of the name is meant."""
    upper = telling_words(text).upper()
    contains = Q(name__icontains=text) | Q(external_ref=text)
    return (
        Account.objects.filter(merged_into__isnull=True)
        .annotate(upper=Upper("name"), likeness=TrigramWordSimilarity(upper, Upper("name")))
        .filter(contains | Q(upper__trigram_word_similar=upper))
        .annotate(
            rank=Case(
                When(name__istartswith=text, then=Value(0)),
                When(name__icontains=text, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )
        .order_by("rank", "-likeness", "name", "pk")
    )
