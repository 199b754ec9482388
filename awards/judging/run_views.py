"""The pages of who runs a contest: rounds, what they score, coverage. Counts and states, never a score."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards.contests.doors import ContestForm, contest_or_404
from awards.contests.enums import ContestState
from awards.contests.tabs import head_of
from awards.judging import drawing, forms, services, shown
from awards.judging.selectors import held
from awards.judging.selectors import running as selectors
from awards.models import Contest, Criterion, Round
from refprogram.kernel import timeline
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

TAB = "awards:contest-judging"
RUN = "awards.run_contest"
SHOWN_AT_ONCE = 50


def _round(request: Any, public_id: str) -> Round:
    return selectors.round_or_404(request.user, public_id)


@permission_required("awards.see_contests")
@require_safe
def judging_page(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the rounds of a contest, how far each is, and the panel in figures."""
    contest = contest_or_404(request, slug, RUN)
    rounds = selectors.rounds_of(contest)
    context = {
        **head_of(contest, request.user, TAB),
        "rounds": [(row, held.coverage_of(row) if row.released_at else None) for row in rounds],
        "panel": selectors.panel_of(contest),
        "beginning": _beginning(contest, rounds),
        "anchors": selectors.anchors_shown(contest),
    }
    return render(request, "awards/judging/contest.html", context)


def _beginning(contest: Contest, rounds: list[Round]) -> Round | None:
    """Return the round that could begin now."""
    ready = (ContestState.SCREENING, ContestState.JUDGING, ContestState.DELIBERATION)
    row = next((one for one in rounds if one.closed_at is None), None)
    return row if row is not None and row.released_at is None and contest.state in ready else None


@permission_required("awards.see_contests")
@require_POST
def first_round(request: MemberRequest, slug: str) -> HttpResponse:
    """Plan the first round with criteria to begin with."""
    contest = contest_or_404(request, slug, RUN)
    press(request, lambda: services.first_round(contest=contest, by=request.user), _("The first round is planned."))
    return redirect(TAB, slug)


class NewRound(ContestForm):
    """`/contests/<slug>/judging/rounds/new/`."""

    form_class = forms.RoundForm
    title = gettext_lazy("Plan another round")
    verb = gettext_lazy("Plan it")
    back = TAB

    def get_initial(self) -> dict[str, Any]:
        """Begin as the last round is."""
        last = self.contest.rounds.order_by("-number").first()
        names = forms.RoundForm.base_fields
        return {name: getattr(last, name) for name in names if name != "name"} if last is not None else {}

    def save(self, form: Any) -> str:
        """Plan it."""
        row = services.add_round(contest=self.contest, by=self.request.user, **form.cleaned_data)
        return row.get_absolute_url()


@permission_required("awards.see_contests")
@require_safe
def round_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one round: its rules, what it scores, how far it is."""
    row = _round(request, public_id)
    criteria = shown.guide_lines(row.criteria.select_related("category").order_by("position", "pk"))
    context = {
        **head_of(row.contest, request.user, TAB),
        "round": row,
        "criteria": criteria,
        "coverage": held.coverage_of(row) if row.released_at else None,
        "fixed": row.released_at is not None,
        "begins": _beginning(row.contest, selectors.rounds_of(row.contest)) == row,
        "entries": timeline.entries(timeline.latest_of("round", row.pk), request.user),
    }
    return render(request, "awards/judging/round.html", context)


class _RoundForm(FormPage):
    """A form about one round, for who runs its contest."""

    permission = "awards.see_contests"
    kwargs: dict[str, Any]

    @cached_property
    def round(self) -> Round:
        """The round."""
        return _round(self.request, self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Go back to the round."""
        return self.round.get_absolute_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Look the round up before anything is shown."""
        self.round  # noqa: B018 looking it up is the check
        return {}


class EditRound(_RoundForm):
    """`…/rounds/<id>/edit/`."""

    form_class = forms.RoundForm
    title = gettext_lazy("Change the round")
    verb = gettext_lazy("Keep")

    def get_form_kwargs(self) -> dict[str, Any]:
        """What judges were told stays."""
        return {"fixed": self.round.released_at is not None}

    def get_initial(self) -> dict[str, Any]:
        """Return the round as it is."""
        return {name: getattr(self.round, name) for name in forms.RoundForm.base_fields}

    def save(self, form: Any) -> str:
        """Change it."""
        data = form.cleaned_data
        fixed = self.round.released_at is not None
        fields = {name: data[name] for name in ("name", "closes_at", "hard_close_at")} if fixed else data
        return services.change_round(round=self.round, by=self.request.user, **fields).get_absolute_url()


class CriterionPage(_RoundForm):
    """`…/rounds/<id>/criteria/new/` and `…/criteria/<id>/`."""

    form_class = forms.CriterionForm
    verb = gettext_lazy("Keep")

    @cached_property
    def row(self) -> Criterion | None:
        """The criterion that is changed; none for a new one."""
        key = self.kwargs.get("criterion_id")
        return get_object_or_404(self.round.criteria, public_id=key) if key else None

    def get_title(self) -> str:
        """Say what it is."""
        return _("Change what is scored") if self.row is not None else _("Score something more")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the contest."""
        return {"contest": self.round.contest}

    def get_initial(self) -> dict[str, Any]:
        """Return the criterion as it is."""
        if self.row is None:
            return {"lo": 1, "hi": 5, "weight": 10, "required": True, "tie_rank": 0}
        found = {name: getattr(self.row, name) for name in forms.CriterionForm.base_fields}
        levels = sorted(self.row.levels.items(), key=lambda pair: int(pair[0]))
        return {**found, "levels": "\n".join(f"{level}: {words}" for level, words in levels)}

    def save(self, form: Any) -> str:
        """Keep it."""
        data = {name: value for name, value in form.cleaned_data.items() if value is not None or name == "category"}
        if self.row is None:
            services.add_criterion(round=self.round, by=self.request.user, **data)
        else:
            services.change_criterion(criterion=self.row, by=self.request.user, **data)
        return self.round.get_absolute_url()


