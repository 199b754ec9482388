"""Who won, and what of it may be shown where today: asked anew for every page, picture and answer.

A winner is named on the website, in a press draft or on stage only where the entrant agreed to just that, and as long
as they do. The words that they lend are shown as they released them, and as long as they let themselves be quoted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone

from awards import visibility
from awards.contests import selectors as contests
from awards.contests.enums import AFTER_PUBLICATION, Audience, ContestState, Part
from awards.entries.enums import JUDGED
from awards.judging.enums import EXPECTED
from awards.models import (
    Award,
    Category,
    Contest,
    ContestEntry,
    ContestMember,
    EntryConsent,
    EntryMetric,
    Prize,
    Sponsor,
)
from awards.promotion.models import WinnerKit
from awards.results.enums import AwardKind, AwardState
from references.accounts import clock
from references.accounts.enums import Membership
from references.accounts.selectors import hidden_from
from references.consents.enums import Channel, Scope
from references.consents.enums import UseAudience as Readers
from references.consents.gate import Use
from references.consents.models import ConsentTerm
from refprogram.kernel.labels import Label
from refprogram.people.models import User

WINNERS_PAGE, QUOTE, LOGO, LEADS = "winners_page", "quote", "logo", "leads"
WON = (AwardKind.WINNER, AwardKind.JOINT)
# What stands once results are certified; before the announcement only those read it who write about the winners.
DECIDED = (AwardState.EMBARGOED, AwardState.NOTIFIED, AwardState.ACCEPTED, AwardState.PUBLISHED)
_ACCOUNT = "place__entry__account__"


# ---------------------------------------------------------------- who may be named, and quoted


def agreed(use: str, scope: Scope, channel: Channel, *, asked: bool = False) -> QuerySet[EntryConsent]:
    """Return the agreements of an award's entry that hold today for one use of it, as the gate of references asks."""
    place = Use(channel, Readers.PUBLIC, territory="", on=clock.today())
    terms = ConsentTerm.objects.filter(place.met_by(asked=asked), consent=OuterRef("consent"), scope=scope)
    rows = EntryConsent.objects.filter(entry=OuterRef("place__entry"), use=use, given=True, revoked_at__isnull=True)
    return rows.filter(Exists(terms))


def _open_account() -> Q:
    """Return what makes an account one that may be shown at all; teams of ours have none, and may."""
    shut = Q(**{f"{_ACCOUNT}frozen": True}) | Q(**{f"{_ACCOUNT}merged_into__isnull": False})
    shut |= Q(**{f"{_ACCOUNT}state": Membership.DO_NOT_CONTACT})
    return Q(place__entry__team__isnull=False) | (Q(place__entry__account__isnull=False) & ~shut)


