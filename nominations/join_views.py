"""A customer nominated twice: the reference manager joins the two and says how the credit is shared."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nominations import selectors, services
from nominations.forms import JoinForm
from nominations.models import Nomination
from refprogram.kernel.forms import FormPage
from refprogram.people.buttons import button
from refprogram.people.models import User


class Join(FormPage):
    """`/nominations/<id>/join/`: both beside each other, and what policy proposes."""

    form_class = JoinForm
    permission = "nominations.screen"
    verb = gettext_lazy("Join them")
    template_name = "nominations/join.html"
    kwargs: dict[str, Any]

    @cached_property
    def second(self) -> Nomination:
        """The later one; 404 for one that waits for nothing."""
        nomination = selectors.DETAIL.or_404(self.request.user, public_id=self.kwargs["public_id"])
        if nomination.second_to is None:
            raise Http404
        return nomination

    @cached_property
    def first(self) -> Nomination:
        """The one that stays."""
        return selectors.by_id(self.second.second_to_id or 0)

    def get_title(self) -> str:
        """Name the customer."""
        return _("%(name)s was nominated twice") % {"name": self.second.account.name}

    def get_cancel_url(self) -> str:
        """Return to the second one."""
        return self.second.get_absolute_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the shares that policy proposes."""
        return {"shares": self.shares}

    @cached_property
    def shares(self) -> dict[User, int]:
        """Whose it would be: colleague -> percent, who was first first."""
        percents = services.proposed(self.first, self.second)
        return selectors.colleagues_with(percents)

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return the two."""
        return {"first": self.first, "second": self.second}

    def save(self, form: JoinForm) -> str:
        """Join them."""
        services.join(nomination=self.second, into=self.first, actor=self.request.user, percents=form.percents())
        messages.success(self.request, _("Joined. Both nominators hear how the credit is shared."))
        return self.first.get_absolute_url()


ask_again = button(
    lambda request, public_id: selectors.DETAIL.or_404(request.user, public_id=public_id),
    lambda request, nomination: services.ask_again(nomination=nomination, actor=request.user),
    gettext_lazy("The owner is asked. It comes back here with their word."),
    needs="nominations.screen",
)
