"""What a public vote puts on a desk: votes to look at, a count to make, a count to agree to."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.desk import ties_of
from awards.voting import selectors, window
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

_WAITING = PreparedFor(selectors.waits_for)


def desk_items(user: User) -> list[DeskItem]:
    """Return what this colleague is to do for votes; one query for who serves in a contest."""
    rows: list[Any] = _WAITING(user) if ties_of(user).runs else []
    found = [_of(contest, user) for contest in rows]
    return [item for item in found if item is not None]


def _of(contest: Any, user: User) -> DeskItem | None:
    if contest.count_at is not None:
        waits = contest.signs and contest.agreed_at is None and contest.count_by != user.pk
        words = (_("Agree to the public vote"), _("%(contest)s: somebody counted, a second person agrees"), "scale")
        return _item(contest, *words, since=contest.count_at) if waits else None
    if not contest.runs:
        return None
    now = timezone.now()
    if window.is_final(contest, now) and not contest.odd:
        words = (_("Count the public vote"), _("%(contest)s: nothing can be confirmed any more"), "scale")
        return _item(contest, *words, since=window.last_confirmation(contest))
    if contest.odd:
        words = (_("Votes that look odd"), _("%(contest)s: they count, or not, once you have looked"), "shield")
        return _item(contest, *words, since=contest.votes_open_at or now)
    return None


def _item(contest: Any, title: str, detail: str, icon: str, *, since: Any) -> DeskItem:
    return DeskItem(
        title=title,
        detail=detail % {"contest": contest.name},
        tone="wait",
        icon=icon,
        actions=(DeskAction(_("Look at the vote"), reverse("awards:votes", args=[contest.slug])),),
        since=since,
        urgency=4,
    )
