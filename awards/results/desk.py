"""What results put on a desk: that they say no longer what is so, for who runs the contest."""

from django.db.models import Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.contests.desk import ties_of
from awards.contests.enums import ContestState, Part
from awards.models import Contest, ContestMember
from awards.results.enums import TallyState
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

SHOWN = 5


def _stale(user: User) -> QuerySet[Contest]:
    run = ContestMember.objects.filter(user=user.pk, part=Part.MANAGER).values("contest")
    rows = Contest.objects.filter(pk__in=run, state=ContestState.DELIBERATION)
    since = Min("rounds__tallies__stale_at", filter=~Q(rounds__tallies__state=TallyState.SUPERSEDED))
    return rows.annotate(stale_since=since).filter(stale_since__isnull=False).order_by("stale_since", "pk")[:SHOWN]


_STALE = PreparedFor(_stale)


def desk_items(user: User) -> list[DeskItem]:
    """Return whose results have to be computed again; one query for who runs contests."""
    return [_item(contest) for contest in (_STALE(user) if ties_of(user).runs else ())]


def _item(contest: Contest) -> DeskItem:
    verb = reverse("awards:results-verb", args=[contest.slug, "compute"])
    return DeskItem(
        title=_("The results of %(contest)s are out of date") % {"contest": contest.name},
        detail=_("A ballot, an entry or a tie changed since they were computed: nobody can sign them"),
        tone="stop",
        icon="scale",
        actions=(
            DeskAction(_("Compute again"), verb, post=True),
            DeskAction(_("Look at them"), reverse("awards:results", args=[contest.slug])),
        ),
        since=contest.stale_since,  # type: ignore[attr-defined]  # annotated by _stale
        urgency=3,
    )
