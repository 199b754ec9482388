"""A person's data: taken out, or erased. And how long the program keeps what."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from refprogram.kernel import retention
from refprogram.kernel.forms import FormPage
from refprogram.ops import erasing, forms, selectors
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required
from refprogram.people.models import Person


@permission_required("kernel.view_retention")
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """Show how long the program keeps what, why, and when it last cleared up."""
    crumbs = [(_("How long we keep what"), "")]
    return render(request, "ops/retention.html", {"lines": retention.overview(), "crumbs": crumbs})


class ErasePerson(FormPage):
    """Show what is held about a person, room by room, and erase it once the word is typed."""

    form_class = forms.EraseForm
    facts = gettext_lazy("This cannot be undone. Take the data out first if the person asked for them.")
    verb = gettext_lazy("Erase for good")
    danger = True
    permission = "people.erase"
    template_name = "ops/erase.html"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the person; who may not erase is told so."""
        if request.user.is_authenticated and request.user.has_perm(self.permission):
            self.person  # noqa: B018 - 404 for whom there is not
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self) -> Person:
        """Whose data."""
        rows = selectors.persons_visible_to(self.request.user)
        found: Person = get_object_or_404(rows, public_id=self.kwargs["public_id"])
        return found

    def get_title(self) -> str:
        """Name them."""
        return _("Erase %(name)s?") % {"name": self.person.name}

    def get_cancel_url(self) -> str:
        """Go back to the colleague, or to the customers."""
        return selectors.address_of(self.person) or reverse("references:accounts")

    def get_context(self, form: Any) -> dict[str, Any]:
        """Say what is held, and what hinders."""
        return {
            "person": self.person,
            "rooms": erasing.held(self.person),
            "hindrances": erasing.why_not(self.person, by=self.request.user),
        }

    def save(self, form: Any) -> str:
        """Erase, and say so."""
        name = self.person.name
        erasing.erase(person=self.person, by=self.request.user)
        messages.success(self.request, _("%(name)s is erased.") % {"name": name})
        return reverse("ops:kept")


@login_required
@require_POST
def export(request: MemberRequest, public_id: str) -> HttpResponse:
    """Hand out all that is known of a person: to themselves, to administrators, to legal."""
    person = selectors.persons_visible_to(request.user).filter(public_id=public_id).first()
    if person is None:
        raise PermissionDenied
    response = HttpResponse(erasing.export(person), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="person-{person.public_id}.zip"'
    response["Cache-Control"] = "no-store, private"
    return response
