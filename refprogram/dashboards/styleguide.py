"""Every component in every state on one page, for whoever builds the next one. Exists only while DEBUG is on.

The page is also what axe and the pictures at 390 and 1440 px are taken from, so the samples hold the longest
names we could think of, the empty and the broken.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.templatetags.rp import avatar, pill, sla

if TYPE_CHECKING:
    from django.http import HttpRequest

LONG = "Zentralverband der Norddeutschen Hafenbetriebe und Logistikunternehmen eG"
COMPANIES = [
    ("Nordvik Shipping AS", "Logistics, Norway. Finance and Supply. Your account", "Free to nominate", "ok"),
    ("Nordvale Dairies", "Nominated by Tom Okafor on 3 November", "In screening", "wait"),
    (LONG, "Hamburg, Germany", "Free to nominate", "ok"),
]


class SampleForm(forms.Form):
    """A form that is always wrong, to see how that looks."""

    title = forms.CharField(label="What do you need?", help_text="One sentence that the customer will read.")
    by = forms.DateField(label="By when", widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(label="Why this deal?", widget=forms.Textarea(attrs={"rows": 3}), required=False)


def _tasks() -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        {
            "item": DeskItem(
                title="Brightwater Utilities said yes. Choose one of their three times.",
                detail="For Oriel Bank, $640,000, decision on 4 December",
                tone="info", icon="calendar", since=now,
                actions=(DeskAction("Choose a time", "#", primary=True),),
            ),
        },
        {
            "item": DeskItem(
                title="Kestrel Freight: still a happy customer?",
                detail="You answered yes 92 days ago. Asked every 90 days",
                tone="wait", icon="clock", since=now,
                actions=(DeskAction("Still true", "#", post=True), DeskAction("Something changed", "#")),
            ),
        },
        {
            "item": DeskItem(
                title=f"Two site visits for {LONG}", detail="Nobody free within the must-haves", tone="", icon="",
                since=now, actions=(DeskAction("Relax a need", "#"),),
            ),
            "url": "#", "sla": sla("1 day late", 1, "late"),
        },
        {
            "item": DeskItem(title="Call for Southern Cross Energy", detail="Best match: Pacific Grid, 92", tone="",
                             icon="", since=now, actions=(DeskAction("Propose Pacific Grid", "#", primary=True), DeskAction("See all 17", "#"))),
            "url": "#", "sla": sla("5 h left", 0.76, "risk"),
            "steps": [{"text": "Asked", "state": "done"}, {"text": "Match", "state": "now"}, {"text": "Owner agrees", "state": ""}, {"text": "Customer agrees", "state": ""}],
        },
    ]  # fmt: skip


def _stats() -> list[dict[str, Any]]:
    return [
        {"name": "Influenced pipeline", "prefix": "$", "value": "18.4", "unit": "m", "change": "up 12 % on last quarter", "good": True, "target": "target $20 m", "share": 0.92, "url": "#", "rows": "61 opportunities", "definition": "Open and won value of opportunities with at least one delivered reference before the decision."},
        {"name": "Free to be asked", "value": "94", "change": "down 6", "good": False, "target": "target 110", "share": 0.85, "tone": "wait", "url": "#", "rows": "94 accounts", "definition": "Active, minus resting, frozen, capped and those whose owner has to confirm."},
        {"name": "Cost per reference", "value": "$1,310", "change": "down 8 %", "good": True, "target": "at most $1,500", "share": 0.87, "tone": "ok", "url": "#", "rows": "Budget lines", "definition": "Program cost of the last four quarters ÷ references enrolled in them."},
        {"name": "Customers’ score of us, of reference customers in their first year", "value": "62", "unit": " NPS", "change": "no change", "target": "target 60", "share": 1, "tone": "ok", "url": "#", "rows": "149 answers", "definition": "Satisfaction of reference customers, last 180 days."},
    ]  # fmt: skip


def _rows() -> SafeString:
    data = [
        ("Aurora Hospitals Trust", "Dublin, Ireland", "Healthcare", "Silver", "Frozen", "stop", "Escalation, since 9 November", "19"),
        ("Brightwater Utilities", "Leeds, United Kingdom", "Utilities", "Gold", "Free", "ok", "2 calls this year", "14"),
        ("Grupo Salinas Verdes", "Monterrey, Mexico", "Energy", "Silver", "Consent lapses in 9 days", "wait", "Quote, public", "5"),
        ("Kestrel Freight", "Rotterdam, Netherlands", "Logistics", "Gold", "Resting until 14 March", "rest", "2 calls this quarter", "31"),
        ("Maple & Finch", "Toronto, Canada", "Retail", "Platinum", "Asked now", "info", "Call on 24 November", "44"),
        ("Oriel Bank", "New York, United States", "Banking", "Prospect", "Not a reference yet", "", "", "0"),
        (LONG, "Hamburg, Germany", "Logistics", "Platinum", "Free", "ok", "1 visit this year", "8"),
    ]  # fmt: skip
    return format_html_join(
        "",
        '<tr><td class="rp-pick hide"><input type="checkbox" class="form-check-input" name="ids" value="{}" aria-label="Select {}"></td>'
        '<td><div class="rp-eye">{}<div><a class="rp-name" href="#{}">{}</a><small>{}</small></div></div></td>'
        '<td class="hide">{}</td><td class="end">{}</td><td class="wide">{}<small>{}</small></td><td class="rp-num hide">{}</td></tr>',
        [
            (n, name, avatar(name, "co"), n, name, place, industry, tier, pill(word, tone), reason, fatigue)
            for n, (name, place, industry, tier, word, tone, reason, fatigue) in enumerate(data)
        ],
    )


def _timeline() -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        {"at": now - dt.timedelta(minutes=4), "tone": "rest", "icon": "pause", "text": format_html("<b>Resting until 14 March.</b> Two calls this quarter reach the cap that Kestrel set itself.")},
        {"at": now - dt.timedelta(days=2), "tone": "ok", "icon": "phone", "text": format_html('<b>Call held</b> with <a href="#">Castellan Insurance</a>. Marieke rated it 5, the prospect rated it 5.'), "quote": "“She answered the question I was afraid to ask you.” Prospect’s chief operating officer"},
        {"at": now - dt.timedelta(days=8), "tone": "mine", "icon": "check", "text": format_html("<b>Priya Raman approved</b> the call for Castellan Insurance, $1.2 m.")},
        {"at": now - dt.timedelta(days=70), "tone": "stop", "icon": "snow", "text": format_html("<b>Freeze lifted</b> after 19 days.")},
    ]  # fmt: skip


def _heat() -> list[dict[str, Any]]:
    table = [
        ("Manufacturing", (14, 12), (22, 15), (9, 10)),
        ("Banking and insurance", (9, 10), (12, 10), (2, 6)),
        ("Healthcare", (0, 8), (7, 8), (1, 4)),
        ("Public sector", (1, 4), (4, 6), (0, None)),
    ]
    return [
        {"name": name, "cells": [{"value": v, "target": t, "url": "#", "current": v == 0 and t == 8} for v, t in cells]}
        for name, *cells in table
    ]


def _icons() -> list[str]:
    css = (Path(settings.BASE_DIR) / "static" / "css" / "icons.css").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"\.ic-([a-z]+) \{ --i", css)))


def _sample(request: HttpRequest, kind: str) -> HttpResponse:
    """What the scripts of the page talk to: a type-ahead, the nominate box, an undo, an error."""
    q = request.GET.get("q", "").lower()
    found = [row for row in COMPANIES if q in row[0].lower()]
    if kind == "accounts":
        return JsonResponse([{"id": name, "text": name, "sub": sub} for name, sub, *_rest in found], safe=False)
    if kind == "hits":
        hits = [{"name": n, "sub": s, "word": w, "tone": t, "url": "#" if t == "ok" else ""} for n, s, w, t in found]
        return render(request, "components/nominate_hits.html", {"hits": hits if q else [], "q": q})
    if kind == "toast":
        toast = {"text": "Sakura Precision is frozen. 2 open asks are paused.", "undo": "?sample=undone"}
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"toast": toast})})
    if kind == "undone":
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"toast": {"text": "Undone."}})})
    return HttpResponse(status=500, headers={"X-Request-ID": "7f3a9c21b0de"})


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the design system to a developer; to everybody else there is no such page."""
    if not settings.DEBUG:
        raise Http404
    if kind := request.GET.get("sample"):
        return _sample(request, kind)
    bad = SampleForm({"title": "", "by": "yesterday", "why": "Text is never lost on an error."})
    parts = [
        (_("Fit, to 40"), 38),
        (_("Availability, to 25"), 24),
        (_("Track record, to 20"), 18),
        (_("Fairness, to 15"), 12),
    ]
    context = {
        "long": LONG,
        "icons": _icons(),
        "states": [("Free", "ok"), ("Owner to confirm", "wait"), ("Frozen", "stop"), ("Asked now", "info"), ("Resting until 14 March", "rest"), ("Yours", "mine"), ("Not a reference yet", "")],
        "colours": ["canvas", "surface", "sunken", "raised", "hover", "selected", "line", "line-strong", "control", "ink", "ink-2", "ink-3", "accent", "accent-soft", "d1", "d2", "d3", "d4"],
        "buttons": [("btn-primary", "Propose Pacific Grid"), ("btn-line", "Edit needs"), ("btn-quiet", "See all 17"), ("btn-stop", "Take back"), ("btn-danger", "Erase")],
        "crumbs": [("Accounts", "#"), ("Kestrel Freight", "")],
        "facts_line": ["Logistics", "Rotterdam, Netherlands", "4,200 people", "Customer since 2019", "Gold"],
        "tasks": _tasks(),
        "stats": _stats(),
        "queues": [
            {"name": "Requests at risk", "count": 4, "age": "oldest 1 day late", "state": "late", "url": "#", "current": True},
            {"name": "Nominations to screen", "count": 14, "age": "oldest 3 days, limit 5", "url": "#"},
            {"name": "Re-checks due", "count": 11, "age": "oldest 9 days, limit 10", "state": "risk", "url": "#"},
            {"name": "Consents lapsing", "count": 3, "age": "next in 9 days", "state": "risk", "url": "#"},
            {"name": "Entries short of judges", "count": 2, "age": "close on 27 November", "url": "#"},
            {"name": "Prizes to send", "count": 0, "age": "nothing waits", "url": "#"},
        ],
        "strip": [
            {"value": 7, "of": "of 10", "text": "quota, ahead", "url": "#quota"},
            {"value": "4th", "of": "of 24", "text": "2 to pass Jonas", "url": "#rank"},
            {"value": "1,240", "of": "", "text": "points, 110 short", "url": "#points"},
        ],
        "ladder": [{"rank": 3, "name": "Jonas Weber", "value": 9}, {"rank": 4, "name": "", "value": 7, "me": True}, {"rank": 5, "name": "Inés Carvalho de Albuquerque e Castro", "value": 6}],
        "moments": [{"name": "Tamsin Foods", "why": "closed 34 days ago", "url": "#"}, {"name": "Vantage Rail", "why": "scored us 10", "url": "#"}],
        "views": [{"name": "All", "count": 412, "url": "#"}, {"name": "Watch list, Q1 launches", "count": 87, "url": "#", "current": True}, {"name": "Free today", "count": 94, "url": "#"}, {"name": "Frozen", "count": None, "url": "#"}],
        "chips": [{"key": "Size", "value": "500 people and more", "remove_url": "#"}, {"key": "Product", "value": "any of 4", "remove_url": "#"}, {"key": "Owner", "value": LONG, "remove_url": "#"}],
        "heads": [("Account", ""), ("Industry", ""), ("Fatigue", "rp-num")],
        "rows": _rows(),
        "bulk": [{"label": "Ask “still true?”", "short": "Ask", "icon": "calendar"}, {"label": "Freeze", "icon": "snow", "confirm": "Freeze these accounts? Open asks are paused."}, {"label": "Add to campaign", "short": "Campaign", "icon": "flag"}],
        "facts": [("Owner", "Priya Raman", "from CRM"), ("Success", "Yuki Tanaka", ""), ("Contract", "€840,000 a year", ""), ("Shown as", "“European haulier” until they agree", ""), ("Empty ones", "", "")],
        "why": [{"ok": False, "text": "2 of 2 calls used this quarter", "note": "Their own cap, set by Marieke in June"}, {"ok": True, "text": "No open escalation", "note": ""}, {"ok": True, "text": "Owner confirmed 2 days ago", "note": ""}, {"ok": None, "text": "Renewal date is not known", "note": ""}],
        "parts": parts,
        "part_names": [name for name, _points in parts],
        "matches": [
            {"rank": 1, "name": "Pacific Grid", "url": "#", "sub": "Auckland. Utilities. Field", "total": 92, "parts": parts, "words": "Same industry and product. Never asked this year, owner confirmed on Monday.", "note": "Would ask Hana Ruiz-Whitcombe, head of field service", "word": "Free", "tone": "ok"},
            {"rank": 2, "name": LONG, "url": "#", "sub": "Hamburg. Logistics", "total": 70, "parts": [("Fit", 30), ("Availability", 15), ("Track record", 13), ("Fairness", 12)], "words": "Speaks German and English. Consent for calls ends nine days from now.", "note": "", "word": "Consent lapses", "tone": "wait"},
        ],
        "heat": _heat(),
        "heat_cols": ["Americas", "EMEA", "APAC"],
        "timeline": _timeline(),
        "steps": [{"text": "Asked", "state": "done"}, {"text": "Matched", "state": "done"}, {"text": "Customer agreed", "state": "now"}, {"text": "Call held", "state": ""}],
        "levels": [(1, "no effect shown"), (2, "an effect is claimed"), (3, "some effect, some evidence"), (4, "large effect, evidence for most of it"), (5, "large effect, all of it proven")],
        "bad": bad,
        "soon": timezone.now() + dt.timedelta(hours=5),
        "later": timezone.now() + dt.timedelta(days=3),
        "past": timezone.localdate() - dt.timedelta(days=40),
        "line_heads": [("Month", ""), ("This year", ""), ("Target", "target")],
        "line_rows": [["Jun", 13.8, 15.5], ["Jul", 13.5, 16.4], ["Aug", 15.2, 17.3], ["Sep", 16.4, 18.2], ["Oct", 17.1, 19.1], ["Nov", 18.4, 20]],
        "funnel_heads": [("Stage", ""), ("Accounts", "")],
        "funnel_rows": [["Nominated", 1164], ["Owner agreed", 827], ["Screened", 603], ["Customer asked", 491], ["Enrolled", 253]],
        "stack_heads": [("Month", ""), ("Calls", ""), ("Quotes", ""), ("Visits", "")],
        "stack_rows": [["Sep", 21, 9, 2], ["Oct", 25, 12, 4], ["Nov", 19, 14, 3]],
        "themes": ["light", "dark"],
        "act": format_html("<button class=\"btn btn-line\" type=\"button\">{}</button>", "Propose"),
        "notes": [("", "info"), ("ok", "heart"), ("wait", "scale"), ("stop", "alert"), ("info", "info"), ("rest", "pause")],
    }  # fmt: skip
    return render(request, "dashboards/styleguide.html", context)
