"""Pages of gifts: the queue, one gift. What people do is in verb_views; what receivers see in link_views."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from refprogram.governance.fulfilment import selectors, services
from refprogram.governance.fulfilment.enums import FULFILMENT_MOVES, FulfilmentState, GiftPolicy
from refprogram.governance.fulfilment.filters import FulfilmentFilter
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.governance.fulfilment.states import pill_of, steps
from refprogram.governance.fulfilment.tables import FulfilmentTable
from refprogram.kernel import timeline
from refprogram.kernel.files.addresses import address
from refprogram.kernel.lists import BulkAction, Empty, ListPage, View
from refprogram.people.auth import MemberRequest

S = FulfilmentState


class FulfilmentList(ListPage):
    """The queue of gifts: what is to order, on its way, to be confirmed."""

    page = "governance:fulfilments"
    title = _("Gifts")
    table_class = FulfilmentTable
    filterset_class = FulfilmentFilter
    search_fields = ("item", "receiver__name", "label", "cause")
    default_sort = "-asked"
    steady = True
    permission = "governance.view_fulfilments"
    views = (
        View("order", _("To order"), "state=ready&state=scheduled&sort=asked"),
        View("money", _("Waiting for money"), "state=waiting_money&sort=asked"),
        View("under-way", _("On their way"), "state=ordered&sort=asked"),
        View("to-confirm", _("To be confirmed"), "state=delivered&sort=delivered"),
        View("back", _("Refused and back"), "state=refused&state=returned"),
        View("tax", _("For the tax office"), "taxable=yes&sort=-delivered"),
    )
    views_with_counts = True
    bulk_actions = (
        BulkAction(
            "order", _("Note as ordered"), icon="check", permission="governance.handle_gifts", short=_("Ordered")
        ),
    )
    empty = Empty(
        _("What is given to people is here, from the wish to the thank-you. Start on a contact’s page."),
        title=_("Nothing was given yet"),
        icon="gift",
    )

    def get_queryset(self) -> QuerySet[Fulfilment]:
        """Return what the reader may see."""
        return selectors.visible_to(self.request.user)

    def bulk_order(self, chosen: QuerySet[Fulfilment]) -> str:
        """Note as ordered whatever of the chosen ones can be."""
        ready = list(chosen.filter(state__in=[S.READY, S.SCHEDULED]))
        for row in ready:
            services.order(fulfilment=row, by=self.request.user)
        return ngettext("%(n)d gift is ordered", "%(n)d gifts are ordered", len(ready)) % {"n": len(ready)}


def found_row(request: MemberRequest, public_id: str) -> Fulfilment:
    """Return the gift, if the reader may see it."""
    return selectors.FOR_PAGE.or_404(request.user, public_id=public_id)


def rule_of(row: Fulfilment) -> GiftRule:
    """Return the rule that a gift was judged by."""
    return GiftRule(GiftPolicy(row.policy), row.ceiling, row.policy_note)


@require_GET
@login_required
def fulfilment(request: MemberRequest, public_id: str) -> HttpResponse:
    """One gift: what, for whom, under which rule, how far, what is next."""
    row = found_row(request, public_id)
    events = timeline.latest_of("fulfilment", row.pk)
    context = {
        "gift": row,
        "pill": pill_of(row),
        "steps": steps(row),
        "rule": rule_of(row),
        "facts": _facts(row),
        "entries": timeline.entries(events, request.user),
        "proof_url": address(row.proof, viewer=request.user) if row.proof and row.proof.ready else "",
        **allowed(request, row),
    }
    return render(request, "governance/fulfilment/gift.html", context)


def _facts(row: Fulfilment) -> list[tuple[str, Any]]:
    return [
        (_t("Order number"), row.order_reference),
        (_t("Proof"), row.proof_note),
        (_t("Why"), row.reason),
        (_t("In place of"), row.replaces.item if row.replaces else ""),
    ]


def allowed(request: MemberRequest, row: Fulfilment) -> dict[str, bool]:
    """Return what this reader may do with a gift as it stands."""
    user, next_ones = request.user, FULFILMENT_MOVES.get(row.state, ())
    handles = user.has_perm("governance.handle_gifts")
    speaks = user.has_perm("governance.speak_for_gift", row)
    paid = row.commitment is not None and row.commitment.spent > 0  # and not come back yet
    return {
        "may_order": handles and S.ORDERED in next_ones and row.state != S.DELIVERED,
        "may_schedule": handles and S.SCHEDULED in next_ones,
        "may_deliver": handles and S.DELIVERED in next_ones,
        "may_choose_fund": handles and row.state == S.WAITING_MONEY,
        "may_acknowledge": speaks and S.ACKNOWLEDGED in next_ones,
        "may_refuse": speaks and S.REFUSED in next_ones,
        "may_cancel_order": handles and S.ORDER_CANCELLED in next_ones,
        "may_cancel": speaks and S.CANCELLED in next_ones,
        "may_return": handles and S.RETURNED in next_ones,
        "may_substitute": handles and S.SUBSTITUTED in next_ones,
        "may_refund": paid and S.REFUNDED in next_ones and user.has_perm("governance.account_for_gifts"),
        "may_tax": user.has_perm("governance.account_for_gifts"),
        "may_see_fund": user.has_perm("governance.view_fund", row.fund),
    }
