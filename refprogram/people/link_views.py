"""What opens without signing in: the invitation (choose a password, and be in), and one's own calendar."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from refprogram.kernel.errors import InvalidInput, LinkRefused
from refprogram.kernel.forms import add_refusal
from refprogram.kernel.models import SignedLink
from refprogram.people import selectors, services
from refprogram.people.calendars import feeds
from refprogram.people.calendars.ics import calendar_file
from refprogram.people.forms import JoinForm

BACKEND = "refprogram.people.auth.Backend"


@sensitive_post_parameters("password")
def join(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show the one question; a POST answers it and signs in."""
    user = selectors.invited(link.subject_id)
    if user is None or link.used_at is not None:
        return render(request, "people/join_over.html", {"person": user})
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            joined = services.join(token=token, password=form.cleaned_data["password"])
        except InvalidInput as error:
            add_refusal(form, error)
        else:
            login(request, joined, backend=BACKEND)
            return HttpResponseRedirect("/")
    return render(request, "people/join.html", {"form": form, "person": user}, status=422 if form.errors else 200)


def calendar_feed(_request: HttpRequest, link: SignedLink, _token: str) -> HttpResponse:
    """Give a colleague's calendar to the calendar program that asks for it."""
    user = selectors.active_user(link.subject_id)
    if user is None:
        raise LinkRefused(_("This calendar is closed."))
    content = calendar_file(feeds.entries_for(user), name=_("References: %(name)s") % {"name": user.name})
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
