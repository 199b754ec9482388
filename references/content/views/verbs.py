"""One tap, one service: the buttons of a story."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from references.content import selectors, services
from references.content.enums import AssetState
from references.content.models import Asset
from references.content.views.asset import found_asset
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button, press, reason_of

MAKE = "references.make_content"


@require_POST
@login_required
def move(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take the step that was pressed."""
    row = found_asset(request, public_id)
    if not request.user.has_perm(MAKE, row):
        raise PermissionDenied
    to = request.POST.get("to", "")
    if to not in AssetState.values:
        raise Http404
    state = AssetState(to)
    press(
        request,
        lambda: services.advance(asset=row, to=state, by=request.user, note=reason_of(request)),
        _t("Now: %(state)s.") % {"state": state.label},
    )
    return redirect(row.get_absolute_url())


legal = button(
    found_asset,
    lambda request, row: services.ask_legal(asset=row, by=request.user, note=reason_of(request)),
    _("Legal is asked."),
    needs=MAKE,
)
refreshed = button(
    found_asset,
    lambda request, row: services.refreshed(asset=row, by=request.user),
    _("Noted: still true. It comes back in a year."),
    needs=MAKE,
)


def _of_asset(
    find: Callable[[Asset, str], object],
    verb: Callable[[MemberRequest, Asset, object], object],
    done: object,
    needs: str,
) -> Callable[..., HttpResponse]:
    """Make a POST view about a row of a story: `find` it among the story's own, then `verb`."""

    @require_POST
    @login_required
    def view(request: MemberRequest, public_id: str, row_id: str) -> HttpResponse:
        asset = found_asset(request, public_id)
        if not request.user.has_perm(needs, asset):
            raise PermissionDenied
        row = find(asset, row_id)
        press(request, lambda: verb(request, asset, row), done)
        return redirect(asset.get_absolute_url())

    return view


remove_part = _of_asset(
    lambda asset, key: get_object_or_404(asset.parts.all(), public_id=key),
    lambda request, _asset, row: services.remove_part(part=row, actor=request.user),  # type: ignore[arg-type]
    _("Taken out."),
    MAKE,
)
remove_need = _of_asset(
    lambda asset, key: get_object_or_404(asset.needs.all(), pk=key if key.isdecimal() and len(key) < 19 else 0),
    lambda request, _asset, row: services.remove_need(need=row, actor=request.user),  # type: ignore[arg-type]
    _("Noted: not needed."),
    MAKE,
)
remove_claim = _of_asset(
    lambda asset, key: get_object_or_404(asset.claims.all(), public_id=key),
    lambda request, _asset, row: services.remove_claim(claim=row, by=request.user),  # type: ignore[arg-type]
    _("Taken out."),
    MAKE,
)
check_claim = _of_asset(
    lambda asset, key: get_object_or_404(asset.claims.all(), public_id=key),
    lambda request, _asset, row: services.check_claim(claim=row, by=request.user),  # type: ignore[arg-type]
    _("Checked. Thank you."),
    "references.check_claims",
)


def _cost(asset: Asset, key: str) -> object:
    found = next((one for one in selectors.costs_of(asset) if one.public_id == key), None)
    if found is None:
        raise Http404
    return found


drop_cost = _of_asset(
    _cost,
    lambda request, asset, row: services.drop_cost(asset=asset, commitment=row, by=request.user),  # type: ignore[arg-type]
    _("Let go. The money is free again."),
    MAKE,
)


@require_POST
@login_required
def put_back(request: MemberRequest, public_id: str) -> HttpResponse:
    """Let a place stand after all, because consent is there again."""
    row = get_object_or_404(selectors.placements_visible_to(request.user), public_id=public_id)
    if not request.user.has_perm("references.place_content"):
        raise PermissionDenied
    press(request, lambda: services.put_back(placement=row, by=request.user), _t("It stands."))
    return redirect(f"{row.asset.get_absolute_url()}#places")
