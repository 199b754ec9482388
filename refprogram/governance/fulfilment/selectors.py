"""Reading gifts: who sees which, what is to do, what a receiver was given."""

from collections.abc import Iterable

from django.db.models import DateField, Q, QuerySet, TextField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Among, Given, Prepared
from refprogram.kernel.stream import Subject
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

S = FulfilmentState
_PEOPLE = ("receiver", "requested_by__person", "fund__owner__person", "line", "commitment", "approval", "proof")


def visible_to(user: User) -> QuerySet[Fulfilment]:
    """Return the gifts this user may read: all, those one asked for, or none."""
    if user.has_perm("governance.view_all_fulfilments"):
        return Fulfilment.objects.all()
    if user.has_perm("governance.view_fulfilments"):
        return Fulfilment.objects.filter(requested_by=user.pk)
    return Fulfilment.objects.none()


def with_people(rows: QuerySet[Fulfilment]) -> QuerySet[Fulfilment]:
    """Add all that a gift's page names."""
    return rows.select_related(*_PEOPLE, "replaces", "replaced_by")


# The gift of this public id, if the viewer may read it, with what its page names.
FOR_PAGE = PreparedFor(lambda viewer: with_people(visible_to(viewer)).filter(public_id=Given("public_id", TextField())))


def by_id(pk: int) -> Fulfilment:
    """Return a gift by its key, whoever asks."""
    return Fulfilment.objects.select_related(*_PEOPLE).get(pk=pk)


def given_to(person_id: int, viewer: User) -> QuerySet[Fulfilment]:
    """Return what a person was given or is to be given, the latest first, as far as the viewer may read it."""
    rows = visible_to(viewer).filter(receiver_id=person_id)
    return rows.select_related("requested_by__person", "approval").order_by("-id")


def of_subject(about: Subject, viewer: User) -> QuerySet[Fulfilment]:
    """Return what was given for something, the latest first, as far as the viewer may read it."""
    return visible_to(viewer).filter(subject_type=about.type, subject_id=about.id).order_by("-id")


def handlers() -> list[User]:
    """Return who looks after gifts."""
    found = User.objects.filter(role=Role.MARKETER, is_active=True)
    return list(found.select_related("person").order_by("pk"))


def files_for(user: User) -> QuerySet[Fulfilment]:
    """Return the keys of the gifts whose proof this user may read."""
    return visible_to(user).values("pk")  # type: ignore[return-value]


_CALLED = Prepared(
    lambda: Fulfilment.objects.filter(Among("pk", "ids")).only("pk", "item", "public_id", "requested_by_id")
)


def fulfilment_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how gifts are called in sentences: by what is given."""
    rows = _CALLED(ids=list(ids))
    everything = viewer.has_perm("governance.view_all_fulfilments")
    return {
        row.pk: Label(row.item, row.get_absolute_url() if everything or row.requested_by_id == viewer.pk else "")
        for row in rows
    }


def desk_items(user: User) -> list[DeskItem]:
    """Return what waits for who looks after gifts: to be ordered, due today, without a fund. One query."""
    if not user.has_perm("governance.handle_gifts"):
        return []
    waiting = _TO_DO(user)
    order = [row for row in waiting if row.state != S.WAITING_MONEY]
    homeless = [row for row in waiting if row.state == S.WAITING_MONEY]
    items = []
    if order:
        text = ngettext("%(n)d gift to order", "%(n)d gifts to order", len(order)) % {"n": len(order)}
        items.append(_item(order, text, "ok", _("Order them"), "state=ready&state=scheduled"))
    if homeless:
        text = ngettext("%(n)d gift has no fund", "%(n)d gifts have no fund", len(homeless)) % {"n": len(homeless)}
        items.append(_item(homeless, text, "wait", _("Choose a fund"), "state=waiting_money"))
    return items


def _to_do(_viewer: User) -> QuerySet[Fulfilment]:
    due = Q(state=S.READY) | Q(state=S.SCHEDULED, scheduled_on__lte=Given("today", DateField()))
    homeless = Q(state=S.WAITING_MONEY, commitment__isnull=True)
    return Fulfilment.objects.filter(due | homeless).order_by("updated_at")[:50]


_TO_DO = ForDesk(_to_do, lambda: {"today": timezone.localdate()})


def _item(rows: list[Fulfilment], title: str, tone: str, verb: str, query: str) -> DeskItem:
    first = rows[0]
    url = first.get_absolute_url() if len(rows) == 1 else f"{reverse('governance:fulfilments')}?{query}"
    return DeskItem(
        title=title,
        detail=first.item if len(rows) == 1 else _("The oldest: %(item)s") % {"item": first.item},
        tone=tone,
        icon="gift",
        actions=(DeskAction(verb, url, primary=True),),
        since=first.updated_at,
        urgency=6,
    )
