"""Pages of tasks: mine, one task, giving one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from refprogram.governance.consequences import forms, selectors, services
from refprogram.governance.consequences.enums import TaskState
from refprogram.governance.consequences.filters import TaskFilter
from refprogram.governance.consequences.models import Task
from refprogram.governance.consequences.states import TASKS
from refprogram.governance.consequences.tables import TaskTable
from refprogram.kernel import timeline
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest

GIVE = Action(_("Give a task"), reverse_lazy("governance:task-new"), "plus", "governance.give_tasks")


class TaskList(ListPage):
    """Tasks of the reader, and those they gave."""

    page = "governance:tasks"
    title = _("Tasks")
    table_class = TaskTable
    filterset_class = TaskFilter
    default_sort = "due"
    permission = "governance.see_tasks"
    primary_action = GIVE
    views = (
        View("mine", _("Mine, to do"), "mine=yes&state=open&sort=due"),
        View("given", _("Given by me"), "given=yes"),
        View("late", _("Late"), "late=yes&sort=due"),
        View("done", _("Done"), "state=done"),
    )
    empty = Empty(
        _("What you were asked to do is here, and on your desk until it is done."), title=_("No tasks"), icon="check"
    )

    def get_queryset(self) -> QuerySet[Task]:
        """Return what the reader may see."""
        return selectors.tasks_for(self.request.user)

    def search(self, queryset: QuerySet[Task], words: list[str]) -> QuerySet[Task]:
        """Find by title or assignee."""
        return selectors.search_tasks(queryset, words)


def found_task(request: HttpRequest, public_id: str) -> Task:
    """Return the task, if the reader may see it."""
    rows = selectors.task_in_full(selectors.tasks_for(request.user))  # type: ignore[arg-type]
    task: Task = get_object_or_404(rows, public_id=public_id)
    return task


@require_GET
@login_required
def task_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """One task: what, about what, until when; finishing it."""
    task = found_task(request, public_id)
    events = timeline.of_subject("task", task.pk)[: timeline.PAGE]
    is_open = task.state == TaskState.OPEN
    context = {
        "task": task,
        "pill": TASKS[TaskState(task.state)],
        "entries": timeline.entries(events, request.user),
        "may_finish": is_open and request.user.has_perm("governance.finish_task", task),
        "may_cancel": is_open and request.user.has_perm("governance.cancel_task", task),
    }
    return render(request, "governance/consequences/task.html", context)


class GiveTask(FormPage):
    """Give a colleague something to do."""

    form_class = forms.TaskForm
    title = _("Give a task")
    verb = _("Give the task")
    cancel_url = reverse_lazy("governance:tasks")
    permission = "governance.give_tasks"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whom the reader may give one."""
        return {"user": self.request.user}

    def save(self, form: forms.TaskForm) -> str:
        """Give it."""
        task = services.give_task(given_by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("It is on their desk."))
        return task.get_absolute_url()


@require_POST
@login_required
def finish(request: MemberRequest, public_id: str) -> HttpResponse:
    """Say that it is done."""
    task = found_task(request, public_id)
    if not request.user.has_perm("governance.finish_task", task):
        raise PermissionDenied
    try:
        services.finish_task(task=task, by=request.user, note=request.POST.get("note", ""))
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _t("Done. Well done."))
    return redirect(task.get_absolute_url())


@require_POST
@login_required
def cancel(request: MemberRequest, public_id: str) -> HttpResponse:
    """Call it off."""
    task = found_task(request, public_id)
    if not request.user.has_perm("governance.cancel_task", task):
        raise PermissionDenied
    try:
        services.cancel_task(task=task, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _t("Called off."))
    return redirect(task.get_absolute_url())
