"""What becomes of a SPIFF that is over: who has a place is asked for proof, and all prizes are booked together.

Somebody whose proof is not accepted, or does not come in time, loses the place; the others move up, and who comes into
a prize by that is asked in turn. When nobody is asked any more, what stands is booked, once.
"""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from incentives.pay import letters, policy
from incentives.pay.enums import ENTRY_MOVES, OUT, SPIFF_MOVES, WAITING, AccrualKind, EntryState, SpiffState
from incentives.pay.models import Spiff, SpiffEntry
from incentives.pay.placing import places
from incentives.pay.selectors import spiffs
from incentives.pay.services import setting_aside
from incentives.pay.services.accruing import AccrualIn, accrue_many
from refprogram.kernel import moves, rollups
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.files import services as files
from refprogram.kernel.models import StoredFile
from refprogram.kernel.stream import emit
from refprogram.people.models import User

RUN = "incentives.run_spiffs"


@transaction.atomic
def end_spiff(*, spiff: Spiff) -> Spiff:
    """Count a SPIFF whose last day is over, keep what was counted, and ask who has a place for the proof."""
    locked = Spiff.objects.select_for_update().get(pk=spiff.pk)
    if locked.state != SpiffState.LIVE or _today() <= spiffs.counts_until(locked):
        return locked
    figures = {person: n for person, n in spiffs.figures_of(locked).items() if n >= locked.least}
    have = set(SpiffEntry.objects.filter(spiff=locked).values_list("person_id", flat=True))
    SpiffEntry.objects.bulk_create(SpiffEntry(spiff=locked, person_id=one) for one in sorted(figures.keys() - have))
    rows = list(SpiffEntry.objects.select_for_update().filter(spiff=locked).order_by("pk"))
    for row in rows:
        row.figure = figures.get(row.person_id, 0)
    SpiffEntry.objects.bulk_update(rows, ["figure"])
    moves.move(locked, SpiffState.PROOF, moves=SPIFF_MOVES, noun=_("SPIFF"))
    asked = _rank(locked)
    emit("spiff.ended", subject=locked, payload={"asked": asked})
    _settle(locked)
    return locked


def _today() -> dt.date:
    return rollups.day_of(timezone.now())


def _rank(spiff: Spiff) -> int:
    """Give places to who is still in, ask for the proof of those that a prize fell to; return how many were asked."""
    rows = list(SpiffEntry.objects.select_for_update(of=("self",)).filter(spiff=spiff).select_related("person"))
    still_in = {row.person_id: row.figure for row in rows if row.state not in OUT}
    found = {place.person_id: place for place in places(still_in, spiffs.prizes_of(spiff), spiff.least)}
    asked = 0
    for row in sorted(rows, key=lambda each: each.pk):
        place = found.get(row.person_id)
        row.place, row.prize = (place.place, place.prize) if place else (None, row.prize * 0)
        row.spiff = spiff
        if row.state == EntryState.IN and row.prize > 0:
            row.prove_until = _today() + dt.timedelta(days=policy.now().proof_days)
            also = ["place", "prize", "prove_until"]
            moves.move(row, EntryState.ASKED, moves=ENTRY_MOVES, noun=_("entry"), also=also)
            letters.prove_please(row)
            asked += 1
        else:
            row.save(update_fields=["place", "prize"])
    return asked


def _settle(spiff: Spiff) -> None:
    """Book all prizes as soon as nobody is asked for proof any more."""
    rows = SpiffEntry.objects.filter(spiff=spiff).select_related("person")
    if rows.filter(state__in=WAITING).exists():
        return
    winners = list(rows.filter(state=EntryState.PROVED, prize__gt=0).order_by("place", "pk"))
    now = timezone.now()
    accrue_many(
        [
            AccrualIn(
                f"spiff:{spiff.pk}:{row.person_id}",
                row.person_id,
                row.prize,
                kind=AccrualKind.SPIFF,
                spiff_id=spiff.pk,
                occurred_at=now,
                memo=spiff.name,
            )
            for row in winners
        ]
    )
    setting_aside.book(spiff, sum((row.prize for row in winners), Decimal("0.00")))
    spiff.settled_at = now
    moves.move(spiff, SpiffState.SETTLED, moves=SPIFF_MOVES, noun=_("SPIFF"), also=["settled_at"])
    emit("spiff.settled", subject=spiff, payload={"winners": len(winners)})
    for row in winners:
        row.spiff = spiff
        letters.won(row)


