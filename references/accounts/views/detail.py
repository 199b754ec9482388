"""An account's page, its parts that come later, and a contact's page."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import fatigue, policy, selectors, shown
from references.accounts.enums import POOL, Membership
from references.accounts.models import Account
from references.accounts.story import KINDS
from references.accounts.tables import OpportunityTable
from references.accounts.views.base import following_merges
from refprogram.governance.fulfilment.selectors import given_to
from refprogram.governance.fulfilment.states import pill_of as gift_pill
from refprogram.kernel import timeline
from refprogram.kernel.addresses import address, row_url
from refprogram.kernel.custom_fields import shown as added

ABILITIES = (
    "change_account", "change_contacts", "invite_contact", "record_consent", "freeze_account", "see_freeze",
    "see_scores", "pause_account", "move_membership", "confirm_account", "ask_still_true", "see_evidence",
    "give_verify_link",
)  # fmt: skip
GIFTS = 5
MAY_BE_NOMINATED = (Membership.IDENTIFIED, Membership.NOT_NOW, Membership.RETIRED)


def abilities(request: HttpRequest, account: Account) -> dict[str, bool]:
    """Return what the reader may do here; buttons are drawn by this. No query."""
    return {name: request.user.has_perm(f"references.{name}", account) for name in ABILITIES}


@login_required
@following_merges
def account(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show an account: who they are, who speaks for them, whether they may be asked, and what happened."""
    user: Any = request.user
    found = selectors.DETAIL.or_404(user, public_id=public_id)
    may = abilities(request, found)
    deals = selectors.opportunities_of(found, user)
    availability = selectors.availability_of(found, with_kinds=may["see_freeze"])
    context = {
        "account": found,
        "may": may,
        "add_url": row_url("references:contact-add", public_id) if may["change_contacts"] else "",
        "facts": shown.head_facts(found),
        "rail": [
            *shown.rail_facts(found),
            *added.facts("account", found.pk),
            *(shown.last_scores(found) if may["see_scores"] else []),
        ],
        "people": shown.people(selectors.contacts_of(found), selectors.activity_types()),
        "availability": availability,
        "may_request": availability.state in selectors.MAY_BE_ASKED,
        "may_nominate": found.state in MAY_BE_NOMINATED,
        "freezes": list(selectors.open_freezes().filter(account=found)) if found.frozen else [],
        "freeze_kinds": shown.FREEZE_KINDS,
        "tired": found.fatigue_key is not None or found.state in POOL,
        "fatigue": fatigue.index(found.fatigue_key, timezone.now()),
        "half_life": policy.now().half_life.days,
        "limited_from": policy.now().limited_from,
        "deals": OpportunityTable.render(deals, columns=shown.deal_columns()) if deals else "",
        "panels": [row_url(name, public_id) for name in settings.ACCOUNT_PANELS],
        "crumbs": [(_("Accounts"), address("references:accounts")), (found.name, "")],
    }
    return render(request, "references/accounts/account.html", context)


@login_required
def account_timeline(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return what happened to an account, a page at a time, only what the reader may see."""
    user: Any = request.user
    found = get_object_or_404(selectors.visible_to(user), public_id=public_id)
    kind = request.GET.get("kind", "") if request.GET.get("kind") in KINDS else ""
    events, older = selectors.timeline_of(found, before=request.GET.get("before", ""), kind=kind)
    here = row_url("references:account-timeline", public_id)
    context = {
        "entries": timeline.entries(events, user),
        "more_url": f"{here}?{urlencode({'before': older} | ({'kind': kind} if kind else {}))}" if older else "",
        "only_items": "before" in request.GET,
        "here": here,
        "kind": kind,
        "kinds": [(key, words) for key, (words, _topics) in KINDS.items()],
    }
    return render(request, "references/accounts/timeline.html", context)


@login_required
def account_asks(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the panel of what was asked of an account this year and what is planned."""
    user: Any = request.user
    found = get_object_or_404(selectors.visible_to(user), public_id=public_id)
    asks = selectors.asks_of_year(found)
    return render(request, "references/accounts/asks.html", {"asks": [shown.ask_line(ask) for ask in asks]})


@login_required
@following_merges
def contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a customer's person: what they are willing to do, and every consent in its words."""
    user: Any = request.user
    contacts = selectors.contacts_visible_to(user).select_related("stand_in__person")
    found = get_object_or_404(contacts, public_id=public_id)
    names = {kind.slug: kind.name for kind in selectors.activity_types()}
    may = abilities(request, found.account)
    context = {
        "contact": found,
        "account": found.account,
        "may": may,
        "last_word": selectors.last_word(found) if may["change_contacts"] else "",
        "facts": [
            *shown.contact_facts(found, names),
            *added.facts("contact", found.pk),
            *(shown.last_scores(found) if may["see_scores"] else []),
        ],
        "state": shown.contact_pill(found),
        "consents": shown.consent_lines(
            selectors.consents_of(found), names, reader=user if may["see_evidence"] else None
        ),
        "asks": [shown.ask_line(ask) for ask in selectors.asks_of(found)],
        "panels": [row_url(name, public_id) for name in settings.CONTACT_PANELS],
        "may_thank": user.has_perm("governance.give"),
        "may_erase": user.has_perm("people.erase"),
        "gifts": [(gift, gift_pill(gift)) for gift in given_to(found.person_id, user)[:GIFTS]],
        "crumbs": [
            (_("Accounts"), address("references:accounts")),
            (found.account.name, found.account.get_absolute_url()),
            (found.person.name, ""),
        ],
    }
    return render(request, "references/accounts/contact.html", context)
