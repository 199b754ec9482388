"""Where assets stand: placed, to be taken down, down. Nothing stands without consent; what loses it comes down."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.models import Contact
from references.accounts.services.locks import Actor
from references.consents.gate import can_use, unmet
from references.content import policy
from references.content.enums import PLACEMENT_MOVES, AssetState, PlacementState
from references.content.errors import ConsentMissing
from references.content.models import Asset, AssetNeed, Placement
from references.content.services.rows import lock_asset, lock_for_showing, move, said, tell
from refprogram.governance.consequences import services as governance
from refprogram.governance.consequences.enums import TaskState
from refprogram.governance.consequences.models import Task
from refprogram.kernel import moves
from refprogram.people.enums import Role
from refprogram.people.models import User

NOUN = "placement"


@transaction.atomic
def place(
    *,
    asset: Asset,
    channel: str,
    audience: int,
    territory: str,
    place: str,
    by: User,
    placed_on: dt.date | None = None,
) -> Placement:
    """Note where an asset stands from now on. Raises ConsentMissing with whose consent to what is missing.

    Postgres refuses the row a second time, whatever the program believes.
    """
    row = lock_for_showing(asset)
    _demand_consent(row, channel, audience, territory)
    placement = Placement(
        asset=row, channel=channel, audience=audience, territory=territory,
        place=said(place, "place", _("Say where it stands: its address, the deck, the tender."), 300),
        placed_by=by, placed_on=placed_on or clock.today(),
    )  # fmt: skip
    _write(placement, insert=True)
    tell("placement.live", row, by, placement=placement.pk, channel=channel)
    if row.state == AssetState.APPROVED:
        row.refresh_on = row.refresh_on or clock.today() + policy.now().refresh_after
        move(row, AssetState.PUBLISHED, "refresh_on", actor=by)
    return placement


def _demand_consent(row: Asset, channel: str, audience: int, territory: str) -> None:
    verdict = can_use(row, channel=channel, audience=audience, territory=territory)
    if not verdict.ok:
        raise ConsentMissing(verdict.reason)


def _write(placement: Placement, *, insert: bool) -> None:
    """Save a live placement; say Postgres' refusal as a sentence."""
    try:
        with transaction.atomic():
            if insert:
                placement.save(force_insert=True)
            else:
                moves.move(placement, PlacementState.LIVE, moves=PLACEMENT_MOVES, noun=NOUN, also=["reason", "due_on"])
    except IntegrityError as refusal:
        if "placement_has_consent" not in str(refusal) and "no consent in force" not in str(refusal):
            raise
        raise ConsentMissing(_("No consent is in force for this place.")) from refusal


@transaction.atomic
def call_down(*, placement: Placement, by: Actor, reason: str, days: int | None = None) -> Placement:
    """Say that a placement has to come down, by when and why; whoever placed it has a task."""
    row = lock_asset(placement.asset)
    return _call_down(_lock(placement), row, by=by, reason=reason, days=days)


def _call_down(placement: Placement, row: Asset, *, by: Actor, reason: str, days: int | None) -> Placement:
    placement.reason = said(reason, "reason", _("Say why."))[:200]
    placement.due_on = clock.today() + dt.timedelta(days=policy.now().takedown_days if days is None else days)
    moves.move(placement, PlacementState.TAKEDOWN, moves=PLACEMENT_MOVES, noun=NOUN, also=["reason", "due_on"])
    tell("placement.takedown", row, by, placement=placement.pk, channel=placement.channel)
    _give_task(placement, row)
    _settle(row, by)
    return placement


def _settle(row: Asset, by: Actor) -> None:
    """An asset that stands nowhere is approved, not published."""
    live = Placement.objects.filter(asset=row, state=PlacementState.LIVE).exists()
    if row.state == AssetState.PUBLISHED and not live:
        move(row, AssetState.APPROVED, actor=by)


