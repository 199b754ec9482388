"""SPIFFs: reading, writing, starting, taking part, voting, proof."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from incentives.pay import services
from incentives.pay.enums import EntryState, Metric, SpiffState
from incentives.pay.filters import SpiffFilter
from incentives.pay.forms import PRIZES, DashboardForm, ProofForm, SpiffForm
from incentives.pay.models import Spiff, SpiffEntry
from incentives.pay.selectors import spiffs
from incentives.pay.tables import SPIFF_WORDS, SpiffTable
from refprogram.governance.approvals import selectors as approvals
from refprogram.kernel import rollups, timeline
from refprogram.kernel.errors import NotAllowed
from refprogram.kernel.files import addresses
from refprogram.kernel.files.selectors import files_of
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button, press
from refprogram.people.models import User

SHOWN = 50
ENTRY_TONES = {
    EntryState.PROVED: "ok",
    EntryState.ASKED: "wait",
    EntryState.SHOWN: "info",
    EntryState.REFUSED: "stop",
    EntryState.LAPSED: "stop",
}


class SpiffList(ListPage):
    """SPIFFs, the newest first."""

    page = "incentives:spiffs"
    title = _("SPIFFs")
    table_class = SpiffTable
    filterset_class = SpiffFilter
    search_fields = ("name",)
    default_sort = "-starts"
    views = (View("live", _("On"), "state=live"), View("proof", _("Wait for proof"), "state=proof"))
    primary_action = Action(
        _("New SPIFF"), reverse_lazy("incentives:new-spiff"), icon="plus", permission="incentives.run_spiffs"
    )
    permission = "incentives.view_rewards"
    empty = Empty(_("Short contests with a prize in money will be here: who adds most contacts this month, say."))

    def get_queryset(self) -> QuerySet[Any]:
        """Return the SPIFFs this reader may see."""
        return spiffs.visible_to(self.request.user)


def _spiff(request: Any, public_id: str) -> Spiff:
    return get_object_or_404(spiffs.visible_to(request.user), public_id=public_id)


@login_required
@permission_required("incentives.view_rewards", raise_exception=True)
@require_GET
def spiff(request: MemberRequest, public_id: str) -> HttpResponse:
    """One SPIFF: how it stands, what is asked as proof, what I can do in it."""
    found, user = _spiff(request, public_id), request.user
    today, pill = rollups.day_of(timezone.now()), SPIFF_WORDS[found.state]
    live, runs = found.state == SpiffState.LIVE, user.has_perm("incentives.run_spiffs")
    entries = spiffs.entries_of(found)
    mine = next((row for row in entries if row.person_id == user.person_id), None)
    shown = {
        "spiff": found,
        "word": pill.word,
        "tone": pill.tone,
        "prizes": list(enumerate(spiffs.prizes_of(found), 1)),
        "places": _places(found, user) if not (live and found.metric == Metric.DASHBOARD) else [],
        "entries_to_vote": entries if live and found.metric == Metric.DASHBOARD else [],
        "vote": spiffs.vote_of(found, user) if found.metric == Metric.DASHBOARD else None,
        "may_vote": live and today <= spiffs.counts_until(found),
        "may_hand_in": live
        and found.metric == Metric.DASHBOARD
        and spiffs.takes_part(found, user)
        and found.starts_on <= today <= found.ends_on,
        "mine": mine,
        "may_prove": mine is not None and mine.state == EntryState.ASKED,
        "proofs": _proofs(request, entries, runs=runs),
        "may_change": runs and found.state == SpiffState.DRAFT,
        "may_start": found.state == SpiffState.DRAFT and user.has_perm("incentives.start_pay_plan", found),
        "may_cancel": runs and found.state in (SpiffState.DRAFT, SpiffState.LIVE, SpiffState.PROOF),
        "fund": found.fund if runs or user.has_perm("incentives.view_pay") else None,
        "approval": approvals.open_for(found),
        "takes_part": spiffs.takes_part(found, user),
        "entries": timeline.entries(timeline.of_subject("spiff", found.pk)[: timeline.PAGE], user),
    }
    return render(request, "incentives/pay/spiff.html", shown)


def _places(found: Spiff, user: User) -> list[dict[str, Any]]:
    mine = user.person_id
    standing = [place for n, place in enumerate(spiffs.standing_of(found)) if n < SHOWN or place.person_id == mine]
    names = spiffs.names_of([place.person_id for place in standing], user)
    return [
        {"place": place, "name": names.get(place.person_id, ""), "me": place.person_id == mine} for place in standing
    ]


def _proofs(request: MemberRequest, entries: list[SpiffEntry], *, runs: bool) -> list[dict[str, Any]]:
    """Return the proofs that were asked for: all for who runs it, else one's own."""
    rows = [row for row in entries if row.state != EntryState.IN and (runs or row.person_id == request.user.person_id)]
    files = files_of(rows)
    return [
        {
            "entry": row,
            "tone": ENTRY_TONES.get(EntryState(row.state), ""),
            "files": [(file, addresses.address(file, viewer=request.user)) for file in files[row.pk]],
            "may_judge": runs and row.state == EntryState.SHOWN and row.person_id != request.user.person_id,
        }
        for row in rows
    ]


