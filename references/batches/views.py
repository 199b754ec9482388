"""The pages of batches."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy

from references.accounts.models import Account
from references.accounts.selectors import visible_to as accounts_visible_to
from references.batches import naming, output, selectors, services
from references.batches.filters import BatchFilter
from references.batches.forms import BatchForm
from references.batches.tables import NAMES, STATES, BatchTable
from references.profiles.masks import cover
from references.requests.enums import BatchState, NameState
from references.requests.models import BatchName, RequestBatch
from references.requests.selectors import usual_day
from references.requests.words import line_of
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button

LIST = reverse_lazy("references:batches")
MAKE = Action(gettext_lazy("Collect names"), reverse_lazy("references:batch-new"), "plus", "references.make_batch")


class BatchList(ListPage):
    """`/batches/`"""

    page = "references:batches"
    title = gettext_lazy("Batches")
    table_class = BatchTable
    filterset_class = BatchFilter
    search_fields = ("name",)
    default_sort = "-made"
    views = (
        View("open", gettext_lazy("Collecting"), "state=collecting&sort=needed_by"),
        View("over", gettext_lazy("Handed over"), "state=handed_over"),
    )
    primary_action = MAKE
    empty = Empty(
        gettext_lazy("Several references for one tender, report or event: each customer says yes for it alone."), MAKE
    )
    permission = "references.see_batches"

    def get_queryset(self) -> QuerySet[RequestBatch]:
        """Return the batches that the reader may see."""
        return selectors.with_counts(selectors.visible_to(self.request.user))


class MakeBatch(FormPage):
    """`/batches/new/`"""

    form_class = BatchForm
    title = gettext_lazy("Collect names")
    facts = gettext_lazy("The program finds the customers; each is asked for this alone.")
    verb = gettext_lazy("Begin to collect")
    cancel_url = LIST
    permission = "references.make_batch"
    draft = "references:batch-new"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The deals offered are the reader's."""
        return {"user": self.request.user}

    def get_initial(self) -> Mapping[str, Any]:
        """Begin with a sensible day."""
        return {"needed_by": usual_day(None), "wanted": 3}

    def save(self, form: Any) -> str:
        """Begin."""
        return services.make(requester=self.request.user, **form.cleaned_data).get_absolute_url()


class ChangeBatch(FormPage):
    """`/batches/<id>/edit/`"""

    form_class = BatchForm
    title = gettext_lazy("Change the batch")
    verb = gettext_lazy("Keep the changes")
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open to who asked for it, and the program."""
        if request.user.is_authenticated and not request.user.has_perm("references.change_batch", self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> RequestBatch:
        """The batch."""
        return get_object_or_404(selectors.for_page(self.request.user), public_id=self.kwargs["public_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The deals offered are the reader's."""
        return {"user": self.request.user}

    def get_initial(self) -> Mapping[str, Any]:
        """Begin with what stands."""
        deal = self.row.opportunity
        facts = {name: getattr(self.row, name) for name in BatchForm.base_fields}
        return {**facts, "activity": self.row.activity.slug, "opportunity": deal.public_id if deal else None}

    def get_cancel_url(self) -> str:
        """Go back to the batch."""
        return self.row.get_absolute_url()

    def save(self, form: Any) -> str:
        """Keep what changed; a deal that is not the reader's stays."""
        data = dict(form.cleaned_data)
        if data["opportunity"] is None and self.row.opportunity is not None:
            del data["opportunity"]
        if data["activity"] is None:
            del data["activity"]
        return services.change(batch=self.row, actor=self.request.user, **data).get_absolute_url()


@login_required
def batch_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one batch: who may be named, who is asked, who could be next."""
    viewer = request.user
    row = get_object_or_404(selectors.for_page(viewer), public_id=public_id)
    names = selectors.names_of(row)
    covered = cover([name.account for name in names if name.state != NameState.ALLOWED], viewer)
    usable = {one.name.pk: one for one in naming.usable(row, names)}
    embargoes = selectors.under_embargo([name.account_id for name in names], timezone.localdate(), but=row.pk)
    fills = viewer.has_perm("references.fill_batch") and row.state == BatchState.COLLECTING
    context = {
        "batch": row,
        "pill": STATES[BatchState(row.state)],
        "names": [_line(name, usable, embargoes, covered) for name in names],
        "usable": len(usable),
        "fills": fills,
        "runs": viewer.has_perm("references.fill_batch"),
        "changes": viewer.has_perm("references.change_batch", row) and row.state == BatchState.COLLECTING,
    }
    return render(request, "references/batches/page.html", context)


def _line(name: BatchName, usable: Any, embargoes: Any, covered: set[int]) -> dict[str, Any]:
    """One name as the page shows it; whom a reader may not know keeps the person's name too."""
    known = name.account_id not in covered
    return {
        "row": name,
        "known": known,
        "person": name.contact.person if known else None,
        "pill": NAMES[NameState(name.state)],
        "usable": usable.get(name.pk),
        "embargo": embargoes.get(name.account_id),
        "hidden": name.state == NameState.ALLOWED and name.pk not in usable,
    }


