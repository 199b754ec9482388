"""How well one customer answers one need: pure arithmetic, no database. Weights and their reasons: policy.py.

A score is the sum of four whole numbers, so that what is shown adds up. The order is total: the same rows give the
same ranking in whatever order they come.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from references.accounts.segments import bands_apart
from references.requests import policy

FACTORS: Final = ("fit", "availability", "track_record", "fairness")


@dataclass(frozen=True)
class Need:
    """What is wished for; None or empty where nothing is said."""

    industry: str = ""
    region_id: int | None = None
    product_id: int | None = None
    employees: int | None = None
    amount: Decimal | None = None
    use_case: str = ""
    persona: str = ""
    competitor: str = ""
    language: str = ""


class Facts(NamedTuple):
    """What is known of one account, as stored."""

    account_id: int
    industry: str = ""
    region_id: int | None = None
    product_ids: frozenset[int] = frozenset()
    employees: int | None = None
    won: tuple[Decimal, ...] = ()
    strain: float = 0
    ratings: int = 0
    rating_sum: int = 0
    said_yes: int = 0
    said_no: int = 0
    last_asked: dt.date | None = None
    use_cases: frozenset[str] = frozenset()
    competitor: str = ""
    persona: str = ""  # of the person who would be asked, as are the languages
    languages: frozenset[str] = frozenset()
    readiness: int | None = None


class Factor(NamedTuple):
    """One of the four parts of a score."""

    key: str
    points: int
    of: int


class Score(NamedTuple):
    """Points of 100, their parts, and the reasons in words."""

    total: int
    factors: tuple[Factor, ...]
    reasons: tuple[str, ...]


class Wish(NamedTuple):
    """One wish of the need: what it weighs, how far an account meets it (0 to 1), and how that reads when it does."""

    weight: int
    met: Callable[[Facts], float]
    words: str | Promise


class Wishes:
    """All wishes of one need, put together once for all accounts."""

    def __init__(self, wishes: Iterable[Wish]) -> None:
        self.each = tuple(wishes)
        self._weighed = [(wish.weight, wish.met) for wish in self.each]
        self._possible = sum(wish.weight for wish in self.each)

    def share_met(self, facts: Facts) -> float:
        """Return met points over possible ones. A need without wishes is met by everybody."""
        if not self._possible:
            return 1
        met = 0.0
        for weight, share in self._weighed:
            met += weight * share(facts)
        return met / self._possible


def score(need: Need, facts: Facts, *, today: dt.date) -> Score:
    """Return the score of one account for one need."""
    figures = policy.now()
    return _told(facts, Wishes(_wishes(need, figures)), today, figures)


def rank(need: Need, pool: Iterable[Facts], *, today: dt.date, limit: int | None = None) -> list[tuple[Facts, Score]]:
    """Return accounts with their scores, best first. Ties: the readier, who was asked longest ago, the older account.

    Reasons are put into words only for the first `limit`: for everybody that takes longer than to find them.
    """
    figures = policy.now()
    wishes = Wishes(_wishes(need, figures))

    def place(facts: Facts) -> tuple[int, int, dt.date, int]:
        points = sum(_parts(facts, wishes, today, figures))
        return -points, -(facts.readiness or 0), facts.last_asked or dt.date.min, facts.account_id

    return [(facts, _told(facts, wishes, today, figures)) for facts in sorted(pool, key=place)[:limit]]


def _parts(facts: Facts, wishes: Wishes, today: dt.date, figures: policy.Figures) -> tuple[int, int, int, int]:
    return (
        round(figures.fit * wishes.share_met(facts)),
        availability(facts.strain, figures),
        track_record(facts.ratings, facts.rating_sum, facts.said_yes, facts.said_no, figures),
        fairness(facts.last_asked, today, figures),
    )


def _told(facts: Facts, wishes: Wishes, today: dt.date, figures: policy.Figures) -> Score:
    points = _parts(facts, wishes, today, figures)
    factors = tuple(Factor(key, part, getattr(figures, key)) for key, part in zip(FACTORS, points, strict=True))
    reasons = (_fit_words(wishes, facts), _record_words(facts), _rest_words(facts, today, figures))
    return Score(sum(points), factors, tuple(filter(None, reasons)))


# ---------------------------------------------------------------- fit


def _wishes(need: Need, figures: policy.Figures) -> Iterable[Wish]:
    """Yield what is wished for, once for all accounts."""
    yield from _of_the_company(need, figures)
    yield from _of_what_is_told(need, figures)


def _of_the_company(need: Need, figures: policy.Figures) -> Iterable[Wish]:
    if need.industry:
        yield Wish(figures.fit_industry, _same(need.industry, lambda facts: [facts.industry]), gettext_lazy("industry"))
    if need.product_id is not None:
        yield Wish(
            figures.fit_product, lambda facts: float(need.product_id in facts.product_ids), gettext_lazy("product")
        )
    if need.region_id is not None:
        yield Wish(figures.fit_region, lambda facts: float(need.region_id == facts.region_id), gettext_lazy("region"))
    if need.employees:
        yield Wish(figures.fit_size, _near(need.employees, figures), gettext_lazy("size"))
    if need.amount:
        yield Wish(figures.fit_deal, _similar_deal(need.amount, figures), gettext_lazy("deal size"))


def _of_what_is_told(need: Need, figures: policy.Figures) -> Iterable[Wish]:
    if need.use_case:
        yield Wish(figures.fit_use_case, _same(need.use_case, lambda facts: facts.use_cases), gettext_lazy("use case"))
    if need.persona:
        yield Wish(figures.fit_persona, _same(need.persona, lambda facts: [facts.persona]), gettext_lazy("role"))
    if need.competitor:
        known = _same(need.competitor, lambda facts: [facts.competitor])
        yield Wish(figures.fit_competitor, known, gettext_lazy("competitor"))
    if need.language:
        yield Wish(figures.fit_language, _same(need.language, lambda facts: facts.languages), gettext_lazy("language"))


def _same(wanted: str, found: Callable[[Facts], Iterable[str]]) -> Callable[[Facts], float]:
    wanted = wanted.casefold()

    def met(facts: Facts) -> float:
        for one in found(facts):  # of every account that may be asked: no generator
            if one.casefold() == wanted:
                return 1.0
        return 0.0

    return met


def _near(wanted: int, figures: policy.Figures) -> Callable[[Facts], float]:
    """The same band of sizes counts in full, the next one in part."""
    shares = {0: 1.0, 1: figures.size_next / 100}
    return lambda facts: shares.get(bands_apart(wanted, facts.employees), 0.0) if facts.employees else 0.0


def _similar_deal(amount: Decimal, figures: policy.Figures) -> Callable[[Facts], float]:
    low, high = amount / figures.deal_near, amount * figures.deal_near
    return lambda facts: float(any(low <= deal <= high for deal in facts.won))


# ---------------------------------------------------------------- how it went before, whose turn it is


def availability(strain: float, figures: policy.Figures) -> int:
    """Return the points for how free a customer is; `strain` is the share of its capacity that is used."""
    return round(figures.availability * (1 - min(1.0, strain)))


def track_record(ratings: int, rating_sum: int, said_yes: int, said_no: int, figures: policy.Figures) -> int:
    """Return the points for how it went before."""
    counted = ratings + figures.prior_ratings
    mean = (rating_sum + float(figures.prior_rating) * figures.prior_ratings) / counted
    yes = (said_yes + 1) / (said_yes + said_no + 1)
    return round(figures.usefulness * (mean - 1) / 4 + figures.willingness * yes)


def fairness(last_asked: dt.date | None, today: dt.date, figures: policy.Figures) -> int:
    """Return the points for whose turn it is."""
    return round(figures.fairness * min(1, _idle_days(last_asked, today, figures) / figures.idle_days))


def _idle_days(last_asked: dt.date | None, today: dt.date, figures: policy.Figures) -> int:
    return figures.idle_days if last_asked is None else max(0, (today - last_asked).days)


# ---------------------------------------------------------------- words


def _fit_words(wishes: Wishes, facts: Facts) -> str:
    met = [(wish.met(facts), wish.words) for wish in wishes.each]
    same = [str(words) for share, words in met if share == 1]
    other = [str(words) for share, words in met if not share]
    if not wishes.each:
        return _("Nothing special was asked for, so everyone fits.")
    if not same:
        return _("Differs in %(what)s.") % {"what": _listed(other)} if other else _("A partial fit.")
    if not other:
        return _("Same %(what)s.") % {"what": _listed(same)}
    return _("Same %(what)s, another %(other)s.") % {"what": _listed(same), "other": _listed(other)}


def _listed(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _record_words(facts: Facts) -> str:
    if not facts.ratings:
        return ""
    mean = facts.rating_sum / facts.ratings
    return ngettext(
        "Rated %(mean)s of 5 after one conversation.", "Rated %(mean)s of 5 after %(n)d conversations.", facts.ratings
    ) % {"mean": number_format(mean, 1), "n": facts.ratings}


def _rest_words(facts: Facts, today: dt.date, figures: policy.Figures) -> str:
    if facts.last_asked is None:
        return _("Never asked yet.")
    days = _idle_days(facts.last_asked, today, figures)
    if days >= figures.idle_days:
        return _("Not asked for half a year.")
    if days == 0:
        return _("Asked today, so others go first on fairness.")
    return ngettext("Asked %(n)d day ago.", "Asked %(n)d days ago.", days) % {"n": days}
