"""One asset with all that its page shows."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import BigIntegerField, Count, Q, QuerySet, TextField
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.models import Contact
from references.content.enums import AssetState, PlacementState
from references.content.models import (
    Asset,
    AssetNeed,
    AssetPart,
    AssetVersion,
    Board,
    Claim,
    CustomerReview,
    Placement,
)
from references.content.selectors.access import visible_to, with_people
from references.profiles.models import Outcome
from refprogram.governance.budgets.models import Fund
from refprogram.governance.budgets.selectors import open_funds
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Given, Prepared
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

COLUMN = 30  # cards of a state on the Kanban page


_ASSET = Given("asset", BigIntegerField())  # a hole: a story's page asks for all that belongs to it, each time
_VERSIONS = Prepared(
    lambda: AssetVersion.objects.filter(asset=_ASSET).select_related("written_by__person").order_by("-number")
)
_PARTS = Prepared(
    lambda: AssetPart.objects.filter(asset=_ASSET).select_related("speaker__person").order_by("position", "pk")
)
_CLAIMS = Prepared(
    lambda: (
        Claim.objects.filter(asset=_ASSET)
        .select_related("outcome", "checked_by__person", "written_by__person")
        .order_by("pk")
    )
)
_NEEDS = Prepared(
    lambda: AssetNeed.objects.filter(asset=_ASSET).select_related("contact__person", "contact__account", "part")
)
_REVIEWS = Prepared(
    lambda: (
        CustomerReview.objects.filter(asset=_ASSET)
        .select_related("contact__person", "version", "asked_by__person")
        .order_by("-pk")
    )
)
_PLACEMENTS = Prepared(
    lambda: Placement.objects.filter(asset=_ASSET).select_related("placed_by__person").order_by("-placed_on", "-pk")
)
# The story of this public id, if the viewer may see how it is made, with all that its page and its permissions read.
FOR_PAGE = PreparedFor(
    lambda viewer: (
        with_people(visible_to(viewer))
        .select_related("account__owner", "account__csm")
        .filter(public_id=Given("public_id", TextField()))
    )
)


def versions_of(asset: Asset) -> list[AssetVersion]:
    """Return the versions, newest first."""
    return _VERSIONS(asset=asset.pk)


def parts_of(asset: Asset) -> list[AssetPart]:
    """Return the parts in order, each knowing its asset."""
    parts = _PARTS(asset=asset.pk)
    for part in parts:
        part.asset = asset
    return parts


def claims_of(asset: Asset) -> list[Claim]:
    """Return the claims, in the order they were noted."""
    return _CLAIMS(asset=asset.pk)


def needs_of(asset: Asset) -> list[AssetNeed]:
    """Return whose consent to what the asset needs, as a whole first."""
    return sorted(_NEEDS(asset=asset.pk), key=lambda need: (need.part_id or 0, need.pk))


def reviews_of(asset: Asset) -> list[CustomerReview]:
    """Return who was asked to read which version, and what they said; newest first."""
    return _REVIEWS(asset=asset.pk)


def review_for_link(review_id: int) -> QuerySet[CustomerReview]:
    """Return a review with what its page shows."""
    return CustomerReview.objects.filter(pk=review_id).select_related(
        "contact__person", "asset__account", "version", "asked_by__person"
    )


def placements_of(asset: Asset) -> list[Placement]:
    """Return where the asset stands and stood."""
    return _PLACEMENTS(asset=asset.pk)


def boards_of(asset: Asset) -> list[Board]:
    """Return the share pages that show the asset, newest first, at most ten."""
    rows = Board.objects.filter(items__asset=asset).select_related("opportunity__account", "made_by__person")
    return list(rows.order_by("-pk")[:10])


def people_of(asset: Asset) -> QuerySet[Contact]:
    """Return the customer's people who can speak in an asset, or be asked to read it."""
    people = Contact.objects.filter(account=asset.account_id, left_company_at__isnull=True, merged_into__isnull=True)
    return people.select_related("person", "account").order_by("person__name")


def outcomes_of(asset: Asset) -> QuerySet[Outcome]:
    """Return the customer's outcomes that a claim can rest on."""
    return Outcome.objects.filter(account=asset.account_id).order_by("metric")


def funds() -> QuerySet[Fund]:
    """Return the funds out of which a production can be paid now."""
    return open_funds(clock.today()).order_by("name")


def of_account(user: User, account_id: int) -> list[Asset]:
    """Return an account's assets that the user may see being made, newest first."""
    return list(visible_to(user).filter(account=account_id).order_by("-updated_at")[:20])


def columns(user: User) -> list[tuple[AssetState, list[Asset], int]]:
    """Return the pipeline as columns: state, its first cards (most urgent first), how many there are. Two queries."""
    states = [state for state in AssetState if state not in {AssetState.PUBLISHED, AssetState.RETIRED}]
    rows = visible_to(user).filter(state__in=states)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    cards: dict[str, list[Asset]] = {state: [] for state in states}
    ordered = rows.select_related("account", "owner__person").order_by("due_on", "-updated_at")
    for asset in ordered[: COLUMN * len(states)]:
        if len(cards[asset.state]) < COLUMN:
            cards[asset.state].append(asset)
    return [(state, cards[state], counts.get(state, 0)) for state in states]


def takedown_queue(rows: QuerySet[Placement]) -> QuerySet[Placement]:
    """Return what has to come down, the most overdue first."""
    return rows.filter(state=PlacementState.TAKEDOWN).order_by("due_on", "pk")


def overdue_q(on: dt.date | Given | None = None) -> Q:
    """Return what makes a take-down late."""
    return Q(state=PlacementState.TAKEDOWN, due_on__lt=on or clock.today())


# ---------------------------------------------------------------- names in the stream


def asset_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name the assets that the viewer may see; others stay "a story"."""
    wanted = list(ids)
    seen = {row.pk: row for row in visible_to(viewer).filter(pk__in=wanted)}
    return {pk: Label(seen[pk].title, seen[pk].get_absolute_url()) if pk in seen else Label(_("a story"))
            for pk in wanted}  # fmt: skip


def board_labels(ids: Iterable[int], _viewer: User) -> dict[int, Label]:
    """Name share pages."""
    return {row.pk: Label(row.title, row.get_absolute_url()) for row in Board.objects.filter(pk__in=list(ids))}


def placement_labels(ids: Iterable[int], _viewer: User) -> dict[int, Label]:
    """Name placements by where they stand."""
    return {row.pk: Label(row.place) for row in Placement.objects.filter(pk__in=list(ids))}
