"""The pages of prizes for who runs a contest: all of them with what they cost, and one of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards.contests.doors import ContestForm, contest_or_404
from awards.contests.enums import AFTER_PUBLICATION
from awards.contests.shown import icon_of
from awards.contests.tabs import head_of
from awards.models import Contest
from awards.prizes import forms, selectors, services, shown, standing
from awards.prizes.enums import Answer, GrantState
from awards.prizes.models import PrizeGrant
from awards.prizes.services.granting import GIVING, missing_in
from refprogram.kernel import timeline
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press, reason_of
from refprogram.people.gates import permission_required

TAB, RUN = "awards:prizes", "awards.run_contest"


@permission_required("awards.see_contests")
@require_safe
def prizes(request: MemberRequest, slug: str) -> HttpResponse:
    """`/contests/<slug>/prizes/`: what is open, whose turn it is, and what it costs against the plan."""
    contest = contest_or_404(request, slug, RUN)
    rows = selectors.in_contest(contest)
    offered = selectors.prizes_of(contest)
    money = selectors.money_of(offered, rows)
    unsettled = sum(not standing.settled(row) for row in rows)
    context = {
        **head_of(contest, request.user, TAB),
        "announced": contest.state in AFTER_PUBLICATION,
        "groups": shown.grouped(rows),
        "tiles": shown.tiles(contest, rows, money) if rows else [],
        "costs": shown.costs(contest, money),
        "funds": shown.funds(money, request.user),
        "offered": offered,
        "missing": len(missing_in(contest)) if contest.state in GIVING else 0,
        "may_choose_fund": any(row.fulfilment_id is None for row in rows),
        "may_put_away": contest.state in GIVING and not unsettled,
        "none": not rows,
    }
    return render(request, "awards/prizes/prizes.html", context)


@permission_required("awards.see_contests")
@require_POST
def prizes_verb(request: MemberRequest, slug: str, verb: str) -> HttpResponse:
    """Grant what is missing, or put the contest away."""
    contest = contest_or_404(request, slug, RUN)
    by = request.user
    acts = {
        "grant": (lambda: services.grant_prizes(contest=contest, by=by), _("Every announced award has its prizes.")),
        "archive": (lambda: services.put_away(contest=contest, by=by), _("The contest is put away.")),
    }
    if verb not in acts:
        raise Http404
    press(request, *acts[verb])
    return redirect(TAB, slug)


def _grant(contest: Contest, public_id: str) -> PrizeGrant:
    row: PrizeGrant = get_object_or_404(selectors.of_contest(contest), public_id=public_id)
    return row


@permission_required("awards.see_contests")
@require_safe
def prize_grant(request: MemberRequest, slug: str, public_id: str) -> HttpResponse:
    """`/contests/<slug>/prizes/grants/<id>/`: one prize: for whom, how far, what they said, what is next."""
    contest = contest_or_404(request, slug, RUN)
    row = _grant(contest, public_id)
    context = {
        **head_of(contest, request.user, TAB),
        "grant": row,
        "icon": icon_of(row.kind),
        "stands": standing.pill_of(row),
        "next": standing.next_of(row),
        "agreed": row.state == GrantState.TAKEN and not standing.lacks_arrangement(row),
        "steps": standing.steps(row),
        "rule": services.offer_of(row).rule.words,
        "said": shown.facts_of(row),
        "about": shown.page_facts(row),
        "entries": timeline.entries(timeline.latest_of("prizegrant", row.pk), request.user),
        **shown.may(row, request.user),
    }
    return render(request, "awards/prizes/grant.html", context)


@permission_required("awards.see_contests")
@require_POST
def grant_verb(request: MemberRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    """Remind the winner, look again at what was held, call it off, leave it with them."""
    row = _grant(contest_or_404(request, slug, RUN), public_id)
    by, reason = request.user, reason_of(request)
    acts = {
        "remind": (lambda: services.remind(grant=row, by=by), _("They are asked once more.")),
        "look": (lambda: services.look_again(grant=row, by=by), _("Looked again.")),
        "call-off": (lambda: services.call_off(grant=row, reason=reason, by=by), _("Called off.")),
        "keep": (lambda: services.let_keep(grant=row, reason=reason, by=by), _("It stays with them.")),
    }
    if verb not in acts:
        raise Http404
    press(request, *acts[verb])
    return redirect(row.get_absolute_url())


class _GrantForm(ContestForm):
    """A form about one granted prize."""

    @cached_property
    def grant(self) -> PrizeGrant:
        """The prize of this address."""
        return _grant(self.contest, self.kwargs["public_id"])

    def may_open(self) -> None:
        """Refuse prizes of other contests, and what the prize is past."""
        if self.request.method == "GET" and not shown.may(self.grant, self.request.user)[self.possible]:
            raise Http404

    possible = ""

    def get_cancel_url(self) -> str:
        """Back to the prize."""
        return self.grant.get_absolute_url()

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """What, and for whom."""
        return [self.grant.item, selectors.facts_of(self.grant)["whom"]]


class Arrange(_GrantForm):
    """Agree host, day and place."""

    form_class = forms.ArrangeForm
    title = gettext_lazy("Arrange it")
    verb = gettext_lazy("Keep it, and tell the winner")
    possible = "may_arrange"

    def get_initial(self) -> dict[str, Any]:
        """Return what was agreed so far."""
        row = self.grant
        host = row.host.public_id if row.host is not None else None
        return {"host": host, "on": row.on, "where": row.where, "note": row.note}

    def save(self, form: forms.ArrangeForm) -> str:
        """Keep it."""
        services.arrange(grant=self.grant, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Arranged."))
        return self.grant.get_absolute_url()


class Instead(_GrantForm):
    """Offer something else."""

    form_class = forms.InsteadForm
    title = gettext_lazy("Offer something else")
    verb = gettext_lazy("Offer it")
    possible = "may_offer"

    def get_initial(self) -> dict[str, Any]:
        """Return what is offered now."""
        row = self.grant
        return {"kind": row.kind, "item": row.item, "value": row.value or None}

    def save(self, form: forms.InsteadForm) -> str:
        """Offer it."""
        services.offer_else(grant=self.grant, by=self.request.user, **form.cleaned_data)
        return self.grant.get_absolute_url()


class Told(_GrantForm):
    """The winner told a colleague what they would like."""

    form_class = forms.ToldForm
    title = gettext_lazy("They told me")
    verb = gettext_lazy("Note it")
    possible = "may_answer"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the prize, and what may be said to it."""
        return {"grant": self.grant, "offer": services.offer_of(self.grant)}

    def save(self, form: forms.ToldForm) -> str:
        """Take the answer in the winner's place."""
        said = form.cleaned_data
        choice = services.Choice(
            Answer(said["answer"]), details=said, cause=said.get("cause", ""), words=said.get("words", "")
        )
        row = services.answer_offer(grant=self.grant, choice=choice, person=self.request.user.person)
        taken = row.state == GrantState.TAKEN
        messages.success(self.request, _("Noted: it goes to approval.") if taken else _("Noted."))
        return self.grant.get_absolute_url()


class PayFrom(ContestForm):
    """Choose the fund of what is not taken yet."""

    form_class = forms.FundForm
    back = TAB
    title = gettext_lazy("Choose the fund")
    verb = gettext_lazy("Pay prizes from here")

    def save(self, form: forms.FundForm) -> str:
        """Keep it."""
        services.pay_from(contest=self.contest, fund=form.cleaned_data["fund"], by=self.request.user)
        messages.success(self.request, _("Prizes that are taken from now on are paid from there."))
        return self.get_cancel_url()
