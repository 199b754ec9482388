"""Two small verbs of every list page: keep its state as a tab, and delete such a tab.

The lead's `kernel/urls.py` names them `kernel:save-view` (POST) and `kernel:delete-view` (POST, `<public_id>`).
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View

from refprogram.kernel import saved_views
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import SavedView


class SaveViewForm(forms.Form):
    """What the little form beside the tabs sends."""

    page = forms.RegexField(r"^[a-z0-9:_/-]{1,80}$")
    name = forms.CharField(max_length=200, required=False)
    query = forms.CharField(max_length=8000, required=False)
    shared = forms.BooleanField(required=False)
    change = forms.CharField(max_length=12, required=False)


class SaveView(LoginRequiredMixin, View):
    """Save the state of a list page: as a new view, or into the own view `change`."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save, say so, and go back to the list with the view on."""
        form = SaveViewForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("This view could not be saved."))
            return back(request, request.POST.get("query", ""))
        try:
            view = self._save(request.user, form.cleaned_data)
        except DomainError as error:
            messages.error(request, error.message)
            return back(request, form.cleaned_data["query"])
        messages.success(request, _("View “%(name)s” saved.") % {"name": view.name})
        return back(request, f"{view.query}&view={view.public_id}".removeprefix("&"))

    @staticmethod
    def _save(user: Any, sent: dict[str, Any]) -> SavedView:
        state = {"name": sent["name"], "query": sent["query"], "shared": sent["shared"]}
        if not sent["change"]:
            return saved_views.save_view(user=user, page=sent["page"], **state)
        try:
            return saved_views.change_view(user=user, public_id=sent["change"], **state)
        except SavedView.DoesNotExist as error:
            raise Http404 from error


class DeleteView(LoginRequiredMixin, View):
    """Delete one's own view."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Delete, say so, and go back to the list as it stands."""
        try:
            name = saved_views.delete_view(user=request.user, public_id=public_id)
        except SavedView.DoesNotExist as error:
            raise Http404 from error
        messages.success(request, _("View “%(name)s” deleted.") % {"name": name})
        return back(request, saved_views.clean_query(request.POST.get("query", "")))


def back(request: HttpRequest, query: str) -> HttpResponseRedirect:
    """Return to the list page that sent the form (`next`, a path of this site only), in the state `query`."""
    path = request.POST.get("next", "").partition("?")[0]
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        path = "/"
    return HttpResponseRedirect(f"{path}?{query}" if query else path)
