"""Days away: noting them, with who stands in, and calling them off."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from refprogram.kernel.errors import DomainError
from refprogram.people import forms, leave, selectors, services
from refprogram.people.auth import MemberRequest
from refprogram.people.enums import LeaveKind
from refprogram.people.views.people import Absence


class Away(Absence):
    """Note when a colleague, or oneself, is away."""

    form_class = forms.LeaveForm
    verb = gettext_lazy("Note the days")

    def get_title(self) -> str:
        """Name for whom."""
        if self.person.pk == self.request.user.pk:
            return _("When are you away?")
        return _("When is %(name)s away?") % {"name": self.person.name}

    def save(self, form: Any) -> str:
        """Keep it."""
        data = {**form.cleaned_data, "kind": LeaveKind(form.cleaned_data["kind"])}
        services.set_leave(user=self.person, actor=self.request.user, **data)
        return self.done(_("Noted."))


@login_required
@require_POST
def end_leave(request: MemberRequest, public_id: str) -> HttpResponse:
    """Call days away off."""
    away = leave.leave_by_id(selectors.visible_to(request.user), public_id)
    if away is None:
        raise Http404
    if not request.user.has_perm("people.set_cover", away.user):
        raise PermissionDenied
    try:
        services.end_leave(leave=away, actor=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Called off."))
    return HttpResponseRedirect(away.user.get_absolute_url())