def _locked(entry: SpiffEntry) -> SpiffEntry:
    Spiff.objects.select_for_update().get(pk=entry.spiff_id)  # one at a time: each may move all others up
    rows = SpiffEntry.objects.select_for_update(of=("self",)).select_related("person", "spiff__written_by__person")
    return rows.get(pk=entry.pk)


@transaction.atomic
def show_proof(*, entry: SpiffEntry, words: str, actor: User, evidence: StoredFile | None = None) -> SpiffEntry:
    """Show the proof for one's own place."""
    locked = _locked(entry)
    if locked.person_id != actor.person_id:
        raise NotAllowed(_("Each shows their own proof."))
    moves.check(locked, EntryState.SHOWN, moves=ENTRY_MOVES, noun=_("proof"))
    if not words.strip() and evidence is None:
        message = _("Say where it is seen, or add a file.")
        raise InvalidInput(message, errors={"words": message})
    if evidence is not None:
        files.attach(file=evidence, subject=locked)
    locked.shown = words.strip()
    moves.move(locked, EntryState.SHOWN, moves=ENTRY_MOVES, noun=_("proof"), also=["shown"])
    letters.proof_shown(locked)
    return locked


@transaction.atomic
def judge_proof(*, entry: SpiffEntry, accept: bool, actor: User, reason: str = "") -> SpiffEntry:
    """Accept a proof, or not (with the reason). With the last one, all prizes are booked."""
    if not actor.has_perm(RUN):
        raise NotAllowed(_("Proofs are looked at by who runs SPIFFs."))
    locked = _locked(entry)
    if locked.person_id == actor.person_id:
        raise NotAllowed(_("Somebody else looks at your proof."))
    to, why = (EntryState.PROVED if accept else EntryState.REFUSED), " ".join(reason.split())[:300]
    moves.check(locked, to, moves=ENTRY_MOVES, noun=_("proof"))
    if not accept and not why:
        raise InvalidInput(_("Say why."), errors={"reason": _("Say why.")})
    locked.judged_by, locked.reason = actor, why
    moves.move(locked, to, moves=ENTRY_MOVES, noun=_("proof"), also=["judged_by", "reason"])
    spiff = locked.spiff
    if not accept:
        letters.proof_refused(locked)
        _rank(spiff)
    _settle(spiff)
    return locked


def follow_spiffs() -> int:
    """Count what is over, and pass over who showed no proof in time; return how many SPIFFs moved."""
    over = [row for row in Spiff.objects.filter(state=SpiffState.LIVE).order_by("pk") if _is_over(row)]
    for spiff in over:
        end_spiff(spiff=spiff)
    silent = SpiffEntry.objects.filter(state=EntryState.ASKED, prove_until__lt=_today(), spiff__state=SpiffState.PROOF)
    late = sorted(set(silent.values_list("spiff_id", flat=True)))
    for key in late:
        _lapse(key)
    return len(over) + len(late)


def _is_over(spiff: Spiff) -> bool:
    return _today() > spiffs.counts_until(spiff)


@transaction.atomic
def _lapse(spiff_id: int) -> None:
    spiff = Spiff.objects.select_for_update().get(pk=spiff_id)
    if spiff.state != SpiffState.PROOF:
        return
    silent = SpiffEntry.objects.select_for_update().filter(
        spiff=spiff, state=EntryState.ASKED, prove_until__lt=_today()
    )
    moves.move_all(silent, EntryState.ASKED, EntryState.LAPSED, moves=ENTRY_MOVES)
    _rank(spiff)
    _settle(spiff)
