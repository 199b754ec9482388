"""How pages of a contest find it: hidden from whom it is not shown, closed to who may not do what the page does."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property

from awards.contests import selectors
from awards.contests.models import Contest
from awards.contests.tabs import head_of
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import ListPage


def contest_or_404(request: Any, slug: str, needs: str = "") -> Contest:
    """Return the contest; 404 for whom it is hidden from, 403 without the permission `needs`."""
    contest = selectors.named(request.user, slug)
    if needs and not request.user.has_perm(needs, contest):
        raise PermissionDenied
    return contest


class ContestForm(FormPage):
    """A form about one contest: for who runs it, unless the page says otherwise."""

    permission = "awards.see_contests"
    needs: ClassVar[str] = "awards.run_contest"
    back: ClassVar[str] = "awards:contest"
    kwargs: dict[str, Any]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Show the form to who may send it."""
        self.may_open()
        return super().get(request, *args, **kwargs)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Take the form from who may send it."""
        self.may_open()
        return super().post(request, *args, **kwargs)

    def may_open(self) -> None:
        """Refuse who may not."""
        self.contest  # noqa: B018 looking it up is the check

    @cached_property
    def contest(self) -> Contest:
        """The contest."""
        return contest_or_404(self.request, self.kwargs["slug"], self.needs)

    def get_cancel_url(self) -> str:
        """Go back to the page that led here."""
        return reverse(self.back, args=[self.contest.slug])


class ContestListPage(ListPage):
    """A list of one contest, below the contest's tabs; `below` names the page that it belongs to."""

    template_name = "awards/contests/list.html"
    below: ClassVar[str]
    kwargs: dict[str, Any]

    @cached_property
    def contest(self) -> Contest:
        """The contest, for who sees it."""
        return contest_or_404(self.request, self.kwargs["slug"])

    def context(self, **more: Any) -> dict[str, Any]:
        """Add the tabs, where the whole page is asked for."""
        head = {} if self.fragment else head_of(self.contest, self.request.user, self.below)
        return super().context(**head, **more)
