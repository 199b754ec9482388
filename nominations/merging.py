"""Two accounts became one, or two again: nominations follow, and two open ones of what is one customer are joined.

The one that is further stays; where both are as far, the older. The other ends as merged into it and shares its
credit. Taking the two accounts apart opens it again as it was, and gives the credit back.
"""

import datetime as dt
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from nominations import demand, services
from nominations.enums import NOMINATION_MOVES, OPEN_NOMINATIONS, NominationState
from nominations.models import Nomination
from nominations.services import sharing, steps
from references.merging import moving
from references.merging.models import Merge
from references.merging.services import note_moved
from refprogram.kernel.models import Event
from refprogram.notices.services import tell

ACCOUNT, CONTACT = "nominations.Nomination.account", "nominations.Nomination.contact"
JOINED: Final = "nominations"  # facts of the merge, by nomination: what undoing needs
N = NominationState
# The nearest to the customer's yes first; what has the same place is as far.
NEAREST: Final = ((N.OUTREACH,), (N.APPROVED,), (N.SCREENING, N.RECHECK))


def follow(event: Event) -> None:
    """Nominations go over to the kept account, and name its people."""
    merge = Merge.objects.get(pk=event.payload["merge"])
    if merge.undone_at is not None:
        return
    if merge.noun == "account":
        _join(merge)
        went = _go(merge.merged_id, merge.kept_id, "account")
        note_moved(merge_id=merge.pk, key=ACCOUNT, ids=went)
    became = event.payload.get("people") or {}
    pairs = became.items() if merge.noun == "account" else [(merge.merged_id, merge.kept_id)]
    for gone, stays in pairs:
        note_moved(merge_id=merge.pk, key=f"{CONTACT}:{gone}", ids=_go(int(gone), int(stays), "contact"))


def _go(source: int, target: int, name: str) -> list[int]:
    rows = Nomination.objects.filter(**{name: source}).order_by("pk")
    return moving.shift(Nomination, name, list(rows.values_list("pk", flat=True)), target)


def _join(merge: Merge) -> None:
    """Of two open nominations of what is one customer now, let one stand for both; its credit is shared."""
    pair = [merge.kept_id, merge.merged_id]
    rows = Nomination.objects.select_for_update(of=("self",)).filter(
        account__in=pair, state__in=OPEN_NOMINATIONS, second_to__isnull=True
    )
    both = sorted(
        rows.select_related("nominator__person", "account"), key=lambda row: (_far(row), row.submitted_at, row.pk)
    )
    if len(both) < 2:
        return
    stays, goes = both[0], steps.locked(both[1])
    was = {"state": goes.state, "reason": goes.reason, "into": stays.pk, "credits": _credits(stays)}
    if N.MERGED not in NOMINATION_MOVES[N(goes.state)]:  # its customer was invited: that invitation gave way before
        goes.revisit_on = timezone.localdate()
        steps.move(goes, N.PARKED, "revisit_on")
    services.join(nomination=goes, into=stays, actor=None)
    row = Merge.objects.select_for_update().get(pk=merge.pk)
    row.facts[JOINED] = {str(goes.pk): was}  # what undoing needs
    row.save(update_fields=["facts"])


def _credits(row: Nomination) -> list[list[Any]]:
    """Return whose a nomination is: user, percent, since when."""
    return [[one.user_id, one.percent, one.since.isoformat()] for one in row.credits.order_by("pk")]


def _far(row: Nomination) -> int:
    return next((place for place, states in enumerate(NEAREST) if row.state in states), len(NEAREST))


def part(event: Event) -> None:
    """Each gets its nominations back."""
    merge = Merge.objects.get(pk=event.payload["merge"])
    if merge.noun == "account":
        ids = Nomination.objects.filter(pk__in=merge.moved.get(ACCOUNT, []), account=merge.kept_id)
        moving.shift(Nomination, "account", list(ids.values_list("pk", flat=True)), merge.merged_id)
    for key, ids in merge.moved.items():
        if key.startswith(f"{CONTACT}:"):
            moving.shift(Nomination, "contact", ids, int(key.rpartition(":")[2]))
    for key, was in merge.facts.get(JOINED, {}).items():
        _open_again(int(key), was)


def _open_again(pk: int, was: dict[str, Any]) -> None:
    """What was joined stands by itself again, unless its account got another open nomination since."""
    row = Nomination.objects.select_for_update(of=("self",)).select_related("nominator__person", "account").get(pk=pk)
    others = Nomination.objects.filter(account=row.account_id, state__in=OPEN_NOMINATIONS, second_to=None)
    if row.state != N.MERGED or row.merged_into_id != was["into"] or others.exists():
        return
    row.state, row.reason, row.merged_into, row.state_since = was["state"], was["reason"], None, timezone.now()
    row.save(update_fields=["state", "reason", "merged_into", "state_since"])
    demand.say(row)
    Nomination.objects.filter(second_to=was["into"], account=row.account_id).update(second_to=row.pk)
    since = {user: dt.datetime.fromisoformat(at) for user, _percent, at in was["credits"]}
    sharing.give(steps.locked(Nomination(pk=was["into"])), {user: part for user, part, _at in was["credits"]}, since)
    words = _("Your nomination of %(name)s stands by itself again: they are two customers after all.")
    tell(
        person=row.nominator.person,
        kind="nomination_outcome",
        key=f"nomination-parted:{row.pk}:{row.state_since.isoformat()}",
        text=words % {"name": row.account.name},
        url=row.get_absolute_url(),
    )
