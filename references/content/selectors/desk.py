"""What this room puts on a desk: drafts that a customer answered, and what has to come down."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, DateField, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from references.accounts import clock
from references.accounts.rules import PROGRAM_PEOPLE
from references.content.enums import AssetState, PlacementState
from references.content.models import CustomerReview, Placement
from references.content.selectors.assets import overdue_q
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given, PreparedValues
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

LINES = 5
CONCERNED = frozenset({*PROGRAM_PEOPLE, Role.LEGAL})


def desk_items(user: User) -> list[DeskItem]:
    """Return what needs this colleague: at most two queries, none for roles that make nothing."""
    if user.role not in CONCERNED:
        return []
    answers = _answered(user) if user.role in PROGRAM_PEOPLE else []
    return [*answers, *_takedowns()]


def _reviews(viewer: User) -> QuerySet[CustomerReview]:
    rows = CustomerReview.objects.filter(
        Q(asset__owner=viewer.pk) | Q(asked_by=viewer.pk),
        asset__state=AssetState.CUSTOMER_REVIEW,
        answered_at__isnull=False,
    )
    return rows.select_related("asset__account", "contact__person").order_by("answered_at")[:LINES]


def _to_take_down() -> QuerySet[Placement, Any]:
    rows = Placement.objects.filter(state=PlacementState.TAKEDOWN).order_by().values("state")
    late = Count("pk", filter=overdue_q(Given("today", DateField())))
    return rows.annotate(n=Count("pk"), late=late).values_list("n", "late")


_ANSWERED, _TAKEDOWNS = ForDesk(_reviews), PreparedValues(_to_take_down)


def _answered(user: User) -> Iterable[DeskItem]:
    """Drafts with the customer's answer, which wait for the next step. One query."""
    for review in _ANSWERED(user):
        yield DeskItem(
            title=_("%(name)s answered: %(title)s") % {
                "name": review.contact.person.name, "title": review.asset.title
            },
            detail=str(review.get_answer_display()).capitalize(),
            tone="info",
            icon="chat",
            actions=(DeskAction(_("Read and go on"), review.asset.get_absolute_url(), primary=True),),
            since=review.answered_at or review.created_at,
            urgency=3,
        )  # fmt: skip


def _takedowns() -> Iterable[DeskItem]:
    """What has to come down, as one line; late ones are urgent. One query."""
    for number, late in _TAKEDOWNS(today=clock.today()):
        yield DeskItem(
            title=ngettext("%(n)d place has to come down", "%(n)d places have to come down", number) % {"n": number},
            detail=ngettext("%(n)d is late", "%(n)d are late", late) % {"n": late} if late else _("None is late yet"),
            tone="stop" if late else "wait",
            icon="shield",
            actions=(DeskAction(_("See where"), f"{reverse('references:placements')}?view=takedown", primary=True),),
            since=timezone.now(),
            urgency=2 if late else 5,
        )
