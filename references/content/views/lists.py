"""Lists: stories as a table and as columns, places, share pages."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from references.accounts.selectors import visible_to as accounts_visible_to
from references.content import selectors, shown
from references.content.filters import AssetFilter, BoardFilter, PlacementFilter
from references.content.models import Asset, Board, Placement
from references.content.tables import AssetTable, BoardTable, PlacementTable
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

NEW = Action(_("New story"), reverse_lazy("references:asset-new"), icon="plus", permission="references.make_content")
NEW_BOARD = Action(
    _("New share page"), reverse_lazy("references:board-new"), icon="plus", permission="references.share_content"
)


class AssetList(ListPage):
    """`/content/`: everything that is made with customers."""

    page = "references:assets"
    title = _("Content")
    table_class = AssetTable
    filterset_class = AssetFilter
    search_fields = ("title",)
    default_sort = "-updated"
    steady = True
    views = (
        View("making", _("Being made"), "state=idea&state=brief&state=interview&state=draft&state=internal_review"),
        View("waiting", _("Waiting for an answer"), "state=customer_review&state=legal&sort=due"),
        View("out", _("Out"), "state=approved&state=published"),
        View("refresh", _("To be looked at again"), "state=refresh_due&sort=refresh"),
    )
    primary_action = NEW
    actions = (
        Action(_("As columns"), reverse_lazy("references:content-columns"), icon="bars"),
        Action(_("Library"), reverse_lazy("references:library"), icon="book"),
        Action(_("Where it stands"), reverse_lazy("references:placements"), icon="globe"),
        Action(_("Share pages"), reverse_lazy("references:boards"), icon="link"),
        Action(_("In figures"), reverse_lazy("references:content-figures"), icon="chart"),
    )
    empty = Empty(
        _("Case studies, quotes, videos and logos are made here, from the idea to the archive."),
        NEW,
        title=_("Nothing is made yet"),
        icon="book",
    )
    permission = "references.see_content"

    def get_queryset(self) -> QuerySet[Asset]:
        """Return what the reader may see being made."""
        return selectors.visible_to(self.request.user)


class PlacementList(ListPage):
    """`/content/placements/`: where things stand, and what has to come down."""

    page = "references:placements"
    title = _("Where it stands")
    table_class = PlacementTable
    filterset_class = PlacementFilter
    search_fields = ("place", "asset__title")
    default_sort = "-since"
    steady = True
    views = (
        View("takedown", _("To be taken down"), "state=takedown&sort=due"),
        View("late", _("Late"), "late=yes&sort=due"),
        View("live", _("Live"), "state=live"),
    )
    empty = Empty(
        _("Note on a story’s page where it was published. What loses its consent is called down by itself."),
        title=_("Nothing stands anywhere yet"),
        icon="globe",
    )
    permission = "references.see_placements"

    def get_queryset(self) -> QuerySet[Placement]:
        """Return what the reader may see."""
        return selectors.placements_visible_to(self.request.user)


class BoardList(ListPage):
    """`/content/boards/`: the share pages."""

    page = "references:boards"
    title = _("Share pages")
    table_class = BoardTable
    filterset_class = BoardFilter
    search_fields = ("title", "opportunity__name")
    default_sort = "-made"
    steady = True
    views = (View("open", _("Open"), "open=yes"), View("ended", _("Ended"), "open=no"))
    primary_action = NEW_BOARD
    empty = Empty(
        _("A page for one deal, made of what its customers agreed to show. You see how often it was looked at."),
        NEW_BOARD,
        title=_("No page yet"),
        icon="link",
    )
    permission = "references.see_content"

    def get_queryset(self) -> QuerySet[Board]:
        """Return what the reader may see."""
        return selectors.boards_visible_to(self.request.user)


@require_GET
@permission_required("references.see_content")
def columns(request: MemberRequest) -> HttpResponse:
    """`/content/columns/`: the pipeline as columns of cards."""
    user = request.user
    context = {
        "columns": [shown.column(state, cards, n) for state, cards, n in selectors.columns(user)],
        "may_make": user.has_perm("references.make_content"),
    }
    return render(request, "references/content/columns.html", context)


@require_GET
@permission_required("references.see_content")
def figures(request: MemberRequest) -> HttpResponse:
    """`/content/figures/`: what the room costs and brings, each with its formula."""
    found = selectors.figures(selectors.visible_to(request.user))
    return render(request, "references/content/figures.html", {"stats": shown.stats(found)})


@require_GET
@login_required
def account_content(request: MemberRequest, public_id: str) -> HttpResponse:
    """Return the panel of what was made with an account; nothing where there is nothing to see."""
    account = get_object_or_404(accounts_visible_to(request.user), public_id=public_id)
    assets = selectors.of_account(request.user, account.pk)
    context = {
        "account": account,
        "assets": [(asset, shown.pill_of(asset)) for asset in assets],
        "may_make": request.user.has_perm("references.make_content"),
    }
    return render(request, "references/content/account_panel.html", context)
