"""What the catalogue puts on the desk of who runs it: what is to be ordered, failed, was objected to."""

from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.catalogue.enums import DisputeState, RedemptionState
from incentives.catalogue.models import Redemption
from incentives.catalogue.selectors import TO_ORDER
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import PreparedValues
from refprogram.people.models import User

R = RedemptionState


def desk_items(user: User) -> list[DeskItem]:
    """Return a line for each queue that has something in it; one query, for who runs the catalogue."""
    return _queue() if user.has_perm("incentives.run_catalogue") else []


def _counts() -> QuerySet[Redemption, Any]:
    order = Q(state=R.ASKED, gift__state__in=TO_ORDER)
    failed = Q(state=R.FAILED)
    objected = Q(disputes__state=DisputeState.OPEN)
    every: QuerySet[Redemption, Any] = Redemption.objects.filter(order | failed | objected).order_by()
    return every.annotate(every=Value(0)).values("every").annotate(
        objected=Count("pk", filter=objected), objected_since=Min("disputes__created_at", filter=objected),
        failed=Count("pk", filter=failed), failed_since=Min("updated_at", filter=failed),
        to_order=Count("pk", filter=order), order_since=Min("updated_at", filter=order),
    ).values_list("objected", "objected_since", "failed", "failed_since", "to_order", "order_since")  # fmt: skip


_COUNTS = PreparedValues(_counts)


def _queue() -> list[DeskItem]:
    objected, objected_since, failed, failed_since, to_order, order_since = next(iter(_COUNTS()), (0, None) * 3)
    lines = (
        ("objected", objected, objected_since,
         ngettext("%(n)d objection to a reward", "%(n)d objections to rewards", objected), _("Answer"), "stop", 3),
        ("failed", failed, failed_since,
         ngettext("%(n)d order of a reward failed", "%(n)d orders of rewards failed", failed), _("Try again"), "stop",
         4),
        ("order", to_order, order_since,
         ngettext("%(n)d reward to order", "%(n)d rewards to order", to_order), _("Order"), "ok", 6),
    )  # fmt: skip
    return [
        DeskItem(
            title=text % {"n": number},
            detail=_("Rewards that colleagues and customers chose"),
            tone=tone,
            icon="gift",
            actions=(DeskAction(verb, f"{reverse('incentives:reward-queue')}?view={name}", primary=True),),
            since=since,
            urgency=urgency,
        )
        for name, number, since, text, verb, tone, urgency in lines
        if number
    ]