def _start(request: MemberRequest, row: Spiff) -> object:
    return services.start_spiff(spiff=row, actor=request.user)


def _cancel(request: MemberRequest, row: Spiff) -> object:
    return services.cancel_spiff(spiff=row, reason=request.POST.get("reason", ""), actor=request.user)


start_spiff = button(
    _spiff, _start, _("Done. If it waits for approval, it begins by itself then."), needs="incentives.run_spiffs"
)
cancel_spiff = button(_spiff, _cancel, _("Called off."), needs="incentives.run_spiffs")


class NewSpiff(FormPage):
    """Write a SPIFF down."""

    form_class = SpiffForm
    title = _("New SPIFF")
    facts = _("It begins once the head of sales, who did not write it, approves it.")
    verb = _("Keep as draft")
    cancel_url = reverse_lazy("incentives:spiffs")
    permission = "incentives.run_spiffs"

    def save(self, form: SpiffForm) -> str:
        """Keep the draft and open it."""
        return services.draft_spiff(plan=form.plan(), actor=self.request.user).get_absolute_url()


class _OfSpiff(FormPage):
    """A form that belongs to a SPIFF."""

    @cached_property
    def spiff(self) -> Spiff:
        """The SPIFF of this address."""
        return _spiff(self.request, self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Back to it."""
        return self.spiff.get_absolute_url()


class ChangeSpiff(_OfSpiff):
    """Change a draft."""

    form_class = SpiffForm
    title = _("Change the SPIFF")
    verb = _("Keep the change")
    permission = "incentives.run_spiffs"

    def get_initial(self) -> dict[str, Any]:
        """Return it as it is."""
        names = ("name", "metric", "audience", "starts_on", "ends_on", "votes_until", "least", "proof", "fund",
                 "revision")  # fmt: skip
        prizes = {f"prize_{n}": prize for n, prize in enumerate(spiffs.prizes_of(self.spiff)[:PRIZES], 1)}
        return {name: getattr(self.spiff, name) for name in names} | prizes

    def save(self, form: SpiffForm) -> str:
        """Keep the change and show it."""
        read = form.cleaned_data["revision"]
        changed = services.change_spiff(spiff=self.spiff, plan=form.plan(), actor=self.request.user, revision=read)
        return changed.get_absolute_url()


class HandIn(_OfSpiff):
    """Hand in my dashboard."""

    form_class = DashboardForm
    title = _("Hand in your dashboard")
    verb = _("Hand it in")
    permission = "incentives.view_rewards"

    def get_initial(self) -> dict[str, Any]:
        """Return what was handed in."""
        mine = next(
            (row for row in spiffs.entries_of(self.spiff) if row.person_id == self.request.user.person_id), None
        )
        return {"title": mine.title, "address": mine.address} if mine is not None else {}

    def save(self, form: DashboardForm) -> str:
        """Keep it and show the SPIFF."""
        services.hand_in(spiff=self.spiff, actor=self.request.user, **form.cleaned_data)
        return self.spiff.get_absolute_url()


class Prove(_OfSpiff):
    """Show the proof for my place."""

    form_class = ProofForm
    title = _("Show your proof")
    verb = _("Send it")
    permission = "incentives.view_rewards"

    @property
    def facts(self) -> str:  # type: ignore[override]
        """Say what is asked for."""
        return self.spiff.proof

    def save(self, form: ProofForm) -> str:
        """Keep the proof and show the SPIFF."""
        mine = _t("You have no place in this SPIFF.")
        entry = spiffs.entry_of(self.spiff, self.request.user)
        if entry is None:
            raise NotAllowed(mine)
        services.show_proof(entry=entry, actor=self.request.user, **form.cleaned_data)
        return self.spiff.get_absolute_url()


def _entry(request: MemberRequest, public_id: str, entry: str) -> tuple[Spiff, SpiffEntry]:
    found = _spiff(request, public_id)
    return found, get_object_or_404(spiffs.entries_in(found), public_id=entry)


@login_required
@permission_required("incentives.view_rewards", raise_exception=True)
@require_POST
def vote(request: MemberRequest, public_id: str, entry: str) -> HttpResponse:
    """Vote for a dashboard."""
    found, chosen = _entry(request, public_id, entry)
    press(request, lambda: services.vote(spiff=found, entry=chosen, actor=request.user), _t("Your vote counts."))
    return redirect(found.get_absolute_url())


@login_required
@permission_required("incentives.run_spiffs", raise_exception=True)
@require_POST
def judge(request: MemberRequest, public_id: str, entry: str) -> HttpResponse:
    """Accept a proof (`accept=yes`), or not, with the `reason`."""
    found, shown = _entry(request, public_id, entry)
    accept, reason = request.POST.get("accept") == "yes", request.POST.get("reason", "")
    press(
        request,
        lambda: services.judge_proof(entry=shown, accept=accept, reason=reason, actor=request.user),
        _t("Accepted.") if accept else _t("Not accepted. They read why."),
    )
    return redirect(found.get_absolute_url())
