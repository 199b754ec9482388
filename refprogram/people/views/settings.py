"""One's own settings: profile, cover, and API tokens."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from refprogram.kernel.errors import DomainError
from refprogram.kernel.filters import midnight
from refprogram.kernel.forms import FormPage, add_refusal
from refprogram.people import forms, leave, selectors, services
from refprogram.people.auth import MemberRequest
from refprogram.people.calendars import feeds
from refprogram.people.enums import Scope


class Profile(FormPage):
    """What one says of oneself, and the ways to everything else that is one's own."""

    form_class = forms.ProfileForm
    title = gettext_lazy("Settings")
    verb = gettext_lazy("Save")
    cancel_url = reverse_lazy("people:settings")
    template_name = "people/settings.html"

    def get_initial(self) -> dict[str, Any]:
        """Start from how it is."""
        me = self.request.user.person
        return {
            "name": me.name,
            "title": me.title,
            "phone": me.phone,
            "language": me.language,
        }

    def get_context(self, form: Any) -> dict[str, Any]:
        """Show who stands in, and what binds."""
        me = self.request.user
        return {
            "covers": selectors.delegations_of(me),
            "leaves": leave.leaves_of(me),
            "restrictions": selectors.restrictions_of(me),
        }

    def save(self, form: Any) -> str:
        """Keep it."""
        services.update_profile(user=self.request.user, **{"language": "", **form.cleaned_data})
        messages.success(self.request, _("Saved."))
        return reverse("people:settings")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: MemberRequest) -> HttpResponse:
    """List one's tokens; make one and show it, this once."""
    form = forms.TokenForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = _issue(request, form.cleaned_data)
            form = forms.TokenForm()
        except DomainError as error:
            add_refusal(form, error)
    context = {"form": form, "secret": secret, "tokens": selectors.tokens_of(request.user)}
    return render(request, "people/tokens.html", context, status=422 if form.errors else 200)


def _issue(request: MemberRequest, data: dict[str, Any]) -> str:
    last = data["expires_on"]
    _token, secret = services.issue_token(
        user=request.user,
        name=data["name"],
        scope=Scope(data["scope"]),
        expires_at=midnight(last + dt.timedelta(days=1)) if last else None,
    )
    return secret


@login_required
@require_POST
def revoke(request: MemberRequest, public_id: str) -> HttpResponse:
    """Make one of one's tokens worthless."""
    token = selectors.tokens_of(request.user).filter(public_id=public_id).first()
    if token is None:
        raise Http404
    services.revoke_token(token=token, actor=request.user)
    messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": token.name})
    return HttpResponseRedirect(reverse("people:tokens"))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: MemberRequest) -> HttpResponse:
    """Give one's calendar an address for calendar programs, shown this once, or close it."""
    address = ""
    if request.POST.get("do") == "close":
        closed = feeds.close_address(user=request.user)
        messages.success(request, _("Your calendar is closed.") if closed else _("It was not open."))
        return HttpResponseRedirect(reverse("people:calendar-feed"))
    if request.method == "POST":
        address = feeds.new_address(user=request.user)
    return render(request, "people/calendar_feed.html", {"address": address})
