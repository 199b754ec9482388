"""The screeners’ Monday mail: how many wait, and the oldest of them, to be decided from the mail."""

import datetime as dt
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nominations import selectors, services
from nominations.enums import NominationState
from nominations.models import Nomination
from nominations.policy import WHY_IN_MAIL
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import Form, add_refusal
from refprogram.kernel.models import SignedLink
from refprogram.kernel.stream import subject_of
from refprogram.notices import mails
from refprogram.notices.mails import Letter, absolute
from refprogram.notices.many import Link, Telling, tell_many
from refprogram.people import selectors as people
from refprogram.people.models import User

KIND = "screening_week"
PARKED_FOR = dt.timedelta(days=60)
LEVELS = [("", "–"), *((str(n), str(n)) for n in range(1, 6))]


def send() -> int:
    """Tell each screener once a week what waits; nothing where nothing does. Returns how many were told."""
    waiting = selectors.queue()
    oldest = selectors.with_people(waiting).first()
    if oldest is None:
        return 0
    number = waiting.count()
    return tell_many(kind=KIND, tellings=(_telling(reader, oldest, number) for reader in selectors.screeners()))


def _telling(reader: User, oldest: Nomination, number: int) -> Telling:
    link = Link("screen_by_mail", subject_of(oldest), links.new_token())
    year, week, _day = timezone.localdate().isocalendar()
    days = (timezone.now() - oldest.state_since).days
    with mails.as_reader(reader.person):
        waits = ngettext("%(n)d nomination to screen", "%(n)d nominations to screen", number) % {"n": number}
        since = ngettext("the oldest has waited %(n)d day", "the oldest has waited %(n)d days", days) % {"n": days}
        text = f"{waits}, {since}"
        letter = Letter(
            subject=text,
            template="nominations/screening_week",
            context={
                "nomination": oldest,
                "why": Truncator(oldest.why).chars(WHY_IN_MAIL),
                "action_label": _("Decide about %(account)s") % {"account": oldest.account.name},
                "action_url": link.address,
                "alternatives": [(_("Screen all of them"), absolute(reverse("nominations:screening")))],
            },
        )
    return Telling(
        reader.person, f"screening:{year}-{week}", text, reverse("nominations:screening"), lambda: letter, link
    )


class Decision(Form):
    """What a screener decides from the mail."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Your decision"), widget=forms.RadioSelect,
        choices=[
            ("approve", gettext_lazy("Approve: the customer is invited")),
            ("park", gettext_lazy("Park it for 60 days")),
            ("refuse", gettext_lazy("Not approved")),
        ],
    )  # fmt: skip
    relationship = forms.ChoiceField(label=gettext_lazy("Relationship, 1 to 5"), choices=LEVELS, required=False)
    results = forms.ChoiceField(label=gettext_lazy("Results, 1 to 5"), choices=LEVELS, required=False)
    fit = forms.ChoiceField(label=gettext_lazy("Fit, 1 to 5"), choices=LEVELS, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("To park or not to approve: the nominator reads it."),
    )  # fmt: skip


def decide(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show the nomination; a POST decides. Somebody who screens no more, or was slower, changes nothing."""
    nomination = selectors.by_id(link.subject_id)
    reader = people.colleagues().filter(person=link.person_id).first()
    if reader is None or not reader.has_perm("nominations.screen"):
        raise Http404
    form = Decision(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(nomination, reader, token, form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
            nomination = selectors.by_id(link.subject_id)
        else:
            said = _("%(account)s is decided.") % {"account": nomination.account.name}
            return render(request, "nominations/mail_act_done.html", {"said": said})
    is_open = nomination.state == NominationState.SCREENING
    context = {"nomination": nomination, "form": form, "is_open": is_open}
    return render(request, "nominations/screen_by_mail.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _decide(nomination: Nomination, reader: User, token: str, said: dict[str, Any]) -> None:
    links.use(token)
    if said["decision"] == "approve":
        levels = {name: int(said[name] or 0) for name in ("relationship", "results", "fit")}
        services.approve(nomination=nomination, actor=reader, card=services.ScoreCard(**levels))
    elif said["decision"] == "park":
        until = timezone.localdate() + PARKED_FOR
        services.park(nomination=nomination, actor=reader, reason=said["reason"], revisit_on=until)
    else:
        services.refuse(nomination=nomination, actor=reader, reason=said["reason"])
