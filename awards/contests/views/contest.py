"""The list of contests, planning a new one, its settings, and the steps of its life."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards import starting
from awards.contests import forms, selectors, services, zones
from awards.contests.doors import ContestForm, contest_or_404
from awards.contests.enums import ContestState
from awards.contests.filters import ContestFilter
from awards.contests.models import Contest
from awards.contests.tables import ContestTable
from awards.contests.tabs import head_of
from references.accounts import clock
from refprogram.governance.approvals import pickers
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

S = ContestState
NEW = Action(
    gettext_lazy("Plan a contest"), reverse_lazy("awards:contest-new"), icon="plus", permission="awards.start_contests"
)
ENTRIES = Action(gettext_lazy("Entries of my customers"), reverse_lazy("awards:my-entries"), icon="doc")
UNDER_WAY = "&".join(
    f"state={state}"
    for state in (
        *(S.DRAFT, S.ANNOUNCED, S.OPEN, S.CLOSED, S.SCREENING),
        *(S.JUDGING, S.DELIBERATION, S.DECIDED, S.PUBLISHED, S.FULFILMENT),
    )
)


class ContestList(ListPage):
    """`/contests/`: every contest that the reader may look at."""

    page = "awards:contests"
    title = gettext_lazy("Contests")
    permission = "awards.see_contests"
    table_class = ContestTable
    filterset_class = ContestFilter
    search_fields = ("name", "series")
    default_sort = "-closes"
    views = (
        View("now", gettext_lazy("Under way"), UNDER_WAY),
        View("open", gettext_lazy("Open for entries"), "state=open"),
        View("over", gettext_lazy("Over"), "state=archived&state=cancelled"),
    )
    primary_action = NEW
    actions = (ENTRIES,)
    empty = Empty(gettext_lazy("An award brings customers’ best results, measured and told by themselves."), NEW)

    def get_queryset(self) -> QuerySet[Contest]:
        """Return the contests that the reader may see."""
        return selectors.with_list_facts(selectors.visible_to(self.request.user))


class NewContest(FormPage):
    """`/contests/new/`: everything is counted backwards from the event."""

    form_class = forms.StartForm
    title = gettext_lazy("Plan a contest")
    facts = gettext_lazy("Dates and the ten steps are counted backwards from the event; you change them afterwards.")
    verb = gettext_lazy("Make the plan")
    permission = "awards.start_contests"
    cancel_url = reverse_lazy("awards:contests")
    draft = "awards:contest-new"

    def get_initial(self) -> dict[str, Any]:
        """Begin with an evening event a year from now, in the program's own zone."""
        zone = getattr(clock.zone(), "key", "UTC")
        day = clock.today() + dt.timedelta(days=365)
        evening = zones.end_of_day(day, zones.zone_of(zone), dt.time(19)).astimezone(zones.zone_of(zone))
        return {"event_at": f"{evening:%Y-%m-%dT%H:%M}", "zone": zone, "year": day.year}

    def save(self, form: forms.StartForm) -> str:
        """Plan it; its page is the next step."""
        said, user = form.cleaned_data, self.request.user
        event_at = zones.instant(said.pop("event_at"), zones.zone_of(said["zone"]), field="event_at")
        return starting.start_contest(**said, event_at=event_at, owner=user, by=user).get_absolute_url()


class Texts(ContestForm):
    """`/contests/<slug>/texts/`: what the public reads."""

    form_class = forms.TextsForm
    title = gettext_lazy("What the public reads")
    verb = gettext_lazy("Save")
    back = "awards:contest-concept"

    def get_initial(self) -> dict[str, Any]:
        """Return the texts as they are."""
        return {name: getattr(self.contest, name) for name in forms.TextsForm.base_fields}

    def save(self, form: forms.TextsForm) -> str:
        """Change them."""
        services.change(self.contest, by=self.request.user, **form.cleaned_data)
        return self.get_cancel_url()


