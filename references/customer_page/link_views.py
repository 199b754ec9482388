"""`/s/<token>/`: a customer's own page. GET shows and changes nothing (mail scanners open links); POST acts."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from references.accounts import clock, kept, places, wording
from references.accounts import selectors as accounts
from references.accounts.enums import POOL
from references.accounts.models import Contact
from references.customer_page import panels, selectors, services
from references.requests.enums import AGREED_CANDIDATES
from references.surveys import letters
from refprogram.kernel.errors import DomainError, InvalidInput, LinkRefused
from refprogram.kernel.models import SignedLink
from refprogram.notices.mails import as_reader

LONGEST = 254  # of what is typed into a field here

# What was done, said once after the page was sent back.
DONE = {
    "pause": gettext_lazy("Nobody asks you for anything until then."),
    "resume": gettext_lazy("Your pause has ended. Welcome back."),
    "caps": gettext_lazy("Kept. Nobody asks you more often than that."),
    "stand_in": gettext_lazy("Kept. We ask them whether they would."),
    "no_stand_in": gettext_lazy("Kept. Nobody stands in for you."),
    "end_term": gettext_lazy("Ended. What shows it is taken down."),
    "end_consent": gettext_lazy("Taken back. Nobody asks you for that any more."),
    "end_all": gettext_lazy("Everything is taken back. Thank you for all you did."),
    "language": gettext_lazy("Kept."),
}


def my_page(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show a customer's own page, or do what they pressed."""
    contact = get_object_or_404(selectors.contacts(), pk=selectors.stays(link.subject_id))
    with as_reader(contact.person), timezone.override(places.zone_of(contact)):
        if request.method != "POST":
            return _show(request, contact, link)
        try:
            return _act(request, token)
        except LinkRefused:
            raise
        except DomainError as refusal:
            return _show(request, contact, link, problem=refusal.message)


def _act(request: HttpRequest, token: str) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "open":
        return redirect(
            services.open_answer(token=token, kind=request.POST.get("kind", ""), key=request.POST.get("key", ""))
        )
    verbs: dict[str, Callable[[Any, str], object]] = {
        "pause": lambda data, token: services.pause(token=token, until=_day(data.get("until", ""))),
        "resume": lambda data, token: services.resume(token=token),
        "caps": lambda data, token: services.set_caps(token=token, cap=_number(data.get("cap", "")), caps=_caps(data)),
        "stand_in": lambda data, token: services.name_stand_in(
            token=token, name=data.get("name", "")[:120], email=data.get("email", "")[:254]
        ),
        "end_term": lambda data, token: services.end_term(token=token, term=data.get("key", "")),
        "end_consent": lambda data, token: services.end_consent(token=token, consent=data.get("key", "")),
        "end_all": lambda data, token: services.end_everything(token=token),
        "language": lambda data, token: services.speak(token=token, language=data.get("language", "")),
    }
    if act not in verbs:
        raise InvalidInput(_("Choose one of the answers."))
    verbs[act](request.POST, token)
    nobody = act == "stand_in" and not request.POST.get("name", "").strip()
    return redirect(f"{request.path}?done={'no_stand_in' if nobody else act}")


def _day(text: str) -> dt.date:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise InvalidInput(_("Choose a day, please."))
    return found


def _number(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal() or len(text) > 4:
        raise InvalidInput(_("A number from 0 to %(most)d, please.") % {"most": services.MOST})
    return int(text)


def _caps(data: Any) -> dict[str, int]:
    named = {key.removeprefix("cap-"): _number(data[key]) for key in data if key.startswith("cap-")}
    return {slug: n for slug, n in named.items() if n is not None}


def _show(request: HttpRequest, contact: Contact, link: SignedLink, *, problem: str = "") -> HttpResponse:
    mine = selectors.mine(contact)
    asked_now = selectors.asked_now(mine)
    paused = contact.paused_until is not None and contact.paused_until > clock.today()
    names = {kind.slug: kind.name for kind in accounts.activity_types()}
    typed = _typed(request.POST if problem else {}, contact)
    context = {
        "contact": contact,
        "person": contact.person,
        "program": wording.program_of(),
        "problem": problem,
        "done": DONE.get(request.GET.get("done", ""), ""),
        "takes_part": any(one.state in POOL for one in mine),
        "companies": len({one.account_id for one in mine}) > 1,
        "paused": paused,
        "problem_in": request.POST.get("act", "") if problem else "",
        "typed": typed,
        "tomorrow": clock.today() + dt.timedelta(days=1),
        "open": [one for one in asked_now if one.state not in AGREED_CANDIDATES],
        "dates": [one for one in asked_now if one.state in AGREED_CANDIDATES],
        "drafts": selectors.reviews_open(mine),
        "releases": selectors.open_releases(mine),
        "surveys_open": [(one, letters.question_of(one.survey)) for one in selectors.surveys_open(mine)],
        "agreements": [
            (consent, selectors.named(consent, names)) for consent in selectors.in_force(mine) if consent.activities
        ],
        "terms": selectors.terms(mine),
        "asked": selectors.asked(mine),
        "surveys": selectors.surveys(mine),
        "programs": selectors.programs(mine),
        "used": selectors.used(mine),
        "kinds": [(line, typed.get(f"cap-{line.kind.slug}", line.cap)) for line in selectors.agreed_kinds(mine)],
        "cap": kept.our_cap(contact),
        "panels": panels.drawn(contact),
        "languages": settings.LANGUAGES if len(settings.LANGUAGES) > 1 else [],
        "ends_at": link.expires_at,
    }
    return render(request, "references/customer_page/page.html", context, status=422 if problem else 200)


def _typed(sent: Mapping[str, str], contact: Contact) -> dict[str, Any]:
    """What stands in the fields: what was typed and refused, else what is kept."""
    stand_in = contact.stand_in
    kept_values = {
        "until": (clock.today() + services.first_pause()).isoformat(),
        "cap": contact.cap_per_quarter,
        "name": stand_in.person.name if stand_in else "",
        "email": stand_in.person.email if stand_in else "",
    }
    fields = {name: value[:LONGEST] for name, value in sent.items() if name in kept_values or name.startswith("cap-")}
    return {**kept_values, **fields}
