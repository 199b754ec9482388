"""The pages of newsletters."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from incentives.newsletters import blocks, drafting, selectors, sending, services
from incentives.newsletters.enums import OUT, IssueState
from incentives.newsletters.forms import IssueForm, NewIssueForm
from incentives.newsletters.models import Newsletter
from incentives.newsletters.tables import TONES, NewsletterTable
from refprogram.kernel.filters import ChoiceFilter, FilterSet
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.kernel.stale import revision_of
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button
from refprogram.people.enums import Role
from refprogram.people.gates import permission_required

ADD = Action(gettext_lazy("Draft a newsletter"), reverse_lazy("incentives:new-newsletter"), "plus", services.RUN)


class NewsletterFilter(FilterSet):
    """What narrows newsletters."""

    state = ChoiceFilter(label=gettext_lazy("State"), choices=IssueState.choices)


class NewsletterList(ListPage):
    """`/newsletters/`"""

    page = "incentives:newsletters"
    title = gettext_lazy("Newsletters")
    table_class = NewsletterTable
    filterset_class = NewsletterFilter
    search_fields = ("title",)
    default_sort = "-sent"
    views = (View("sent", gettext_lazy("Sent"), "state=sent"), View("drafts", gettext_lazy("Drafts"), "state=draft"))
    primary_action = ADD
    empty = Empty(gettext_lazy("Issues that tell of wins, stories and thanks stand here."), ADD)
    permission = "incentives.view_rewards"

    def get_queryset(self) -> QuerySet[Newsletter]:
        """Return the issues that the reader sees."""
        return selectors.with_rates(selectors.visible_to(self.request.user))


def _issue(request: MemberRequest, public_id: str) -> Newsletter:
    return get_object_or_404(selectors.with_rates(selectors.visible_to(request.user)), public_id=public_id)


@require_GET
@permission_required("incentives.view_rewards")
def newsletter(request: MemberRequest, public_id: str) -> HttpResponse:
    """One issue as its readers see it; for who makes it also what is still to be done, and how many opened it."""
    row = _issue(request, public_id)
    if row.state in OUT:
        sending.opened(newsletter_id=row.pk, person_id=request.user.person_id)
    makes = request.user.has_perm(services.RUN)
    draft = row.state == IssueState.DRAFT
    shown: dict[str, Any] = {
        "issue": row,
        "blocks": blocks.read(row.body),
        "tone": TONES[IssueState(row.state)],
        "makes": makes,
        "draft": draft,
        "readers": ", ".join(str(Role(role).label) for role in row.roles) or _("every colleague"),
        "in_vain": drafting.in_vain(row.facts, f"{row.title}\n{row.body}") if makes and draft else [],
    }
    return render(request, "incentives/newsletters/issue.html", shown)


class NewIssue(FormPage):
    """`/newsletters/new/`"""

    form_class = NewIssueForm
    title = gettext_lazy("Draft a newsletter")
    facts = gettext_lazy("It begins with the wins, stories and thanks since the last one. Nothing is sent yet.")
    verb = gettext_lazy("Draft it")
    cancel_url = reverse_lazy("incentives:newsletters")
    permission = services.RUN

    def save(self, form: NewIssueForm) -> str:
        """Draft it and open it."""
        return services.draft_issue(actor=self.request.user, **form.cleaned_data).get_absolute_url()


class EditIssue(FormPage):
    """`/newsletters/<id>/edit/`"""

    form_class = IssueForm
    title = gettext_lazy("Edit the newsletter")
    verb = gettext_lazy("Keep and preview")
    permission = services.RUN
    kwargs: dict[str, Any]

    @cached_property
    def issue(self) -> Newsletter:
        """The issue of this address."""
        return _issue(self.request, self.kwargs["public_id"])  # type: ignore[arg-type]

    def get_cancel_url(self) -> str:
        """Back to the issue."""
        return self.issue.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """Begin with what stands."""
        return {name: getattr(self.issue, name) for name in ("title", "body", "roles", "revision")}

    def save(self, form: IssueForm) -> str:
        """Keep it."""
        row = services.change_issue(issue=self.issue, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Kept. This is how it reads; it is not sent yet."))
        return row.get_absolute_url()


send_issue = button(
    _issue,
    lambda request, row: services.send_issue(issue=row, actor=request.user, revision=revision_of(request)),
    gettext_lazy("It is on its way."),
    needs=services.RUN,
)
drop_issue = button(
    _issue,
    lambda request, row: services.drop_issue(issue=row, actor=request.user),
    gettext_lazy("Dropped. Nothing was sent."),
    needs=services.RUN,
)
