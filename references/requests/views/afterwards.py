"""Writing down what took place without a request: three fields, ten seconds, on a phone."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import JsonResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.accounts.models import ActivityType, Contact
from references.accounts.selectors import contacts_visible_to
from references.requests import selectors, services
from references.requests.log_form import LogForm
from refprogram.kernel.filters import midnight
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

SHOWN = 20


class LogHeld(FormPage):
    """`/requests/log/`"""

    form_class = LogForm
    title = gettext_lazy("Write down a reference")
    facts = gettext_lazy("It took place already? Three fields, and it counts. Thank you for telling.")
    verb = gettext_lazy("Write it down")
    cancel_url = reverse_lazy("references:requests")
    permission = "references.ask_reference"

    @cached_property
    def first(self) -> ActivityType | None:
        """The kind that is offered first."""
        return selectors.activity()

    def build(self, data: Any = None, files: Any = None) -> Any:
        """Offer the people of accounts that the reader may see."""
        form: Any = super().build(data, files)
        form.fields["contact"].queryset = contacts_visible_to(self.request.user)
        form.fields["held_on"].widget.attrs["max"] = timezone.localdate().isoformat()
        deals = form.fields["opportunity"]
        deals.queryset = selectors.deals_for(self.request.user).select_related("account", "product")
        deals.widget.attrs |= {"data-typeahead": str(reverse_lazy("references:request-deals"))}
        return form

    def get_initial(self) -> Mapping[str, Any]:
        """Today, a call; whoever the address names."""
        named = {
            name: value for name in ("contact", "activity", "opportunity") if (value := self.request.GET.get(name))
        }
        return {"held_on": timezone.localdate(), "activity": self.first.slug if self.first else None, **named}

    def save(self, form: Any) -> str:
        """Write it down."""
        data = form.cleaned_data
        day = data["held_on"]
        held_at = timezone.now() if day == timezone.localdate() else midnight(day)
        candidate = services.log_held(
            actor=self.request.user,
            contact=data["contact"],
            activity=data["activity"],
            held_at=held_at,
            opportunity=data["opportunity"],
            note=data["note"],
        )
        messages.success(self.request, _("Thank you. It counts for %(name)s.") % {"name": candidate.account.name})
        return candidate.get_absolute_url()


@permission_required("references.ask_reference")
def people(request: MemberRequest) -> JsonResponse:
    """Answer the type-ahead: people of accounts that the reader may see, by their name or the company's."""
    found = contacts_visible_to(request.user).filter(left_company_at__isnull=True).select_related("person", "account")
    for word in request.GET.get("q", "").split()[:5]:
        found = found.filter(Q(person__name__icontains=word) | Q(account__name__icontains=word))
    return JsonResponse({"results": [_option(one) for one in found.order_by("person__name", "pk")[:SHOWN]]})


def _option(contact: Contact) -> dict[str, str]:
    below = " · ".join(filter(None, (contact.account.name, contact.person.title)))
    return {"id": contact.public_id, "text": contact.person.name, "sub": below}
