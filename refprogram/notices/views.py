"""One's own notices, and how one wants to be told."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from refprogram.kernel.errors import DomainError
from refprogram.notices import selectors, services
from refprogram.notices.forms import PreferencesForm
from refprogram.people.auth import MemberRequest

PAGE = 50


@login_required
@require_GET
def notices(request: MemberRequest) -> HttpResponse:
    """Everything I was told, newest first."""
    page = Paginator(selectors.visible_to(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": page, "now": dt.datetime.now(dt.UTC).isoformat()})


@login_required
@require_GET
def recent(request: MemberRequest) -> HttpResponse:
    """The bell's list (a fragment)."""
    shown = {"notices": selectors.recent(request.user), "now": dt.datetime.now(dt.UTC).isoformat()}
    return render(request, "notices/recent.html", shown)


@login_required
@require_GET
def follow(request: MemberRequest, public_id: str) -> HttpResponse:
    """Go where a notice points to; having gone there it is read."""
    notice = get_object_or_404(selectors.visible_to(request.user), public_id=public_id)
    services.read(user=request.user, notice=notice)
    inside = url_has_allowed_host_and_scheme(notice.url, allowed_hosts={request.get_host()})
    return redirect(notice.url if notice.url and inside else reverse("notices:list"))


@login_required
@require_POST
def read(request: MemberRequest, public_id: str) -> HttpResponse:
    """Mark one notice read."""
    notice = get_object_or_404(selectors.visible_to(request.user), public_id=public_id)
    services.read(user=request.user, notice=notice)
    if request.htmx:
        notice.refresh_from_db()
        return render(request, "notices/list.html#line", {"notice": notice})
    return redirect("notices:list")


@login_required
@require_POST
def read_all(request: MemberRequest) -> HttpResponse:
    """Mark everything read that the page showed."""
    n = services.read_all(user=request.user, until=_moment(request))
    messages.success(request, ngettext("%(n)d notice marked read.", "%(n)d notices marked read.", n) % {"n": n})
    return redirect("notices:list")


def _moment(request: HttpRequest) -> dt.datetime | None:
    try:
        at = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


@login_required
def preferences(request: MemberRequest) -> HttpResponse:
    """What comes by mail, and when."""
    form = PreferencesForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            services.set_preferences(
                person=request.user.person,
                channels=form.channels,
                quiet_from=form.cleaned_data["quiet_from"],
                quiet_until=form.cleaned_data["quiet_until"],
                time_zone=form.cleaned_data["time_zone"],
            )
        except DomainError as error:
            for field, message in (error.errors or {"__all__": error.message}).items():
                form.add_error(None if field == "__all__" else field, message)
        else:
            messages.success(request, _("Kept. This is how you will be told from now on."))
            return redirect("notices:preferences")
    return render(request, "notices/preferences.html", {"form": form}, status=422 if form.errors else 200)
