"""A form about one row: hidden from whom it is hidden, refused to whom it is forbidden; one service, and back."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property

from refprogram.kernel.forms import FormPage, Words


class RowForm(FormPage):
    """Base of forms about one row. A room says how it is found, which permission it takes, and which service acts."""

    needs: ClassVar[str]
    said: ClassVar[Words] = ""  # told when it is done, where the row's page does not show it

    def find(self, public_id: str) -> Any:
        """Return the row of the address, 404 for whom it is hidden from."""
        raise NotImplementedError

    def act(self, **said: Any) -> object:
        """Call the service with what was filled in."""
        raise NotImplementedError

    @cached_property
    def row(self) -> Any:
        """The row of this address."""
        return self.find(self.kwargs["public_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hide what the reader may not see; refuse what they may not do."""
        if request.user.is_authenticated and not request.user.has_perm(self.needs, self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_cancel_url(self) -> str:
        """Back to the row."""
        return str(self.row.get_absolute_url())

    def save(self, form: Any) -> str:
        """Do it, and go back to the row."""
        self.act(**form.cleaned_data)
        if self.said:
            messages.success(self.request, str(self.said))
        return str(self.row.get_absolute_url())
