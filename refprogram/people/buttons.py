"""One tap, one service: POST views of verbs that need no form."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.people.auth import MemberRequest


class Placed(Protocol):
    """A row that has a page."""

    def get_absolute_url(self) -> str: ...


Row = TypeVar("Row", bound=Placed)


def button(
    find: Callable[[MemberRequest, str], Row],
    verb: Callable[[MemberRequest, Row], object],
    done: Any,
    *,
    needs: str = "",
) -> Callable[..., HttpResponse]:
    """Make a POST view: `find` the row (404 for whom it is hidden from), gate by `needs` (403), call `verb`, go back.

    What the service refuses is said in its own words and changes nothing; else `done` is said.
    """

    @require_POST
    @login_required
    def view(request: MemberRequest, public_id: str) -> HttpResponse:
        row = find(request, public_id)
        if needs and not request.user.has_perm(needs, cast("models.Model", row)):
            raise PermissionDenied
        press(request, lambda: verb(request, row), done)
        return redirect(row.get_absolute_url())

    return view


def press(request: MemberRequest, act: Callable[[], object], done: Any) -> None:
    """Do it, and say what was done or why not. Raises PermissionDenied where the service does not allow it."""
    try:
        act()
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)


def reason_of(request: MemberRequest) -> str:
    """Return the reason that was given with the tap."""
    return str(request.POST.get("reason", ""))
