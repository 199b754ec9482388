"""From the idea to the archive: each step, and what has to be there before it."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q, TextField
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.models import ActivityType
from references.consents.enums import Scope
from references.consents.models import ConsentTerm
from references.consents.selectors import in_force_q
from references.content import policy
from references.content.enums import ASSET_MOVES, AssetState, PlacementState, ReviewAnswer
from references.content.errors import NotReady
from references.content.models import Asset, AssetVersion, Placement
from references.content.services.claims import is_proved
from references.content.services.rows import NOUN, lock_asset, lock_for_showing, move, said
from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalKind, ApprovalState
from refprogram.governance.approvals.models import Approval
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel import moves
from refprogram.kernel.prepared import Given, PreparedCount
from refprogram.kernel.stream import subject_of
from refprogram.people.models import User

S = AssetState
# Steps that a person takes by a button; the others are results (an answer, an approval, a placement).
BY_HAND = (S.BRIEF, S.INTERVIEW, S.DRAFT, S.INTERNAL_REVIEW, S.APPROVED, S.RETIRED)
GIVEN = (FulfilmentState.ORDERED, FulfilmentState.DELIVERED, FulfilmentState.ACKNOWLEDGED)


@transaction.atomic
def advance(*, asset: Asset, to: AssetState, by: User, note: str = "") -> Asset:
    """Take a step of the pipeline. Raises NotReady with all that is missing."""
    row = lock_for_showing(asset)
    moves.check(row, to, moves=ASSET_MOVES, noun=NOUN)
    if to not in BY_HAND:
        raise NotReady(_("This step follows by itself: from the customer’s answer, an approval or a placement."))
    missing = list(missing_for(row, to))
    if missing:
        raise NotReady(" ".join(missing))
    if to == S.RETIRED:
        said(note, "reason", _("Say why."))
        _refuse_live(row)
    if row.state == S.LEGAL:
        approvals.withdraw_for(subject=row, by=by, reason=note or _("It goes back to a draft"))
    move(row, to, actor=by, note=note)
    return row


def _refuse_live(row: Asset) -> None:
    live = Placement.objects.filter(asset=row).exclude(state=PlacementState.DOWN).count()
    if live:
        raise NotReady(_("It still stands in %(n)d places. Take them down first.") % {"n": live})


def missing_for(row: Asset, to: AssetState) -> Iterator[str]:
    """Yield what an asset lacks before it can take a step, a sentence each."""
    version = row.versions.first()
    if to in {S.INTERNAL_REVIEW, S.CUSTOMER_REVIEW, S.LEGAL, S.APPROVED} and version is None:
        yield _("Nothing is written yet.")
    if to in {S.LEGAL, S.APPROVED} and version is not None:
        yield from _unanswered(row, version)
        yield from _unproved(row)
        yield from _unconsented(row)
        yield from _undisclosed(row)
    if to == S.APPROVED and needs_legal(row) and not has_legal(row, version):
        yield _("Legal has not approved these words.")


def _unanswered(row: Asset, version: AssetVersion) -> Iterator[str]:
    if version.by_customer:
        return
    answers = list(row.reviews.filter(version=version).values_list("answer", flat=True))
    if not answers:
        yield _("The customer has not seen these words.")
    elif ReviewAnswer.NO in answers:
        yield _("The customer does not want these words to go out.")
    elif "" in answers:
        yield _("The customer has not answered.")


def _unproved(row: Asset) -> Iterator[str]:
    for claim in row.claims.select_related("outcome"):
        if not is_proved(claim):
            yield _("Not proved: “%(claim)s”.") % {"claim": claim.text}


def _unconsented(row: Asset) -> Iterator[str]:
    needs = list(row.needs.select_related("contact__person"))
    if not any(need.part_id is None for need in needs):
        yield _("Nobody has said whose consent it needs.")
    held = set(
        ConsentTerm.objects.filter(in_force_q(), contact__in=[need.contact_id for need in needs]).values_list(
            "contact", "scope"
        )
    )
    for need in {(need.contact_id, need.scope): need for need in needs}.values():
        if (need.contact_id, need.scope) not in held:
            facts = {"name": need.contact.person.name, "scope": str(Scope(need.scope).label).lower()}
            yield _("No consent of %(name)s: %(scope)s.") % facts


def _undisclosed(row: Asset) -> Iterator[str]:
    """Readers have a right to know what the customer got for it."""
    theirs = Q(receiver__in=row.needs.values("contact__person"))
    # What somebody chose for their house is the house's, whoever speaks in the story.
    theirs |= Q(account_id=row.account_id, subject_type="redemption")
    if not row.disclosure and Fulfilment.objects.filter(theirs, state__in=GIVEN).exists():
        yield _("They were given something by us: write what readers are told of it.")


def needs_legal(row: Asset) -> bool:
    """Whether legal reads this kind before it goes out."""
    if row.kind in policy.LEGAL_KINDS:
        return True
    slug = policy.ACTIVITY_OF.get(row.kind, "")  # type: ignore[call-overload]
    return _READ_BY_LEGAL(slug=slug) > 0


# Whether legal reads what is called this in the catalogue.
_READ_BY_LEGAL = PreparedCount(
    lambda: ActivityType.objects.filter(slug=Given("slug", TextField()), approvals__contains=["legal"])
)


def has_legal(row: Asset, version: AssetVersion | None) -> bool:
    """Whether legal approved the words as they stand."""
    if version is None:
        return False
    about = subject_of(row)
    return Approval.objects.filter(
        kind=ApprovalKind.LEGAL, subject_type=about.type, subject_id=about.id, state=ApprovalState.APPROVED,
        decided_at__gte=version.at,
    ).exists()  # fmt: skip


@transaction.atomic
def ask_legal(*, asset: Asset, by: User, note: str = "") -> Asset:
    """Send it to legal, whose answer comes as an approval."""
    row = lock_for_showing(asset)
    moves.check(row, S.LEGAL, moves=ASSET_MOVES, noun=NOUN)
    missing = list(missing_for(row, S.LEGAL))
    if missing:
        raise NotReady(" ".join(missing))
    move(row, S.LEGAL, actor=by, note=note)
    approvals.request(
        kind=ApprovalKind.LEGAL, subject=row, label=row.title, url=row.get_absolute_url(), requester=by,
        reason=note.strip() or _("A %(kind)s to go out") % {"kind": row.get_kind_display().lower()}, owner=row.owner,
    )  # fmt: skip
    return row


@transaction.atomic
def decide_on_asset(*, approval: Approval, by: User | None) -> Asset:
    """Carry out what legal said: approved, or back to a draft. Twice is once.

    If consent ended meanwhile it stays with legal; the page says what is missing.
    """
    row = lock_for_showing(Asset.objects.get(pk=approval.subject_id))
    if row.state != S.LEGAL:
        return row
    if approval.state == ApprovalState.APPROVED:
        if not list(missing_for(row, S.APPROVED)):
            move(row, S.APPROVED, actor=by)
    elif approval.state == ApprovalState.REJECTED:
        comment = approval.decisions.order_by("-id").values_list("comment", flat=True).first() or ""
        move(row, S.DRAFT, actor=by, note=comment)
    return row


@transaction.atomic
def refreshed(*, asset: Asset, by: User) -> Asset:
    """Say that a published asset is still true; it is looked at again in a year."""
    row = lock_asset(asset)
    row.refresh_on = clock.today() + policy.now().refresh_after
    move(row, S.PUBLISHED, "refresh_on", actor=by)
    return row


def call_for_refresh() -> int:
    """Mark what is due to be looked at again; return how many. The nightly round calls it."""
    due = Asset.objects.filter(state=S.PUBLISHED, refresh_on__lte=clock.today()).order_by("pk")
    return sum(_due(asset) for asset in due)


@transaction.atomic
def _due(asset: Asset) -> int:
    row = lock_asset(asset)
    if row.state != S.PUBLISHED or row.refresh_on is None or row.refresh_on > clock.today():
        return 0
    move(row, S.REFRESH_DUE, actor=None)
    return 1
