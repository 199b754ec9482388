"""What entries put on a desk: what waits to be screened, who was proposed, and drafts of one’s own customers."""

import datetime as dt

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests.desk import ties_of
from awards.contests.enums import ContestState, Part
from awards.contests.models import Contest, ContestMember
from awards.entries import letters
from awards.entries.enums import EntryState, InviteState
from awards.entries.models import ContestEntry
from awards.entries.tables import who
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

SHOWN = 10
NEAR = dt.timedelta(days=14)


def _queues(user: User) -> QuerySet[Contest]:
    parts = [Part.MANAGER, Part.SCREENER]
    mine = ContestMember.objects.filter(user=user.pk, part__in=parts).values("contest")
    waiting = Q(entries__state__in=[EntryState.SUBMITTED, EntryState.SCREENING], entries__anchor=False)
    rows = Contest.objects.filter(pk__in=mine).filter(waiting)
    return rows.annotate(n=Count("entries"), oldest=Min("entries__state_since")).order_by("pk")[:SHOWN]


def _proposals(user: User) -> QuerySet[Contest]:
    mine = ContestMember.objects.filter(user=user.pk, part=Part.MANAGER).values("contest")
    rows = Contest.objects.filter(
        pk__in=mine, state__in=[ContestState.ANNOUNCED, ContestState.OPEN], invites__state=InviteState.PROPOSED
    )
    return rows.annotate(n=Count("invites"), oldest=Min("invites__proposed_at")).order_by("pk")[:SHOWN]


def _drafts(user: User) -> QuerySet[ContestEntry]:
    """Return the drafts of one’s own customers whose deadline is near, and those of one’s own teams."""
    open_ = Q(state__in=[EntryState.DRAFT, EntryState.APPROVAL, EntryState.NEEDS_FIX], contest__state=ContestState.OPEN)
    mine = Q(account__owner=user.pk) | Q(owner__user=user.pk) | Q(nominator=user.pk)
    rows = ContestEntry.objects.filter(open_ & mine)
    return rows.select_related("contest", "account", "team").order_by("contest__closes_at", "pk")[:SHOWN]


_QUEUES, _PROPOSALS, _DRAFTS = PreparedFor(_queues), PreparedFor(_proposals), PreparedFor(_drafts)


def desk_items(user: User) -> list[DeskItem]:
    """Return what waits for this colleague; at most three queries."""
    ties, now = ties_of(user), timezone.now()
    items = [_to_screen(contest) for contest in _QUEUES(user)] if ties.runs else []
    items += [_to_invite(contest) for contest in _PROPOSALS(user)] if ties.runs else []
    if not ties.enters:
        return items
    return items + [_draft(row) for row in _DRAFTS(user) if row.contest.closes_at - now <= NEAR]


def _to_screen(contest: Contest) -> DeskItem:
    n, oldest = contest.n, contest.oldest  # type: ignore[attr-defined]
    url = reverse("awards:entries", args=[contest.slug])
    return DeskItem(
        title=ngettext("%(n)d entry to screen", "%(n)d entries to screen", n) % {"n": n},
        detail=contest.name,
        tone="wait",
        icon="eye",
        actions=(DeskAction(_("Screen"), f"{url}?state=submitted&state=screening", primary=True),),
        since=oldest,
        urgency=3,
    )


def _to_invite(contest: Contest) -> DeskItem:
    n, oldest = contest.n, contest.oldest  # type: ignore[attr-defined]
    url = reverse("awards:invites", args=[contest.slug])
    return DeskItem(
        title=ngettext("%(n)d customer proposed", "%(n)d customers proposed", n) % {"n": n},
        detail=contest.name,
        tone="wait",
        icon="mail",
        actions=(DeskAction(_("Look at them"), f"{url}?state=proposed"),),
        since=oldest,
        urgency=3,
    )


def _draft(row: ContestEntry) -> DeskItem:
    return DeskItem(
        title=_("%(who)s has not handed in the entry yet") % {"who": who(row)},
        detail=_("%(contest)s, until %(when)s") % {"contest": row.contest.name,
                                                    "when": letters.deadline_words(row.contest, row)},
        tone="wait",
        icon="edit",
        actions=(DeskAction(_("Look at it"), row.get_absolute_url()),),
        since=row.state_since,
        urgency=4,
    )  # fmt: skip