@login_required
def batch_matches(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show who could be put down next. It comes after the page."""
    row = get_object_or_404(selectors.for_page(request.user), public_id=public_id)
    if not request.user.has_perm("references.fill_batch"):
        raise PermissionDenied
    found = selectors.matches(row)
    ids = [match.account.pk for match in found]
    kept = {
        **selectors.kept_for(ids, row.needed_by, but=row.pk),
        **selectors.kept_for(ids, timezone.localdate(), but=row.pk),
    }
    embargo = selectors.under_embargo(ids, timezone.localdate(), but=row.pk)
    lines = [
        {"line": line_of(match), "kept": kept.get(match.account.pk), "embargo": embargo.get(match.account.pk)}
        for match in found
    ]
    return render(request, "references/batches/matches.html", {"batch": row, "lines": lines})


# ---------------------------------------------------------------- verbs


def _batch(request: MemberRequest, public_id: str) -> RequestBatch:
    return get_object_or_404(selectors.for_page(request.user), public_id=public_id)


class _Named:
    """A name whose page is its batch's."""

    def __init__(self, name: BatchName) -> None:
        self.name = name

    def get_absolute_url(self) -> str:
        """The batch's page."""
        return self.name.batch.get_absolute_url()


def _name(request: MemberRequest, public_id: str) -> _Named:
    return _Named(get_object_or_404(selectors.names_visible_to(request.user), public_id=public_id))


def _account(request: MemberRequest) -> Account:
    return get_object_or_404(accounts_visible_to(request.user), public_id=request.POST.get("account", ""))


def _ask_all(request: MemberRequest, batch: RequestBatch) -> None:
    for name in selectors.names_of(batch):
        if name.state == NameState.PROPOSED:
            services.ask_name(name=name, actor=request.user)


FILL = "references.fill_batch"
add = button(
    _batch,
    lambda request, row: services.add_name(batch=row, account=_account(request), actor=request.user),
    gettext_lazy("Put down. Nobody is asked yet."),
    needs=FILL,
)
ask_all = button(_batch, _ask_all, gettext_lazy("Everybody who was not asked yet is asked now."), needs=FILL)
ask = button(
    _name, lambda request, one: services.ask_name(name=one.name, actor=request.user), gettext_lazy("Asked."), needs=FILL
)
drop = button(
    _name, lambda request, one: services.drop(name=one.name, actor=request.user), gettext_lazy("Left out."), needs=FILL
)
said_yes = button(
    _name, lambda request, one: services.allow(name=one.name, actor=request.user), gettext_lazy("Noted."), needs=FILL
)
said_no = button(
    _name, lambda request, one: services.refuse(name=one.name, actor=request.user), gettext_lazy("Noted."), needs=FILL
)
hand_over = button(
    _batch,
    lambda request, row: services.hand_over(batch=row, actor=request.user),
    gettext_lazy("Handed over. What these customers gave counts."),
    needs="references.change_batch",
)
reopen = button(
    _batch,
    lambda request, row: services.reopen(batch=row, actor=request.user),
    gettext_lazy("Further names can be collected."),
    needs="references.change_batch",
)
close = button(
    _batch,
    lambda request, row: services.close(batch=row, actor=request.user),
    gettext_lazy("Closed. Who had not answered is needed no more."),
    needs="references.change_batch",
)


# ---------------------------------------------------------------- what is handed over


@login_required
def as_csv(request: MemberRequest, public_id: str) -> HttpResponseBase:
    """Return the names that may be used, as a table."""
    row = get_object_or_404(selectors.for_page(request.user), public_id=public_id)
    response = StreamingHttpResponse(output.csv_text(row), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="references-{row.public_id}.csv"'
    return response


@login_required
def as_docx(request: MemberRequest, public_id: str) -> HttpResponse:
    """Return the names that may be used, in the layout of a tender."""
    row = get_object_or_404(selectors.for_page(request.user), public_id=public_id)
    response = HttpResponse(output.docx_bytes(row), content_type=output.DOCX)
    response["Content-Disposition"] = f'attachment; filename="references-{row.public_id}.docx"'
    return response
