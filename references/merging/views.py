"""`/merging/`: likely twins, side by side, merged, and taken apart again."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.accounts import selectors as accounts
from references.accounts.models import Account, Contact
from references.merging import added, fields, moving, reconciling, selectors, services
from refprogram.kernel.errors import DomainError
from refprogram.people.gates import permission_required

MERGES_SHOWN = 30
Row = Account | Contact


@permission_required(selectors.PERMISSION)
def merging(request: HttpRequest) -> HttpResponse:
    """Show accounts that are likely one, and what was merged lately."""
    user: Any = request.user
    merges = list(selectors.visible_to(user)[:MERGES_SHOWN])
    names = selectors.names_of(merges)
    lines = [
        (one, names.get((one.noun, one.kept_id), ("", "")), names.get((one.noun, one.merged_id), ("", "")),
         not list(selectors.undo_blockers(one)))
        for one in merges
    ]  # fmt: skip
    context = {"twins": selectors.likely_twins(), "merges": lines}
    return render(request, "references/merging/list.html", context)


@permission_required(selectors.PERMISSION)
def account(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put two accounts side by side, and make one of them."""
    user: Any = request.user
    kept = get_object_or_404(accounts.visible_to(user), public_id=public_id)
    key = request.POST.get("other", "") or request.GET.get("with", "")
    if not key:
        return _choose(request, kept.name, [(one.other, one.why) for one in selectors.twins_of(kept)])
    other = get_object_or_404(accounts.visible_to(user), public_id=key)
    if request.method == "POST":
        return _merge(request, kept, other)
    clashes = reconciling.between_accounts(kept, other)
    return _side_by_side(request, (kept, other), "account", list(selectors.blockers(kept, other)), clashes)


@permission_required(selectors.PERMISSION)
def contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put two people of one account side by side, and make one of them."""
    user: Any = request.user
    kept = get_object_or_404(accounts.contacts_visible_to(user), public_id=public_id)
    key = request.POST.get("other", "") or request.GET.get("with", "")
    people = accounts.contacts_visible_to(user).filter(account=kept.account_id).exclude(pk=kept.pk)
    if not key:
        return _choose(request, kept.person.name, [(one, one.person.email) for one in people[: selectors.SHOWN]])
    other = get_object_or_404(people, public_id=key)
    if request.method == "POST":
        return _merge(request, kept, other)
    return _side_by_side(request, (kept, other), "contact", [], reconciling.between_people(kept, other))


def _choose(request: HttpRequest, name: str, options: list[tuple[Account | Contact, str]]) -> HttpResponse:
    context = {"name": name, "options": options, "all": reverse("references:account-options")}
    return render(request, "references/merging/choose.html", context)


def _side_by_side(
    request: HttpRequest, pair: tuple[Row, Row], noun: str, blockers: list[str], clashes: Iterable[reconciling.Clash]
) -> HttpResponse:
    kept, other = pair
    context = {
        "kept": kept,
        "other": other,
        "swap": f"{reverse(f'references:merge-{noun}', args=[other.public_id])}?with={kept.public_id}",
        "sides": [*fields.sides(kept, other), *added.sides(kept, other)],
        "counts": [*moving.counts(noun, other.pk), *_added(kept, other)],
        "settled": reconciling.sentences(clashes),
        "blockers": blockers,
    }
    return render(request, "references/merging/preview.html", context, status=200)


def _added(kept: Row, other: Row) -> list[tuple[str, int]]:
    n = added.filled(kept, other)
    return [(ngettext("added field", "added fields", n), n)] if n else []


def _merge(request: HttpRequest, kept: Account | Contact, other: Account | Contact) -> HttpResponse:
    user: Any = request.user
    take = request.POST.getlist("take")
    try:
        if isinstance(kept, Account) and isinstance(other, Account):
            services.merge_accounts(kept=kept, merged=other, take=take, actor=user)
        elif isinstance(kept, Contact) and isinstance(other, Contact):
            services.merge_contacts(kept=kept, merged=other, take=take, actor=user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect(request.get_full_path())
    messages.success(request, _("They are one now. You can take them apart again under “Merging”."))
    return redirect(kept.get_absolute_url())


@permission_required(selectors.PERMISSION)
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take two apart again."""
    user: Any = request.user
    merge = get_object_or_404(selectors.visible_to(user), public_id=public_id)
    if request.method == "POST":
        try:
            services.undo_merge(merge=merge, actor=user)
        except DomainError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("They are two again."))
    return redirect("references:merging")