def _give_task(placement: Placement, row: Asset) -> None:
    assignee = _who_takes_down(placement, row)
    if assignee is not None:
        governance.give_task(
            assignee=assignee, title=_("Take down: %(title)s") % {"title": row.title[:120]},
            detail=f"{placement.place}\n{placement.reason}", due_on=placement.due_on, label=row.title[:200],
            url=task_url(placement),
        )  # fmt: skip


def _who_takes_down(placement: Placement, row: Asset) -> User | None:
    """Who placed it, else who looks after the asset, else who runs the program."""
    for user in (placement.placed_by, row.owner):
        if user is not None and user.is_active:
            return user
    return User.objects.filter(role=Role.MARKETER, is_active=True).order_by("pk").first()


def task_url(placement: Placement) -> str:
    """Return the page on which a placement is noted as taken down."""
    return reverse("references:placement-down", args=[placement.public_id])


@transaction.atomic
def note_down(*, placement: Placement, by: User, proof: str) -> Placement:
    """Note that a placement is gone, with what shows it; its task is over."""
    row = lock_asset(placement.asset)
    placement = _lock(placement)
    placement.proof = said(proof, "proof", _("Say what shows that it is down: a screenshot, an address that is gone."))[
        :300
    ]
    placement.down_at = timezone.now()
    moves.move(placement, PlacementState.DOWN, moves=PLACEMENT_MOVES, noun=NOUN, also=["proof", "down_at"])
    tell("placement.down", row, by, placement=placement.pk, channel=placement.channel)
    for task in Task.objects.filter(url=task_url(placement), state=TaskState.OPEN):
        governance.note_done(task=task, by=by, note=placement.proof)
    _settle(row, by)
    return placement


@transaction.atomic
def put_back(*, placement: Placement, by: User) -> Placement:
    """Let a placement stand that was to come down, because consent is there again."""
    row = lock_for_showing(placement.asset)
    placement = _lock(placement)
    moves.check(placement, PlacementState.LIVE, moves=PLACEMENT_MOVES, noun=NOUN)
    _demand_consent(row, placement.channel, placement.audience, placement.territory)
    placement.reason, placement.due_on = "", None
    _write(placement, insert=False)
    tell("placement.live", row, by, placement=placement.pk, channel=placement.channel)
    for task in Task.objects.filter(url=task_url(placement), state=TaskState.OPEN):
        governance.cancel_task(task=task, by=None)
    if row.state == AssetState.APPROVED:
        move(row, AssetState.PUBLISHED, actor=by)
    return placement


def _lock(placement: Placement) -> Placement:
    rows = Placement.objects.select_for_update(of=("self",)).select_related("placed_by")
    return rows.get(pk=placement.pk)


# ---------------------------------------------------------------- what loses its consent


def without_consent() -> QuerySet[Placement]:
    """Return the live placements for which a consent is missing now."""
    missing = unmet(AssetNeed.objects.filter(asset=OuterRef("asset")))
    live = Placement.objects.filter(state=PlacementState.LIVE)
    return live.filter(Exists(missing))


@transaction.atomic
def take_down_for(*, contact: Contact, actor: Actor) -> int:
    """Unpublish what a contact's consent no longer carries: `settings.TERMS_ENDED` names this. Returns how many."""
    rows = without_consent().filter(asset__needs__contact=contact).distinct()
    return _take_down(rows, by=actor, reason=_("The customer took consent back"))


@transaction.atomic
def take_down_lapsed() -> int:
    """Unpublish what stands although a consent has ended; return how many. Beat calls it."""
    return _take_down(without_consent(), by=None, reason=_("Consent has ended"))


def _take_down(rows: QuerySet[Placement], *, by: Actor, reason: str) -> int:
    ids = list(rows.values_list("pk", flat=True))
    found = Placement.objects.filter(pk__in=ids).select_related("asset").order_by("asset", "pk")
    for placement in found:
        asset = lock_asset(placement.asset)
        locked = _lock(placement)
        if locked.state == PlacementState.LIVE:
            _call_down(locked, asset, by=by, reason=reason, days=None)
    return len(ids)
