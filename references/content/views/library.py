"""The library: what may be shown, found by words and facets; one story as colleagues read it; synonyms."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from references.consents.enums import Channel, UseAudience
from references.consents.gate import can_use
from references.consents.selectors import territory_choices
from references.content import forms, markdown, names, policy, selectors, services
from references.content.enums import AssetKind
from references.content.models import Asset, SynonymGroup
from references.content.selectors.boards import views_of
from refprogram.kernel.files.addresses import address
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

MOST_PER_FACET = 20


def facet_words() -> dict[str, str]:
    """Return what the facets are called."""
    return {
        "kind": _("Kind"),
        "industry": _("Industry"),
        "region": _("Region"),
        "product": _("Product"),
        "use_case": _("Use case"),
        "state": _("State"),
    }


@require_GET
@permission_required("references.see_library")
def library(request: MemberRequest) -> HttpResponse:
    """`/library/`: search as you type, facets with counts, only what consent allows here and now."""
    user = request.user
    territory = request.GET.get("territory", selectors.home_of(user)).replace("\x00", "")[:80]
    wanted = selectors.Wanted(
        words=request.GET.get("q", "").replace("\x00", "")[:200],
        facets={name: _values(request, name) for name in selectors.FACETS},
    )
    start = request.GET.get("from", "")
    begin = int(start) if start.isdecimal() and len(start) < 6 else 0
    found = selectors.library(user, wanted, territory=territory, start=begin)
    words = facet_words()
    names.for_colleagues([asset.account for asset in found.assets], user)
    ticked, htmx = _ticked(request), bool(request.htmx and not request.htmx.boosted)
    context = {
        "found": found,
        "q": wanted.words,
        "cards": [_card(asset) for asset in found.assets],
        "facets": [(name, words[name], found.facets[name]) for name in selectors.FACETS if found.facets[name]],
        "on": [(name, value) for name, values in wanted.facets.items() for value in values],
        "advice": [(words[name], n, _without(request, name)) for name, n in found.advice],
        "territory": territory,
        "territories": territory_choices(),
        "more_url": _more(request, begin) if found.more else "",
        "may_share": user.has_perm("references.share_content"),
        "may_edit_synonyms": user.has_perm("references.edit_synonyms"),
        "ticked": ticked,
        "kept": _kept(request, ticked, found.assets),
        "with_basket": htmx,
    }
    template = "references/content/library.html#found" if htmx else "references/content/library.html"
    return render(request, template, context)


def _ticked(request: MemberRequest) -> list[str]:
    """Return the stories that are ticked for a share page: they stay so while others are looked for."""
    return list(dict.fromkeys(_values(request, "asset")))


def _kept(request: MemberRequest, ticked: list[str], shown: Iterable[Asset]) -> list[Asset]:
    """Return which of the ticked ones are not among the stories shown now."""
    elsewhere = set(ticked) - {asset.public_id for asset in shown}
    return list(selectors.shareable_ids(request.user, sorted(elsewhere)).order_by("title")) if elsewhere else []


def _values(request: MemberRequest, name: str) -> list[str]:
    return [one for one in request.GET.getlist(name) if one and "\x00" not in one][:MOST_PER_FACET]


def _card(asset: Any) -> dict[str, Any]:
    return {
        "asset": asset,
        "kind": AssetKind(asset.kind).label,
        "customer": asset.account.name,
        "shareable": asset.shareable,
        "address": reverse("references:library-asset", args=[asset.public_id]),
    }


def _without(request: MemberRequest, name: str) -> str:
    query = request.GET.copy()
    query.pop(name, None)
    query.pop("from", None)
    return f"{request.path}?{query.urlencode()}"


def _more(request: MemberRequest, begin: int) -> str:
    """Return the address of the next stories; what is ticked comes from the page, for it may be another by then."""
    query = request.GET.copy()
    query.pop("asset", None)
    query["from"] = str(begin + policy.LIBRARY_PAGE)
    return f"{request.path}?{query.urlencode()}"


@require_GET
@login_required
def library_asset(request: MemberRequest, public_id: str) -> HttpResponse:
    """`/library/<id>/`: a story as colleagues may read it: its allowed parts, and the whole where all of it is."""
    territory = selectors.home_of(request.user)
    rows = selectors.with_people(selectors.readable_by(request.user, territory=territory))
    row = get_object_or_404(rows.prefetch_related("products"), public_id=public_id)
    use: dict[str, Any] = {"channel": Channel.SHARE, "audience": UseAudience.INTERNAL, "territory": territory}
    parts = list(selectors.allowed_parts(row, **use))
    views = views_of(parts).get(row.pk, [])
    for view in views:
        view.part.file_url = address(view.file, viewer=request.user) if view.file else ""  # type: ignore[attr-defined]
    whole = can_use(row, **use)
    newest = row.versions.first() if whole.ok else None
    prospects = can_use(row, channel=Channel.SHARE, audience=UseAudience.PROSPECTS, territory=territory)
    may_see_making = request.user.has_perm("references.see_making", row)
    names.for_colleagues([row.account], request.user)
    context = {
        "asset": row,
        "customer": row.account.name,
        "parts": views,
        "story": markdown.render(newest.body) if newest else "",
        "prospects": prospects,
        "may_share": request.user.has_perm("references.share_content"),
        "may_see_making": may_see_making,
        "crumbs": [(_("Library"), reverse("references:library")), (row.title, "")],
    }
    return render(request, "references/content/library_asset.html", context)


@require_GET
@permission_required("references.edit_synonyms")
def synonyms(request: MemberRequest) -> HttpResponse:
    """`/library/synonyms/`: the words that mean the same."""
    return render(
        request,
        "references/content/synonyms.html",
        {
            "groups": list(selectors.synonym_groups()),
            "crumbs": [(_("Library"), reverse("references:library")), (_("Words that mean the same"), "")],
        },
    )


class NewSynonyms(FormPage):
    """`/library/synonyms/new/`."""

    form_class = forms.SynonymForm
    title = gettext_lazy("Words that mean the same")
    cancel_url = reverse_lazy("references:synonyms")
    permission = "references.edit_synonyms"

    def save(self, form: Any) -> str:
        """Keep them."""
        services.save_synonyms(**form.cleaned_data)
        return reverse("references:synonyms")


class EditSynonyms(NewSynonyms):
    """`/library/synonyms/<id>/`."""

    kwargs: dict[str, Any]

    @cached_property
    def group(self) -> SynonymGroup:
        """The group of this address."""
        return get_object_or_404(selectors.synonym_groups(), public_id=self.kwargs["public_id"])

    def get_initial(self) -> dict[str, Any]:
        """Return the words as they are."""
        return {"words": ", ".join(self.group.words)}

    def save(self, form: Any) -> str:
        """Keep them."""
        services.save_synonyms(group=self.group, **form.cleaned_data)
        return reverse("references:synonyms")


@require_POST
@permission_required("references.edit_synonyms")
def remove_synonyms(request: MemberRequest, public_id: str) -> HttpResponse:
    """Let a group of words go."""
    services.remove_synonyms(group=get_object_or_404(selectors.synonym_groups(), public_id=public_id))
    messages.success(request, _("Gone."))
    return redirect("references:synonyms")