class Settings(ContestForm):
    """`/contests/<slug>/settings/`: when, and by which rules."""

    form_class = forms.SettingsForm
    template_name = "awards/contests/settings.html"
    verb = gettext_lazy("Save")

    def get_title(self) -> str:
        """Return whose settings."""
        return _("Settings of %(name)s") % {"name": self.contest.name}

    def get_initial(self) -> dict[str, Any]:
        """Return the settings as they are."""
        found = {name: getattr(self.contest, name) for name in forms.SettingsForm.base_fields}
        return {**found, "owner": self.contest.owner.public_id, "form": getattr(found["form"], "public_id", "")}

    def build(self, data: Any = None, files: Any = None) -> Any:
        """Show every moment as the clock of the contest's zone does."""
        form: Any = super().build(data, files)
        form.turn_to(self.contest.tz)
        return form

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return where this contest may go from here."""
        return {**head_of(self.contest, self.request.user, "awards:contest-settings"), "steps": steps_of(self.contest)}

    def save(self, form: forms.SettingsForm) -> str:
        """Change them; what was promised is not taken back."""
        zone = zones.zone_of(form.cleaned_data["zone"])
        said = {**form.cleaned_data, **form.moments(zone)}
        services.change(self.contest, by=self.request.user, **said)
        return self.contest.get_absolute_url()


# ---------------------------------------------------------------- the steps of its life

TAPS = {
    "announce": (gettext_lazy("Announce it"), gettext_lazy("Announced: the public page is open.")),
    "open": (gettext_lazy("Open for entries now"), gettext_lazy("Open for entries.")),
    "close": (gettext_lazy("Close for entries"), gettext_lazy("Closed for entries.")),
    "screen": (gettext_lazy("Begin screening"), gettext_lazy("Screening has begun.")),
}
REASONED = {
    "reopen": gettext_lazy("Take entries again"),
    "close-early": gettext_lazy("Close before the deadline"),
    "to-draft": gettext_lazy("Back to draft"),
    "cancel": gettext_lazy("Call it off"),
}


def steps_of(contest: Contest) -> dict[str, list[tuple[str, Any, Any]]]:
    """Return what may be done with the contest now: (verb, words, question) that need a tap, and a reason."""
    state, now = ContestState(contest.state), timezone.now()
    due = state == S.OPEN and now >= contest.closes_at
    taps = {
        "announce": state == S.DRAFT,
        "open": state == S.ANNOUNCED,
        "close": due,
        "screen": state == S.CLOSED,
    }
    questions = {
        "announce": _("Announce it? Everybody can read its page from now on, and its deadline only becomes later."),
        "open": _("Open it now, before the day that was announced?"),
    }
    reasoned = {
        "reopen": state == S.CLOSED,
        "close-early": state == S.OPEN and not due,
        "to-draft": state == S.ANNOUNCED,
        "cancel": state not in (S.PUBLISHED, S.FULFILMENT, S.ARCHIVED, S.CANCELLED),
    }
    return {
        "taps": [(verb, TAPS[verb][0], questions.get(verb, "")) for verb, may in taps.items() if may],
        "reasoned": [(verb, REASONED[verb], "") for verb, may in reasoned.items() if may],
    }


@permission_required("awards.see_contests")
@require_POST
def step(request: MemberRequest, slug: str, verb: str) -> HttpResponse:
    """Take a step that needs no words."""
    contest = contest_or_404(request, slug, "awards.run_contest")
    user = request.user
    acts = {
        "announce": lambda: services.announce(contest, by=user),
        "open": lambda: services.open_entries(contest, by=user),
        "close": lambda: services.close_entries(contest, by=user),
        "screen": lambda: services.move(contest, S.SCREENING, by=user),
    }
    if verb not in acts:
        raise Http404
    press(request, acts[verb], TAPS[verb][1])
    return redirect(contest)


class _Reasoned(ContestForm):
    """A step back, or to an end: with its reason."""

    form_class = forms.ReasonForm
    danger = True
    words: Any = ""

    def get_title(self) -> str:
        """Return what is done with which contest."""
        return f"{self.verb}: {self.contest.name}"


class Cancel(_Reasoned):
    """`/contests/<slug>/cancel/`."""

    verb = REASONED["cancel"]
    facts = gettext_lazy("Entries stay where they are, and nobody is judged. This is not taken back.")

    def save(self, form: forms.ReasonForm) -> str:
        """Call it off."""
        services.cancel(self.contest, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.contest.get_absolute_url()


class ToDraft(_Reasoned):
    """`/contests/<slug>/to-draft/`."""

    verb = REASONED["to-draft"]
    facts = gettext_lazy("Its public page closes until it is announced again.")

    def save(self, form: forms.ReasonForm) -> str:
        """Take it back."""
        services.move(self.contest, S.DRAFT, by=self.request.user, reason=form.cleaned_data["reason"])
        return self.contest.get_absolute_url()


class CloseEarly(_Reasoned):
    """`/contests/<slug>/close-early/`."""

    verb = REASONED["close-early"]
    facts = gettext_lazy("A later deadline was promised: entrants who counted on it are shut out.")

    def save(self, form: forms.ReasonForm) -> str:
        """Close now."""
        services.close_entries(self.contest, by=self.request.user, reason=form.cleaned_data["reason"])
        return self.contest.get_absolute_url()


class Reopen(ContestForm):
    """`/contests/<slug>/reopen/`: an extension for everybody."""

    form_class = forms.ReopenForm
    verb = REASONED["reopen"]
    facts = gettext_lazy("For everybody. To give one entrant more time, extend their entry.")

    def get_title(self) -> str:
        """Return which contest."""
        return _("Take entries again: %(name)s") % {"name": self.contest.name}

    def save(self, form: forms.ReopenForm) -> str:
        """Open it again until then."""
        until = zones.instant(form.cleaned_data["until"], self.contest.tz, field="until")
        services.reopen_entries(self.contest, until=until, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.contest.get_absolute_url()


@permission_required("awards.see_contests")
@require_safe
def colleagues(request: MemberRequest) -> JsonResponse:
    """Answer a type-ahead: colleagues by name."""
    return JsonResponse(pickers.colleague_options(request.GET.get("q", "").replace("\x00", "")), safe=False)
