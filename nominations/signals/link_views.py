"""The open form behind a link or a QR code: no sign-in, nothing is told of whom the program knows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nominations.signals import links, selectors
from nominations.signals.forms import OpenForm
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.forms import add_refusal
from refprogram.kernel.models import SignedLink


def nominate(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show the form, take what was written, say thanks."""
    row = selectors.link_by_id(link.subject_id)
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.by_a_machine:
            return render(request, "nominations/signals/thanks.html", {"again": ""})
        links.count_one(link)
        try:
            links.nominate(token=token, said=form.said())
        except InvalidInput as refusal:
            add_refusal(form, refusal)
        else:
            return render(request, "nominations/signals/thanks.html", {"again": request.path})
    context = {"row": row, "form": form}
    return render(request, "nominations/signals/open.html", context, status=422 if form.errors else 200)
