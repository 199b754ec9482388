"""A form about one row that has a page of its own: a campaign, a wave, a quota. Cancelled, it leads back there."""

from typing import Any, Generic, Protocol, TypeVar

from django.utils.functional import cached_property

from refprogram.kernel.forms import FormPage


class HasPage(Protocol):
    """What has a page of its own."""

    def get_absolute_url(self) -> str:
        """Return the address of the page."""


R = TypeVar("R", bound=HasPage)


class RowForm(FormPage, Generic[R]):
    """Base of the forms about the row that `public_id` in the address names; a room says how it is found."""

    kwargs: dict[str, Any]

    def find(self, public_id: str) -> R:
        """Return the row, if the reader may see it; else raise Http404."""
        raise NotImplementedError

    @cached_property
    def row(self) -> R:
        """The row."""
        return self.find(self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Go back to its page."""
        return self.row.get_absolute_url()
