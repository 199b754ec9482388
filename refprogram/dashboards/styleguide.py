"""Every component in every state on one page, for whoever builds the next one. Exists only while DEBUG is on.

The page is also what axe and the pictures at 390 and 1440 px are taken from, so the samples (styleguide.json) hold
the longest names we could think of, the empty and the broken.
"""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from refprogram.kernel.templatetags.rp import avatar, pill, sla

SAMPLES = Path(__file__).with_suffix(".json")
ROW = (
    '<tr><td class="rp-pick hide">'
    '<input type="checkbox" class="form-check-input" name="ids" aria-label="Select {}"></td>'
    '<td><div class="rp-eye">{}<div><a class="rp-name" href="#">{}</a><small>{}</small></div></div></td>'
    '<td class="hide">{}</td><td class="end">{}</td><td class="wide">{}<small>{}</small></td>'
    '<td class="rp-num hide">{}</td></tr>'
)
BUTTON = '<button class="btn btn-line" type="button">{}</button>'


class SampleForm(forms.Form):
    """A form that is always wrong, to see how that looks."""

    title = forms.CharField(label="What do you need?", help_text="One sentence that the customer will read.")
    by = forms.DateField(label="By when")
    why = forms.CharField(label="Why this deal?", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the design system to a developer; to everybody else there is no such page."""
    if not settings.DEBUG:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    samples: dict[str, Any] = json.loads(SAMPLES.read_text(encoding="utf-8"))
    if kind := request.GET.get("sample"):
        return _answer(request, kind, samples["companies"])
    now = timezone.now()
    context = samples | {
        "icons": _icons(),
        "rows": _rows(samples["accounts"]),
        "tasks": [task | {"sla": sla(*task["sla"]) if task.get("sla") else ""} for task in samples["tasks"]],
        "timeline": [_entry(entry, now) for entry in samples["timeline"]],
        "bad": SampleForm({"title": "", "by": "yesterday", "why": "Text is never lost on an error."}),
        "act": format_html(BUTTON, "Propose"),
        "soon": now + dt.timedelta(hours=5),
        "later": now + dt.timedelta(days=3),
        "past": timezone.localdate() - dt.timedelta(days=40),
    }
    return render(request, "dashboards/styleguide.html", context)


def _answer(request: HttpRequest, kind: str, companies: list[list[str]]) -> HttpResponse:
    """What the scripts of the page talk to: a type-ahead, the nominate box, an undo, an error."""
    q = request.GET.get("q", "").lower()
    found = [row for row in companies if q in row[0].lower()]
    if kind == "accounts":
        return JsonResponse([{"id": name, "text": name, "sub": sub} for name, sub, *_more in found], safe=False)
    if kind == "hits":
        hits = [{"name": n, "sub": s, "word": w, "tone": t, "url": "#" if t == "ok" else ""} for n, s, w, t in found]
        return render(request, "components/nominate_hits.html", {"hits": hits if q else [], "q": q})
    said = {
        "toast": {"text": "Sakura Precision is frozen. 2 open asks are paused.", "undo": "?sample=undone"},
        "undone": {"text": "Undone."},
    }
    if kind in said:
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"toast": said[kind]})})
    return HttpResponse(status=500, headers={"X-Request-ID": "7f3a9c21b0de"})


def _icons() -> list[str]:
    css = Path(settings.BASE_DIR, "static", "css", "icons.css").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"\.ic-([a-z]+) \{ --i", css)))


def _rows(accounts: list[list[str]]) -> SafeString:
    return format_html_join(
        "",
        ROW,
        [
            (name, avatar(name, "co"), name, place, industry, tier, pill(word, tone), reason, fatigue)
            for name, place, industry, tier, word, tone, reason, fatigue in accounts
        ],
    )


def _entry(entry: dict[str, Any], now: dt.datetime) -> dict[str, Any]:
    text = format_html("<b>{}</b> {}", entry["who"], entry["text"])
    return entry | {"at": now - dt.timedelta(minutes=entry["minutes"]), "text": text}
