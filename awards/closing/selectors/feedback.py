"""Comments of judges, as they are moderated and as entrants read them; where an entry stood."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Avg, Count, F, FloatField, Q, QuerySet
from django.db.models.functions import Cast

from awards import visibility
from awards.closing import policy
from awards.closing.bands import band_of, ends_of
from awards.closing.enums import Band
from awards.closing.models import Closing, Feedback
from awards.contests.enums import AFTER_PUBLICATION
from awards.entries.content import SHORTEST_NAME
from awards.entries.enums import EntryState
from awards.judging.enums import COUNTED, AssignmentState, JudgeState
from awards.models import Award, Ballot, Contest, ContestEntry, Judge, Score, TallyRow, WinnerKit
from awards.results.enums import AwardKind, AwardState
from refprogram.kernel.labels import Label
from refprogram.people.models import User


def counted_ballots() -> QuerySet[Ballot]:
    """Return the ballots that count in results."""
    rows = Ballot.objects.filter(current=True, state__in=COUNTED, assignment__place__entry__anchor=False)
    rows = rows.exclude(assignment__state=AssignmentState.RECUSED)
    return rows.exclude(assignment__judge__state=JudgeState.REMOVED)


# ---------------------------------------------------------------- for who moderates


def visible_to(user: User) -> QuerySet[Feedback]:
    """Return the comments of contests that a colleague runs, without those on entries that they have a tie to."""
    rows = Feedback.objects.filter(entry__contest__in=visibility.contests_run_by(user))
    rows = rows.exclude(entry__in=visibility.tied_entries(user))
    return rows.select_related("entry__contest", "ballot__assignment__place__category", "passed_by__person")


def to_read(rows: QuerySet[Feedback]) -> QuerySet[Feedback]:
    """Return comments entry by entry, each with whose entry it is: names of others are pointed at."""
    people = ("entry__account", "entry__team", "entry__owner", "entry__contact__person")
    return rows.select_related(*people).order_by("entry__code", "public_id")


def waiting(rows: QuerySet[Feedback]) -> QuerySet[Feedback]:
    """Return the comments about which nobody has decided."""
    return rows.filter(passed_at__isnull=True, held_back=False)


WAITING = Q(passed_at__isnull=True, held_back=False)


def counts_of(rows: QuerySet[Feedback]) -> dict[str, int]:
    """Return how many wait, were passed, were held back; one query."""
    return rows.aggregate(
        waiting=Count("pk", filter=WAITING),
        passed=Count("pk", filter=Q(passed_at__isnull=False)),
        held=Count("pk", filter=Q(held_back=True)),
    )


def feedback_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return what a comment is called in a sentence: no word of it, and not whose."""
    rows = Feedback.objects.filter(pk__in=list(ids)).select_related("entry")
    return {row.pk: Label(row.entry.code) for row in rows}


# ---------------------------------------------------------------- for who entered


@dataclass(frozen=True)
class Standing:
    """Where an entry stood in one category. `few`: too few judges to say without telling who said what."""

    category: str
    band: Band | None
    won: str
    few: bool


def standings_of(entry: ContestEntry) -> list[Standing]:
    """Return where the entry stood in each category, among all that were judged there: by its first round.

    Who won something is told that, and no band besides.
    """
    rows = TallyRow.objects.filter(place__entry=entry).exclude(tally__state="superseded")
    rows = rows.select_related("place__category", "tally").defer("tally__snapshot", "tally__results")
    won = {award.place_id: award for award in _awards(entry)}
    first: dict[int, TallyRow] = {}
    for row in rows.order_by("tally__round__number"):
        first.setdefault(row.place_id, row)
    least = policy.now().least_ballots
    found = []
    for row in sorted(first.values(), key=lambda row: (row.place.category.precedence, row.pk)):
        award, few = won.get(row.place_id), row.ballots < least
        band = None if few or award else band_of(row.rank, row.tally.summary.get("total", 0))
        prize = str(AwardKind(award.kind).label) if award is not None else ""
        found.append(Standing(row.place.category.name, band, prize, few))
    return found


def _awards(entry: ContestEntry) -> QuerySet[Award]:
    rows = Award.objects.filter(place__entry=entry, state=AwardState.PUBLISHED, people_choice=False)
    return rows.exclude(kind=AwardKind.ALTERNATE)


def ends_for(entry: ContestEntry) -> tuple[str, str] | None:
    """Return the criterion that judges found strongest and the one with most to gain, over at least so many ballots."""
    share = (Cast(F("value"), FloatField()) - F("criterion__lo")) / (F("criterion__hi") - F("criterion__lo"))
    rows = Score.objects.filter(ballot__in=counted_ballots().filter(assignment__place__entry=entry))
    found = rows.filter(value__isnull=False).values("criterion__name").annotate(mean=Avg(share), n=Count("pk"))
    least = policy.now().least_ballots
    means = {name: mean for name, mean, n in found.values_list("criterion__name", "mean", "n") if n >= least}
    return ends_of(dict(sorted(means.items())))


def comments_for(entry: ContestEntry) -> list[str]:
    """Return what was passed on to the entrant, in an order that says nothing of who wrote it."""
    rows = Feedback.objects.filter(entry=entry, passed_at__isnull=False).order_by("public_id")
    return list(rows.values_list("text", flat=True))


def is_open(contest: Contest, closing: Closing | None) -> bool:
    """Whether entrants of a contest may read feedback now."""
    if closing is None or contest.state not in AFTER_PUBLICATION:
        return False
    return closing.offers_feedback and closing.feedback_opened_at is not None


def readers(contest: Contest) -> QuerySet[ContestEntry]:
    """Return the entries whose owner may read feedback, once it is open: judged by enough, and asked for."""
    least = policy.now().least_ballots
    enough = TallyRow.objects.filter(place__entry__contest=contest, ballots__gte=least)
    rows = ContestEntry.objects.filter(
        contest=contest, anchor=False, state=EntryState.CLOSED, wants_feedback=True, owner__isnull=False,
        pk__in=enough.values("place__entry"),
    )  # fmt: skip
    return rows.select_related("owner", "contest", "account")


def closing_of(contest: Contest) -> Closing | None:
    """Return how the contest is brought to its end, if that has begun."""
    return Closing.objects.filter(contest=contest).first()


def entry_behind_link(pk: int) -> ContestEntry | None:
    """Return the entry whose feedback a signed link opens."""
    return ContestEntry.objects.filter(pk=pk).select_related("contest__closing", "owner", "account", "team").first()


def names_around(contest: Contest) -> list[str]:
    """Return names that no comment should hold: of judges and their houses, and of who else entered. Two queries."""
    judges = Judge.objects.filter(contest=contest).values_list("person__name", "organisation")
    entrants = ContestEntry.objects.filter(contest=contest, account__isnull=False, submitted_at__isnull=False)
    found = {name for pair in judges for name in pair}
    found |= set(entrants.values_list("account__name", flat=True))
    return sorted(name for name in found if len(name) >= SHORTEST_NAME)


def kit_of(contest: Contest) -> WinnerKit | None:
    """Return the texts around the winners, if there are any yet."""
    return WinnerKit.objects.filter(contest=contest).first()
