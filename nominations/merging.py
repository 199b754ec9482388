"""Two accounts became one, or two again: nominations follow, and two open ones of what is one customer are joined.

The one that is further stays; where both are as far, the older. The other ends as merged into it, and who nominated
hears so. Taking the two accounts apart opens it again as it was.
"""

from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.enums import NOMINATION_MOVES, OPEN_NOMINATIONS, NominationState
from nominations.models import Nomination
from nominations.services import steps
from references.merging import moving
from references.merging.models import Merge
from references.merging.services import note_moved
from refprogram.kernel.models import Event
from refprogram.notices.services import tell

ACCOUNT, CONTACT = "nominations.Nomination.account", "nominations.Nomination.contact"
JOINED: Final = "nominations.Nomination.merged_into"  # ":<the state it had>": what undoing needs
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
    """Of two open nominations of what is one customer now, let one stand for both."""
    pair = [merge.kept_id, merge.merged_id]
    rows = Nomination.objects.select_for_update(of=("self",)).filter(account__in=pair, state__in=OPEN_NOMINATIONS)
    both = sorted(
        rows.select_related("nominator__person", "account"), key=lambda row: (_far(row), row.submitted_at, row.pk)
    )
    if len(both) < 2:
        return
    stays, goes = both[0], both[1]
    was = goes.state
    if N.MERGED not in NOMINATION_MOVES[N(was)]:  # its customer was invited: that invitation gave way before
        goes.revisit_on = timezone.localdate()
        steps.move(goes, N.PARKED, "revisit_on")
    goes.merged_into = stays
    goes.reason = _("%(name)s was found to be one customer that is nominated already, by %(who)s.") % {
        "name": goes.account.name, "who": stays.nominator.name,
    }  # fmt: skip
    steps.move(goes, N.MERGED, "merged_into", "reason")
    note_moved(merge_id=merge.pk, key=f"{JOINED}:{was}", ids=[goes.pk])
    _say(goes, goes.reason, f"nomination-joined:{merge.pk}:{goes.pk}")


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
        elif key.startswith(f"{JOINED}:"):
            _open_again(merge, ids, key.rpartition(":")[2])


def _open_again(merge: Merge, ids: list[int], was: str) -> None:
    """What was joined stands by itself again, unless its account got another open nomination since."""
    rows = Nomination.objects.select_for_update(of=("self",)).filter(pk__in=ids, state=N.MERGED)
    for row in rows.select_related("nominator__person", "account"):
        if Nomination.objects.filter(account=row.account_id, state__in=OPEN_NOMINATIONS).exists():
            continue
        row.state, row.merged_into, row.reason = was, None, ""
        row.state_since = timezone.now()
        row.save(update_fields=["state", "merged_into", "reason", "state_since"])
        words = _("Your nomination of %(name)s stands by itself again: they are two customers after all.")
        _say(row, words % {"name": row.account.name}, f"nomination-parted:{merge.pk}:{row.pk}")


def _say(row: Nomination, text: str, key: str) -> None:
    tell(person=row.nominator.person, kind="nomination_outcome", key=key, text=text, url=row.get_absolute_url())
