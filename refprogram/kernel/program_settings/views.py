"""`/settings/program/`: the figures of all rooms, one room's form, and the way back to the defaults."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from refprogram.kernel.forms import FormPage
from refprogram.kernel.program_settings import drawn, selectors, services
from refprogram.kernel.program_settings.figures import EDIT, Room
from refprogram.kernel.program_settings.forms import FiguresForm
from refprogram.kernel.program_settings.selectors import Shown


@login_required
@permission_required(EDIT, raise_exception=True)
@require_safe
def program_settings(request: HttpRequest) -> HttpResponse:
    """Show every figure of every room with its value, limits and default."""
    rooms = [(shown, drawn.groups(shown)) for shown in selectors.shown(selectors.visible_to(request.user))]
    return render(request, "kernel/program_settings.html", {"rooms": rooms})


def _room(user: Any, key: str) -> Room:
    for room in selectors.visible_to(user):
        if room.key == key:
            return room
    raise Http404


class ChangeFigures(FormPage):
    """`/settings/program/<room>/`"""

    form_class = FiguresForm
    template_name = "kernel/program_settings_room.html"
    form_template = "kernel/program_settings_room.html#form"
    verb = gettext_lazy("Save the figures")
    cancel_url = reverse_lazy("kernel:program-settings")
    permission = EDIT
    kwargs: dict[str, Any]

    @cached_property
    def room(self) -> Room:
        """The room."""
        return _room(self.request.user, self.kwargs["key"])

    @cached_property
    def shown(self) -> Shown:
        """Its figures as they are."""
        return selectors.shown([self.room])[0]

    def get_title(self) -> str:
        """Return the room's name."""
        return str(self.room.title)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Ask for what the room declares."""
        return {"shown": self.shown}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Group the fields, and say what happened before."""
        groups = [
            (name, [(line, [form[field] for field, _made in _fields(line)]) for line in lines])
            for name, lines in self.shown.groups()
        ]
        return {
            "groups": groups,
            "shown": self.shown,
            "history": selectors.history(self.room, self.request.user),
            "recounting": selectors.recounting(self.room).first(),
            "crumbs": [(_("Program settings"), str(self.cancel_url))],
        }

    def save(self, form: Any) -> str:
        """Change what differs."""
        jobs = services.change(
            room=self.room,
            values=form.values(),
            user=self.request.user,
            revision=form.cleaned_data["revision"],
        )
        if jobs:
            messages.success(self.request, _("Saved. What is kept because of these figures is being recounted."))
            return reverse("kernel:job", args=[jobs[0].public_id])
        messages.success(self.request, _("Saved."))
        return self.request.path


def _fields(line: selectors.Line) -> list[tuple[str, Any]]:
    return list(line.figure.kind.fields(line.figure.name, str(line.figure.label)))


@login_required
@permission_required(EDIT, raise_exception=True)
@require_POST
def to_default(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Put one figure back to its default."""
    room = _room(request.user, key)
    if room.figure(name) is None:
        raise Http404
    services.change(room=room, values={name: None}, user=request.user)
    messages.success(request, _("Back to the default."))
    return redirect("kernel:program-settings-room", key)
