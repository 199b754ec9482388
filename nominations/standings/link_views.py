"""What the Monday mail's button opens, without signing in: GET shows, POST acts, once for each mail."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nominations import services
from nominations.enums import NominationChannel
from nominations.models import Campaign
from nominations.policy import LONGEST_WHY
from nominations.sought import sought_of
from nominations.standings import encouraging
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import Form, add_refusal
from refprogram.kernel.models import SignedLink
from refprogram.people import selectors as people
from refprogram.people.models import User


class NominateByMail(Form):
    """A nomination in two lines; the rest can be added on its page."""

    account = forms.CharField(label=gettext_lazy("Which customer"), max_length=120)
    contact_name = forms.CharField(label=gettext_lazy("Who would speak"), max_length=120, required=False)
    contact_email = forms.EmailField(label=gettext_lazy("Their e-mail"), required=False)
    why = forms.CharField(
        label=gettext_lazy("What did they achieve, and why would they speak for us?"), max_length=LONGEST_WHY,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip


def nominate(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Take a nomination from the mail."""
    reader = _reader(link)
    form = NominateByMail(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            name = _nominate(reader, token, form.cleaned_data, sought_of(request.GET, reader).campaign)
        except DomainError as error:
            add_refusal(form, error)
        else:
            said = _("%(account)s is nominated. You hear what becomes of it.") % {"account": name}
            return render(request, "nominations/mail_act_done.html", {"said": said})
    context = {"reader": reader, "form": form, "used": link.used_at is not None}
    return render(request, "nominations/nominate_by_mail.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _nominate(reader: User, token: str, said: dict[str, Any], campaign: Campaign | None) -> str:
    links.use(token)
    name = said["contact_name"].strip()
    speaker = services.Speaker(name, said["contact_email"]) if name else None
    account = encouraging.known_account(said["account"]) or said["account"]
    row = services.submit(
        nominator=reader,
        account=account,
        why=said["why"],
        contact=speaker,
        channel=NominationChannel.MAIL,
        campaign=campaign,
    )
    return row.account.name


def remind_team(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Let a manager remind those of the team who owe nominations or have none this quarter."""
    reader = _reader(link)
    behind = encouraging.behind_in(reader)
    return _ask(
        request, link, token,
        title=_("Remind your team?"),
        lead=_("Each of them gets a friendly line with a button to nominate; nobody reads who else got it."),
        names=[user.name for user in behind],
        nobody=_("Nobody of your team needs a reminder."),
        verb=_("Remind them"),
        act=lambda: encouraging.remind(team_of=reader),
        done=_("Reminded."),
    )  # fmt: skip


def thank_team(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Let who leads sales thank the team that is first."""
    reader = _reader(link)
    team, people_of_it = encouraging.first_team()
    return _ask(
        request, link, token,
        title=_("Thank %(team)s?") % {"team": team.name if team else ""},
        lead=_("Each of them reads that you noticed."),
        names=[user.name for user in people_of_it],
        nobody=_("No team has enrolled a reference this quarter."),
        verb=_("Say thank you"),
        act=lambda: encouraging.thank(by=reader),
        done=_("Said."),
    )  # fmt: skip


def _reader(link: SignedLink) -> User:
    reader = people.colleagues().filter(person=link.person_id).first()
    if reader is None:
        raise Http404
    return reader


def _ask(
    request: HttpRequest, link: SignedLink, token: str, *, act: Callable[[], object], done: str, **shown: Any
) -> HttpResponse:
    if request.method == "POST":
        with transaction.atomic():
            links.use(token)
            act()
        return render(request, "nominations/mail_act_done.html", {"said": done})
    return render(request, "nominations/mail_act.html", {**shown, "used": link.used_at is not None})
