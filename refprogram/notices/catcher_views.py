"""`/dev/mail/`: what the mail catcher caught. There only in development and demo, for who is signed in."""

from collections.abc import Callable
from functools import wraps

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from refprogram.notices import catcher, selectors

View = Callable[..., HttpResponseBase]

# The mail's own styles and nothing else: no script, no form, framed by our page alone.
IN_THE_FRAME = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
}


def _only_here(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        if not (settings.MAIL_CATCHER and (settings.DEBUG or settings.DEMO)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _found(name: str) -> catcher.Caught:
    mail = catcher.find(name)
    if mail is None:
        raise Http404
    return mail


@_only_here
@login_required
@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails; `?to=` keeps those to one recipient."""
    to = request.GET.get("to", "").strip()
    shown = {
        "mails": catcher.caught(to=to),
        "to": to,
        "waiting": selectors.waiting_mails(to),
        "most": catcher.MOST_SHOWN,
    }
    return render(request, "notices/caught_list.html", shown)


@_only_here
@login_required
@require_GET
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its styled part in a sandbox, its plain part, its heads."""
    return render(request, "notices/caught.html", {"mail": _found(name)})


@_only_here
@login_required
@xframe_options_sameorigin
@csp(IN_THE_FRAME)  # type: ignore[arg-type]  # typed for views without arguments
@require_GET
def mail_html(_request: HttpRequest, name: str) -> HttpResponse:
    """The styled part alone, as a mail program would show it: nothing in it runs, links open in the whole window."""
    html = _found(name).html
    head = "<head>" if "<head>" in html else ""
    return HttpResponse(html.replace(head, f'{head}<base target="_top">', 1) if head else html)
