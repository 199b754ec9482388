"""The plan of a contest, and who does what."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards.contests import forms, selectors, services, shown
from awards.contests.doors import ContestForm, contest_or_404
from awards.contests.models import Contest, PlanItem
from awards.contests.tabs import head_of
from references.accounts import clock
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

PLAN = "awards:contest-plan"
WORK = "awards.work_on_contest"


@permission_required("awards.see_contests")
@require_safe
def plan_page(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the ten steps with their lines, warnings, and who does what."""
    contest = contest_or_404(request, slug, WORK)
    may = request.user.has_perm("awards.run_contest", contest)
    items = selectors.plan_of(contest)
    context = {
        **head_of(contest, request.user, PLAN),
        "may": may,
        "steps": shown.steps_of_plan(items, request.user, clock.today(), may=may),
        "done": sum(item.done_at is not None for item in items),
        "total": len(items),
        "warnings": shown.warnings_of(contest, items, clock.today()),
        "team": shown.team_of(selectors.members_of(contest)),
        "owner": contest.owner,
    }
    return render(request, "awards/contests/plan.html", context)


def _item(contest: Contest, public_id: str) -> PlanItem:
    return get_object_or_404(contest.plan.select_related("contest", "owner"), public_id=public_id)


class NewItem(ContestForm):
    """`/contests/<slug>/plan/new/`."""

    form_class = forms.ItemForm
    title = gettext_lazy("Add a line to the plan")
    verb = gettext_lazy("Add it")
    back = PLAN

    def get_initial(self) -> dict[str, Any]:
        """Begin with the step whose button it was."""
        return {"step": self.request.GET.get("step", "")}

    def save(self, form: forms.ItemForm) -> str:
        """Add it."""
        services.add_item(self.contest, by=self.request.user, **form.cleaned_data)
        return self.get_cancel_url()


class EditItem(ContestForm):
    """`/contests/<slug>/plan/<id>/`."""

    form_class = forms.ItemForm
    title = gettext_lazy("Change a line of the plan")
    back = PLAN

    @cached_property
    def item(self) -> PlanItem:
        """The line."""
        return _item(self.contest, self.kwargs["public_id"])

    def may_open(self) -> None:
        """Refuse who may not, and lines of other contests."""
        self.item  # noqa: B018 looking it up is the check

    def get_initial(self) -> dict[str, Any]:
        """Return the line as it is."""
        item = self.item
        owner = item.owner.public_id if item.owner else ""
        return {"name": item.name, "step": item.step, "due_on": item.due_on, "owner": owner, "note": item.note}

    def save(self, form: forms.ItemForm) -> str:
        """Change it."""
        services.change_item(self.item, by=self.request.user, **form.cleaned_data)
        return self.get_cancel_url()


@permission_required("awards.see_contests")
@require_POST
def plan_verb(request: MemberRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    """Tick a line off or open it again (also who owns it), or take it out."""
    contest = contest_or_404(request, slug, WORK)
    item, user = _item(contest, public_id), request.user
    mine = item.owner_id == user.pk and verb != "remove"
    if not mine:
        contest_or_404(request, slug, "awards.run_contest")
    acts = {
        "done": lambda: services.finish_item(item, by=user),
        "undo": lambda: services.reopen_item(item, by=user),
        "remove": lambda: services.remove_item(item, by=user),
    }
    said = {"done": _("Done."), "undo": _("Open again."), "remove": _("Taken out of the plan.")}
    if verb not in acts:
        raise Http404
    press(request, acts[verb], said[verb])
    return redirect(PLAN, slug)


class NewMember(ContestForm):
    """`/contests/<slug>/team/new/`."""

    form_class = forms.MemberForm
    title = gettext_lazy("Give somebody a part")
    facts = gettext_lazy("Open lines of the plan that belong to the part become theirs.")
    verb = gettext_lazy("Give the part")
    back = PLAN

    def save(self, form: forms.MemberForm) -> str:
        """Add them."""
        services.add_member(self.contest, by=self.request.user, **form.cleaned_data)
        return self.get_cancel_url()


@permission_required("awards.see_contests")
@require_POST
def member_remove(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take a part away."""
    contest = contest_or_404(request, slug, "awards.run_contest")
    member = get_object_or_404(contest.members.select_related("contest"), pk=pk)
    press(request, lambda: services.remove_member(member, by=request.user), _("Taken away."))
    return redirect(PLAN, slug)
