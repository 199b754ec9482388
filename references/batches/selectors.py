"""Reading batches; `visible_to` comes first."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from references.accounts.rules import OVERVIEW
from references.batches import policy
from references.requests.enums import BatchState, NameState
from references.requests.models import BatchName, ReferenceRequest, RequestBatch
from references.requests.selectors.ranking import Match, best
from refprogram.kernel.labels import Label
from refprogram.people.enums import Role
from refprogram.people.models import User


def visible_to(user: User) -> QuerySet[RequestBatch]:
    """Batches that a user may see: overview roles all, others those they asked for."""
    rows = RequestBatch.objects.all()
    if user.role == Role.JUDGE:
        return rows.none()
    return rows if user.role in OVERVIEW else rows.filter(requester=user.pk)


def with_counts(rows: QuerySet[RequestBatch]) -> QuerySet[RequestBatch]:
    """Add how many were asked and how many said yes."""
    return rows.select_related("requester__person", "activity").annotate(
        asked=Count("names", filter=Q(names__state__in=(NameState.ASKED, NameState.ALLOWED, NameState.REFUSED))),
        allowed=Count("names", filter=Q(names__state=NameState.ALLOWED)),
    )


def for_page(user: User) -> QuerySet[RequestBatch]:
    """The batches with what their page shows."""
    return visible_to(user).select_related("requester__person", "activity", "opportunity__account__region")


def names_of(batch: RequestBatch) -> list[BatchName]:
    """Return the names of a batch, in the order they were put down; who was left out comes last."""
    rows = batch.names.select_related("account__region", "contact__person", "ask").order_by("pk")
    found = list(rows)
    return sorted(found, key=lambda name: name.state == NameState.DROPPED)


def names_visible_to(user: User) -> QuerySet[BatchName]:
    """The names in batches that a user may see."""
    return BatchName.objects.filter(batch__in=visible_to(user)).select_related(
        "batch__requester__person", "batch__activity", "batch__opportunity__account__region", "account",
        "contact__person",
    )  # fmt: skip


def for_link() -> QuerySet[BatchName]:
    """Names with what the page behind a signed link shows. The link itself is the permission."""
    return BatchName.objects.select_related(
        "batch__requester__person", "batch__activity", "batch__opportunity__account__region", "account",
        "contact__person",
    )  # fmt: skip


def need_of(batch: RequestBatch) -> ReferenceRequest:
    """Return the batch as a need, so that matching can rank for it. It is never saved."""
    return ReferenceRequest(
        activity=batch.activity, opportunity=batch.opportunity, needed_by=batch.needed_by, purpose=batch.name
    )


def matches(batch: RequestBatch, limit: int = policy.MATCHES) -> list[Match]:
    """Return the best customers who are not in the batch already."""
    inside = set(batch.names.exclude(state=NameState.DROPPED).values_list("account", flat=True))
    found = best(need_of(batch), limit + len(inside))
    return [match for match in found if match.account.pk not in inside][:limit]


def kept_for(account_ids: Iterable[int], on: Any, *, but: int | None = None) -> dict[int, RequestBatch]:
    """Return the accounts that another batch keeps for itself on a day, with that batch. One query."""
    rows = BatchName.objects.filter(
        account__in=list(account_ids),
        state__in=(NameState.ASKED, NameState.ALLOWED),
        batch__state__in=(BatchState.COLLECTING, BatchState.HANDED_OVER),
        batch__exclusive_from__lte=on,
        batch__exclusive_until__gte=on,
    )
    if but is not None:
        rows = rows.exclude(batch=but)
    return {row.account_id: row.batch for row in rows.select_related("batch").order_by("-batch__exclusive_until")}


def under_embargo(account_ids: Iterable[int], on: Any, *, but: int | None = None) -> dict[int, RequestBatch]:
    """Return the accounts whose name another batch keeps back until a later day. One query."""
    rows = BatchName.objects.filter(
        account__in=list(account_ids), state=NameState.ALLOWED, batch__embargo_until__gt=on
    ).exclude(batch__state=BatchState.CLOSED)
    if but is not None:
        rows = rows.exclude(batch=but)
    return {row.account_id: row.batch for row in rows.select_related("batch").order_by("batch__embargo_until")}


def batch_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return what batches are called, with their address where the viewer may open them."""
    rows = list(RequestBatch.objects.filter(pk__in=list(ids)))
    seen = set(visible_to(viewer).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return {row.pk: Label(row.name, row.get_absolute_url() if row.pk in seen else "") for row in rows}


def name_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return what a name in a batch is called: by the batch."""
    rows = list(BatchName.objects.filter(pk__in=list(ids)).select_related("batch"))
    seen = set(visible_to(viewer).filter(pk__in=[row.batch_id for row in rows]).values_list("pk", flat=True))
    return {row.pk: Label(row.batch.name, row.batch.get_absolute_url() if row.batch_id in seen else "") for row in rows}