@permission_required("awards.see_contests")
@require_POST
def criterion_remove(request: MemberRequest, public_id: str, criterion_id: str) -> HttpResponse:
    """Score this no more."""
    row = _round(request, public_id)
    criterion = get_object_or_404(row.criteria.select_related("round"), public_id=criterion_id)
    press(request, lambda: services.remove_criterion(criterion=criterion, by=request.user), _("Taken out."))
    return redirect(row.get_absolute_url())


@permission_required("awards.see_contests")
@require_POST
def round_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Begin the round, or close it."""
    row = _round(request, public_id)
    if verb == "begin":
        press(
            request, lambda: services.begin_judging(contest=row.contest, by=request.user),
            _("Judging has begun: entries are locked, the rules are fixed."),
        )  # fmt: skip
    else:
        press(request, lambda: services.close_round(round=row, by=request.user), _("The round is closed."))
    return redirect(row.get_absolute_url())


@permission_required("awards.see_contests")
@require_safe
def coverage(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show each entry of a round with who judges it and how many have scored; the short ones first.

    For who runs the contest, and for who stands in for a category: then just that one.
    """
    row = selectors.covered_round_or_404(request.user, public_id)
    categories = selectors.categories_run_by(request.user, row.contest)
    category, short = request.GET.get("category", ""), bool(request.GET.get("short"))
    chosen = [one.pk for one in categories if not category or one.slug == category]
    start, runs = start_of(request), request.user.has_perm(RUN, row.contest)
    found = held.covered_in(row, chosen, short=short, start=start, most=SHOWN_AT_ONCE + 1)
    context = {
        **head_of(row.contest, request.user, TAB),
        "round": row,
        "rows": drawing.coverage(found[:SHOWN_AT_ONCE], row, drawing.token_of(request), runs=runs),
        "more": start + SHOWN_AT_ONCE if len(found) > SHOWN_AT_ONCE else 0,
        "categories": categories,
        "category": category,
        "short": short,
    }
    return render(request, "awards/judging/coverage.html", context)


def start_of(request: MemberRequest) -> int:
    """Return with which row of a long list a page begins."""
    said = request.GET.get("from", "")
    return int(said) if said.isdecimal() and len(said) < 8 else 0


class Give(_RoundForm):
    """`…/rounds/<id>/give/`: one entry to one judge by hand."""

    form_class = forms.GiveForm
    title = gettext_lazy("Give an entry to a judge")
    verb = gettext_lazy("Give it")

    @cached_property
    def round(self) -> Round:
        """The round, also for who stands in for a category of it."""
        return get_object_or_404(selectors.covered_rounds(self.request.user), public_id=self.kwargs["public_id"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the round, and the categories whose work may be given."""
        return {"round": self.round, "categories": selectors.categories_for(self.round.contest, self.request.user)}

    def get_cancel_url(self) -> str:
        """Go back to the coverage."""
        return reverse("awards:round-coverage", args=[self.round.public_id])

    def get_initial(self) -> dict[str, Any]:
        """Begin with what the page before named."""
        return {"entry": self.request.GET.get("entry", ""), "category": self.request.GET.get("category", "")}

    def save(self, form: Any) -> str:
        """Give it."""
        data = form.cleaned_data
        place = selectors.place_by_code(self.round.contest, data["entry"], data["category"].pk)
        if place is None:
            message = _("No entry of this code stands in this category.")
            raise DomainError(message, errors={"entry": message})
        services.assign_by_hand(round=self.round, place=place, judge=data["judge"], by=self.request.user)
        messages.success(self.request, _("Given."))
        return reverse("awards:round-coverage", args=[self.round.public_id])
