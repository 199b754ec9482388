"""Share pages as colleagues make and follow them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from references.content import forms, selectors, services
from references.content.link_views import page_context
from references.content.models import Board
from references.content.territories import territory_of
from refprogram.kernel.forms import FormPage
from refprogram.kernel.tables import Pill
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button, press

CHANGE = "references.change_board"


def found_board(request: MemberRequest, public_id: str) -> Board:
    """Return the share page, if the reader may see it."""
    row: Board = get_object_or_404(selectors.boards_visible_to(request.user), public_id=public_id)
    return row


class NewBoard(FormPage):
    """`/content/boards/new/`: what is chosen in the library, for one deal."""

    form_class = forms.BoardForm
    title = gettext_lazy("New share page")
    facts = gettext_lazy("Only what its customers agreed to show is shown, each time it is read.")
    verb = gettext_lazy("Make the page")
    cancel_url = reverse_lazy("references:library")
    draft = "references:board-new"
    permission = "references.share_content"
    template_name = "references/content/board_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return what may be chosen: what prospects may see somewhere, and the reader's deals."""
        user = self.request.user
        chosen = self.request.GET.getlist("asset") + self.request.POST.getlist("assets")
        return {
            "assets": selectors.to_choose_from(user, [one for one in chosen if "\x00" not in one]),
            "deals": selectors.deals_of(user),
        }

    def get_initial(self) -> dict[str, Any]:
        """Return what the address names."""
        return {"assets": self.request.GET.getlist("asset"), "opportunity": self.request.GET.get("deal", "")}

    def save(self, form: Any) -> str:
        """Make it, and show it as the prospect will."""
        facts = form.cleaned_data
        board = services.make_board(by=self.request.user, **{**facts, "assets": list(facts["assets"])})
        return board.get_absolute_url()


@require_GET
@login_required
def board(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show a share page to its maker: address, looks, what is withheld and why."""
    row = found_board(request, public_id)
    still = selectors.is_open(row)
    looks = selectors.looks_of(row)
    context = {
        "board": row,
        "pill": Pill(_("Open"), "ok") if still else Pill(_("Ended")),
        "open": still,
        "address": services.address_of(row) if still else "",
        "territory": territory_of(row),
        "sections": selectors.section_views(row),
        "withheld": selectors.withheld_from(row),
        "looks": looks,
        "spark": [n for _day, n in looks.days],
        "may_change": request.user.has_perm(CHANGE, row),
        "crumbs": [(_("Share pages"), reverse("references:boards")), (row.title, "")],
    }
    return render(request, "references/content/board.html", context)


@require_GET
@login_required
def preview(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show a share page as the prospect sees it now; this look is not counted."""
    row = found_board(request, public_id)
    return render(request, "references/content/share.html", {**page_context(row), "preview": True})


close = button(
    found_board,
    lambda request, row: services.close_board(board=row, by=request.user),
    gettext_lazy("Closed. Its address no longer works."),
    needs=CHANGE,
)


@require_POST
@login_required
def remove_item(request: MemberRequest, public_id: str, item_id: int) -> HttpResponse:
    """Take one story off the page."""
    row = found_board(request, public_id)
    if not request.user.has_perm(CHANGE, row):
        raise PermissionDenied
    item = get_object_or_404(row.items.select_related("board"), pk=item_id)
    press(request, lambda: services.remove_from_board(item=item, by=request.user), _("Taken off the page."))
    return redirect(row.get_absolute_url())
