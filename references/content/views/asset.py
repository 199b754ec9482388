"""One story: what it is, what it lacks, what it says, where it stands, what it cost and brought."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from references.consents.enums import Channel, UseAudience
from references.consents.gate import judge
from references.content import markdown, selectors, shown
from references.content.enums import AssetState, PartKind, PlacementState
from references.content.models import Asset, AssetPart
from references.content.selectors.boards import PartView, views_of
from references.content.services.drafting import WRITABLE
from refprogram.kernel import timeline
from refprogram.kernel.files.addresses import address
from refprogram.kernel.tables import Pill
from refprogram.kernel.word_diff import changed_words, word_diff
from refprogram.people.auth import MemberRequest


def found_asset(request: MemberRequest, public_id: str) -> Asset:
    """Return the asset, if the reader may see how it is made."""
    return selectors.FOR_PAGE.or_404(request.user, public_id=public_id)


@require_GET
@login_required
def asset(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show a story to whoever may see it being made; others read it in the library."""
    try:
        row = found_asset(request, public_id)
    except Http404:
        readable = selectors.readable_by(request.user, territory=selectors.home_of(request.user))
        if not readable.filter(public_id=public_id).exists():
            raise
        return redirect("references:library-asset", public_id=public_id)
    return render(request, "references/content/asset.html", {**_head(request, row), **_body(request, row)})


def _head(request: MemberRequest, row: Asset) -> dict[str, Any]:
    user = request.user
    makes = user.has_perm("references.make_content")
    usable = row.state in row.shown_states
    ahead = shown.next_steps(row) if makes else []
    forward = next((step for step in ahead if step.forward), None)
    return {
        "asset": row,
        "pill": shown.pill_of(row),
        "steps": shown.steps(row),
        "primary_step": forward,
        "other_steps": [step for step in ahead if step is not forward],
        "retire_fields": {"to": AssetState.RETIRED.value},
        "may_make": makes,
        "may_write": makes and row.state in WRITABLE,
        "may_place": usable and user.has_perm("references.place_content"),
        "may_take_down": user.has_perm("references.take_down"),
        "may_share": usable and user.has_perm("references.share_content"),
        "may_refresh": makes and row.state == AssetState.REFRESH_DUE,
        "may_retire": makes and row.state != AssetState.RETIRED,
        "crumbs": [(_("Content"), reverse("references:assets")), (row.title, "")],
    }


def _body(request: MemberRequest, row: Asset) -> dict[str, Any]:
    versions = selectors.versions_of(row)
    needs, parts = selectors.needs_of(row), selectors.parts_of(row)
    lines, missing = _judged(request, row, parts)
    need_lines = shown.need_lines(needs, missing)
    return {
        "version": versions[0] if versions else None,
        "story": markdown.render(versions[0].body) if versions else "",
        "versions": versions,
        "part_lines": lines,
        "claims": shown.claim_lines(selectors.claims_of(row), request.user),
        "needs": need_lines,
        "releases": shown.releases_to_ask(need_lines),
        "reviews": shown.review_lines(selectors.reviews_of(row)),
        "places": shown.placement_lines(selectors.placements_of(row)),
        "down": PlacementState.DOWN,
    }


def _judged(
    request: MemberRequest, row: Asset, parts: list[AssetPart]
) -> tuple[list[shown.PartLine], set[tuple[int, str]]]:
    """Return the parts with whether prospects may see them, and what no term meets. Two queries and one for files."""
    use: dict[str, Any] = {"channel": Channel.SHARE, "audience": UseAudience.PROSPECTS}
    verdicts = judge([row, *parts], **use)
    missing = {(one.contact_id, one.scope) for verdict in verdicts for one in verdict.missing}
    views = {view.part.pk: view for view in views_of(parts).get(row.pk, [])}
    lines = [
        shown.PartLine(
            view=views.get(part.pk, PartView(part)),
            icon=shown.ICONS[part.kind],  # type: ignore[index]
            word=str(PartKind(part.kind).label),
            pill=Pill(_("May be shown"), "ok") if verdict.ok else Pill(_("Hidden"), "wait"),
            reason=verdict.reason,
        )
        for part, verdict in zip(parts, verdicts[1:], strict=True)
    ]
    for line in lines:
        file = line.view.file
        line.part.file_url = address(file, viewer=request.user) if file is not None else ""  # type: ignore[attr-defined]
    return lines, missing


@require_GET
@login_required
def history(request: MemberRequest, public_id: str) -> HttpResponse:
    """What happened to a story. Fetched after the page."""
    row = found_asset(request, public_id)
    entries = timeline.entries(timeline.latest_of("asset", row.pk), request.user)
    return render(request, "components/timeline.html", {"entries": entries})


@require_GET
@login_required
def money(request: MemberRequest, public_id: str) -> HttpResponse:
    """What a story cost and what it brings. Fetched after the page."""
    row = found_asset(request, public_id)
    costs = selectors.costs_of(row)
    context = {
        "asset": row,
        "may_cost": request.user.has_perms(("references.make_content", "governance.ask_for_money")),
        "costs": costs,
        "cost_total": selectors.total_of(costs),
        "yield": selectors.yield_of(row),
        "boards": selectors.boards_of(row),
    }
    return render(request, "references/content/money.html", context)


@require_GET
@login_required
def version(request: MemberRequest, public_id: str, number: int) -> HttpResponse:
    """Show one version, and what changed since the one before it (or since `?since=`)."""
    row = found_asset(request, public_id)
    versions = {one.number: one for one in selectors.versions_of(row)}
    here = versions.get(number)
    if here is None:
        raise Http404
    since = request.GET.get("since", "")
    before = versions.get(int(since) if since.isdecimal() and len(since) < 6 else number - 1)
    pieces = word_diff(before.body, here.body) if before is not None else []
    context = {
        "asset": row,
        "version": here,
        "before": before,
        "pieces": pieces,
        "changed": changed_words(pieces),
        "story": markdown.render(here.body),
        "versions": sorted(versions.values(), key=lambda one: -one.number),
        "crumbs": [
            (_("Content"), reverse("references:assets")),
            (row.title, row.get_absolute_url()),
            (_("Version %(n)d") % {"n": number}, ""),
        ],
    }
    return render(request, "references/content/version.html", context)
