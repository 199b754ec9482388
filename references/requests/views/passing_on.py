"""Passing a request on to a colleague who can help better."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.requests import selectors, services
from references.requests.enums import RequestState
from references.requests.forms import PassOnForm
from references.requests.models import ReferenceRequest
from refprogram.kernel.forms import FormPage
from refprogram.people.selectors import colleagues


class PassOn(FormPage):
    """`/requests/<id>/pass-on/`"""

    form_class = PassOnForm
    title = gettext_lazy("Pass it on to a colleague")
    verb = gettext_lazy("Pass it on")
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Open to the program while the request is new."""
        if request.user.is_authenticated:
            row = self.row
            if not request.user.has_perm("references.handle_requests"):
                raise PermissionDenied
            if row.state != RequestState.SUBMITTED:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> ReferenceRequest:
        """The request."""
        rows = selectors.visible_to(self.request.user).select_related("activity", "requester")
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Go back to the request."""
        return self.row.get_absolute_url()

    def build(self, data: Any = None, files: Any = None) -> Any:
        """Offer everybody who works here, but whoever asked."""
        form: Any = super().build(data, files)
        form.fields["colleague"].queryset = colleagues().exclude(pk=self.row.requester_id)
        form.fields["colleague"].label_from_instance = lambda user: user.name
        form.fields["due_on"].widget.attrs["min"] = timezone.localdate().isoformat()
        form.initial.setdefault("due_on", selectors.usual_day(None))
        return form

    def save(self, form: Any) -> str:
        """Pass it on."""
        row = services.pass_on(request=self.row, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Passed on. Both are told."))
        return row.get_absolute_url()