def _may(use: str, scope: Scope, channel: Channel, *, asked: bool = False) -> Any:
    """Return whether an award's winner may be shown so: teams of ours need no consent."""
    agreement = Exists(agreed(use, scope, channel, asked=asked))
    return Case(
        When(place__entry__team__isnull=False, then=Value(True)),
        When(_open_account() & Q(agreement), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


def with_what_may(awards: QuerySet[Award]) -> QuerySet[Award]:
    """Say of each award where its winner may be named and quoted, with all that pages and pictures read of it."""
    figures = EntryMetric.objects.filter(publishable=True, before__isnull=False, after__isnull=False)
    rows = awards.annotate(
        may_site=_may(WINNERS_PAGE, Scope.COMPANY, Channel.WEBSITE),
        may_press=_may(WINNERS_PAGE, Scope.COMPANY, Channel.PRESS),
        may_stage=_may(WINNERS_PAGE, Scope.COMPANY, Channel.EVENT),
        may_logo=_may(LOGO, Scope.LOGO, Channel.WEBSITE),
        may_quote=_may(QUOTE, Scope.QUOTE, Channel.WEBSITE, asked=True),
        may_name=_may(QUOTE, Scope.NAME, Channel.WEBSITE, asked=True),
        may_title=_may(QUOTE, Scope.TITLE, Channel.WEBSITE, asked=True),
    )
    rows = rows.select_related(
        "contest", "quote", "place__category", "place__entry__account", "place__entry__team", "place__entry__owner"
    )  # fmt: skip
    return rows.prefetch_related(
        Prefetch("place__entry__metrics", figures.order_by("position", "pk"), to_attr="figures")
    )


# ---------------------------------------------------------------- the public


def announced() -> QuerySet[Award]:
    """Return the published winners of customers' contests, once they are announced; named or not."""
    return Award.objects.filter(
        contest__audience=Audience.CUSTOMERS,
        contest__state__in=AFTER_PUBLICATION,
        contest__announce_at__lte=timezone.now(),
        state=AwardState.PUBLISHED,
        kind__in=WON,
    )


def named() -> QuerySet[Award]:
    """Return the winners that the world may read of: those who agreed to be named there, as long as they do."""
    return announced().filter(_open_account(), Exists(agreed(WINNERS_PAGE, Scope.COMPANY, Channel.WEBSITE)))


def gallery(words: str = "", year: int | None = None) -> QuerySet[Contest]:
    """Return the contests whose winners are announced, the latest first; only those with somebody who is looked for."""
    rows = Contest.objects.filter(
        audience=Audience.CUSTOMERS, state__in=AFTER_PUBLICATION, announce_at__lte=timezone.now()
    )
    if year is not None:
        rows = rows.filter(year=year)
    if words:
        rows = rows.filter(pk__in=looked_for(named(), words).values("contest"))
    return rows.order_by("-announce_at", "-pk")


def years() -> list[int]:
    """Return the years in which winners were announced, the latest first."""
    return list(gallery().order_by("-year").values_list("year", flat=True).distinct())


def looked_for(awards: QuerySet[Award], words: str) -> QuerySet[Award]:
    """Return the winners in whose name, title or category every word stands."""
    for word in words.split()[:8]:
        awards = awards.filter(
            Q(place__entry__account__name__icontains=word)
            | Q(place__entry__title__icontains=word)
            | Q(place__category__name__icontains=word)
        )
    return awards


def in_order(awards: QuerySet[Award]) -> QuerySet[Award]:
    """Return awards as they are read: by category, the people's choice last."""
    return awards.order_by("contest", "people_choice", "place__category__precedence", "rank", "pk")


def named_in(contests: Sequence[Contest], words: str = "") -> dict[int, list[Award]]:
    """Return the named winners of each of these contests."""
    found: dict[int, list[Award]] = {contest.pk: [] for contest in contests}
    for award in in_order(with_what_may(looked_for(named().filter(contest__in=contests), words))):
        found[award.contest_id].append(award)
    return found


def public_contest(slug: str) -> QuerySet[Contest]:
    """Return the contest of this address, if its winners are announced to everybody."""
    return gallery().filter(slug=slug)


def count_in(contest: Contest) -> int:
    """Return how many won, named or not."""
    return announced().filter(contest=contest).count()


def more_of_series(contest: Contest) -> list[Contest]:
    """Return the other years of this award whose winners are announced."""
    return list(gallery().filter(series=contest.series).exclude(pk=contest.pk)[:12])


# ---------------------------------------------------------------- colleagues and winners


def won_no_more(contest: Contest) -> list[Award]:
    """Return the awards that were declined or taken back: texts written before may name whose they were. One query."""
    rows = Award.objects.filter(contest=contest, kind__in=WON, state__in=[AwardState.DECLINED, AwardState.REVOKED])
    return list(rows.select_related("place__entry__account", "place__entry__team").order_by("pk"))


def winners_for(user: User, contest: Contest) -> list[Award]:
    """Return the winners that a colleague may read of here: all of them for who writes about them.

    Others read of them once they are announced, where they are named and their account is not masked. Before the
    announcement nobody reads of an entry that they have a tie to.
    """
    rows = Award.objects.filter(contest=contest, kind__in=WON, state__in=DECIDED)
    published = contest.state in AFTER_PUBLICATION
    if user.has_perm("awards.write_about_winners", contest):
        if contest.state == ContestState.DECIDED:
            rows = rows.exclude(place__entry__in=visibility.tied_entries(user))
        elif not published:
            rows = rows.none()
        return list(in_order(with_what_may(rows)))
    if not published:
        return []
    rows = rows.filter(state=AwardState.PUBLISHED).exclude(place__entry__account__in=hidden_from(user))
    return [row for row in in_order(with_what_may(rows)) if may(row, "site")]


def may(award: Award, where: str) -> bool:
    """Whether an award that `with_what_may` read may be shown there: site, press, stage, logo, quote, name, title."""
    return bool(award.__dict__.get(f"may_{where}", False))


def award_behind_link(pk: int) -> Award | None:
    """Return a published award for its winner, whatever they agreed to."""
    rows = Award.objects.filter(pk=pk, state=AwardState.PUBLISHED, kind__in=WON)
    return with_what_may(rows).first()


def winners_of(contest: Contest) -> list[Award]:
    """Return everybody who won a contest, named or not: for the program's own handlers and drafts."""
    rows = Award.objects.filter(contest=contest, kind__in=WON, state__in=DECIDED)
    return list(in_order(with_what_may(rows)))


def kit_of(contest: Contest) -> WinnerKit:
    """Return what is written around the winners; an empty one if nothing is yet."""
    return WinnerKit.objects.filter(contest=contest).first() or WinnerKit(contest=contest)


def categories_of(contest: Contest) -> list[Category]:
    """Return the categories in their order."""
    return list(contest.categories.order_by("precedence", "pk"))


def chairs_of(contest: Contest) -> list[str]:
    """Return the names of who chairs the jury."""
    rows = ContestMember.objects.filter(contest=contest, part=Part.CHAIR).order_by("pk")
    return list(rows.values_list("user__person__name", flat=True))


def judges_of(contest: Contest) -> list[str]:
    """Return the judges who may be named."""
    rows = contest.judges.filter(state__in=EXPECTED, public=True, person__erased_at__isnull=True)
    return list(rows.order_by("person__name", "pk").values_list("person__name", flat=True))


# ---------------------------------------------------------------- sponsors


def leads_of(sponsor: Sponsor) -> QuerySet[EntryConsent]:
    """Return the entrants who agreed to be named to this sponsor, and still do."""
    rows = _leads().filter(sponsor=sponsor, entry__contest=sponsor.contest_id)
    return rows.select_related("entry__account", "entry__owner").order_by("entry__account__name", "pk")


def _leads() -> QuerySet[EntryConsent]:
    """Return every agreement to be named to a sponsor that holds today, of entrants who may be spoken of at all."""
    gone = Q(entry__state__in=["draft", "approval", "withdrawn", "disqualified"])
    gone |= Q(entry__account__frozen=True) | Q(entry__account__merged_into__isnull=False)
    gone |= Q(entry__account__state=Membership.DO_NOT_CONTACT) | Q(entry__contact__state=Membership.DO_NOT_CONTACT)
    gone |= Q(entry__owner__isnull=True) | Q(entry__owner__erased_at__isnull=False)
    rows = EntryConsent.objects.filter(sponsor__takes_leads=True, use=LEADS, given=True, revoked_at__isnull=True)
    return rows.exclude(gone)


def prizes_of(contest: Contest) -> list[Prize]:
    """Return every prize."""
    return contests.prizes_of(contest)


def sponsors_of(contest: Contest) -> list[Sponsor]:
    """Return the sponsors, who carries most first."""
    return contests.sponsors_of(contest)


def sponsor_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return what sponsors are called."""
    rows = Sponsor.objects.filter(pk__in=list(ids)).only("name")
    return {row.pk: Label(row.name) for row in rows}


def leads_by_sponsor(contest: Contest) -> list[tuple[Sponsor, int]]:
    """Return the sponsors that take names, each with how many entrants agreed to it."""
    rows = [row for row in contests.sponsors_of(contest) if row.takes_leads]
    counts = Counter(_leads().filter(sponsor__in=rows).values_list("sponsor", flat=True)) if rows else Counter()
    return [(row, counts[row.pk]) for row in rows]


def judged_in(contest: Contest) -> int:
    """Return how many entries were judged."""
    return ContestEntry.objects.filter(contest=contest, anchor=False, state__in=JUDGED).count()


# ---------------------------------------------------------------- what a winner agreed to


def agreements_of(award: Award) -> dict[str, EntryConsent]:
    """Return the uses that the entrant agrees to today, by name; sponsors aside."""
    rows = EntryConsent.objects.filter(
        entry=award.place.entry_id, sponsor__isnull=True, given=True, revoked_at__isnull=True
    )
    return {row.use: row for row in rows}


def agreement_of(award: Award, use: str) -> EntryConsent | None:
    """Return the agreement to one use; None where there is none."""
    return agreements_of(award).get(use)
