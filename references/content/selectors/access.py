"""Which rows a colleague may see: the gate of every page about how a story is made."""

from typing import Any

from django.db.models import Q, QuerySet

from references.accounts.rules import OVERVIEW
from references.accounts.selectors import hidden_from, opportunities_visible_to
from references.consents.enums import Channel, UseAudience
from references.consents.gate import allowed
from references.content.models import Asset, AssetPart, Board, Placement
from refprogram.kernel.prepared import Given
from refprogram.people.enums import Role
from refprogram.people.models import User

CHOICES = 40  # stories to tick on a form; more are found in the library


def visible_to(user: User) -> QuerySet[Asset]:
    """Return the assets of which the user may see how they are made: all, or those they or their accounts have."""
    assets = Asset.objects.filter(account__merged_into__isnull=True)
    if user.role == Role.JUDGE:
        return assets.none()
    if user.role in OVERVIEW:
        return assets
    mine = Q(owner=user.pk) | Q(account__owner=user.pk) | Q(account__csm=user.pk)
    if user.role == Role.MANAGER:
        mine |= Q(account__owner__in=User.objects.filter(team__manager=user.pk).values("pk"))
    return assets.filter(mine)


def with_people(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """Join what lists, pages and the API show beside an asset."""
    return assets.select_related("account__region", "owner__person", "region")


def readable_by(user: User, *, territory: str | Given = "", on: Given | None = None) -> QuerySet[Asset]:
    """Return the assets whose head a colleague may read: shared on share pages, at least among colleagues."""
    assets = Asset.objects.all() if user.role != Role.JUDGE else Asset.objects.none()
    use: dict[str, Any] = {"channel": Channel.SHARE, "territory": territory, "on": on, "whole": False}
    found = allowed(assets, audience=UseAudience.INTERNAL, **use)
    if user.role in OVERVIEW:
        return found
    # Whose name the colleague may not know is left out, unless prospects may know it.
    known = ~Q(account__in=hidden_from(user).values("pk"))
    return found.filter(known | Q(pk__in=shareable(assets, territory=territory, on=on).values("pk")))


def shareable(assets: QuerySet[Asset], *, territory: str | Given = "", on: Given | None = None) -> QuerySet[Asset]:
    """Narrow to what may be put on a share page for a deal in this territory."""
    use: dict[str, Any] = {"channel": Channel.SHARE, "territory": territory, "on": on, "whole": False}
    return allowed(assets, audience=UseAudience.PROSPECTS, **use)


def home_of(user: User) -> str:
    """Return the territory in which a colleague reads: their team's region; empty: only what holds everywhere."""
    team = user.team
    return team.region.name if team is not None and team.region is not None else ""


def placements_visible_to(user: User) -> QuerySet[Placement]:
    """Return the placements of the assets that the user may see."""
    rows = Placement.objects.select_related("asset__account", "placed_by__person")
    if user.role in OVERVIEW:
        return rows
    return rows.filter(Q(asset__in=visible_to(user)) | Q(placed_by=user.pk))


def boards_visible_to(user: User) -> QuerySet[Board]:
    """Return the share pages that the user made, of deals they may see, or all for the overview."""
    rows = Board.objects.select_related("opportunity__account__region", "made_by__person", "made_by__team")
    if user.role == Role.JUDGE:
        return rows.none()
    if user.role in OVERVIEW:
        return rows
    return rows.filter(Q(made_by=user.pk) | Q(opportunity__in=opportunities_visible_to(user)))


def deals_of(user: User) -> QuerySet[Any]:
    """Return the deals for which the user may make a share page."""
    return opportunities_visible_to(user).select_related("account__region").order_by("-opened_on", "-pk")


def to_choose_from(user: User, chosen: list[str]) -> QuerySet[Asset]:
    """Return what may be put on a share page: first what was chosen, then the newest; prospects may see all of it."""
    free = shareable(Asset.objects.all(), territory=home_of(user))
    newest = free.order_by("-updated_at").values("pk")[:CHOICES]
    rows = Asset.objects.filter(Q(pk__in=newest) | Q(public_id__in=chosen)).select_related("account")
    return rows.order_by("title", "pk")


def parts_with_files_for(user: User) -> QuerySet[Any, Any]:
    """Return the keys of the parts whose files the user may fetch: of stories that they may see being made."""
    return AssetPart.objects.filter(asset__in=visible_to(user)).values("pk")


def shareable_ids(user: User, public_ids: list[str]) -> QuerySet[Asset]:
    """Return which of these the user may put on a share page somewhere; the page asks again for its deal."""
    known = [one for one in public_ids if "\x00" not in one]
    return readable_by(user, territory=home_of(user)).filter(public_id__in=known)


def allowed_parts(asset: Asset, *, channel: str, audience: int, territory: str = "") -> QuerySet[AssetPart]:
    """Return the parts of an asset that may be shown there, in their order, with who speaks."""
    parts = AssetPart.objects.filter(asset=asset).select_related("speaker__person").order_by("position", "pk")
    return allowed(parts, channel=channel, audience=audience, territory=territory)
