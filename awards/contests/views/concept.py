"""The concept of a contest: names with votes, what the public reads, categories, prizes, sponsors."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards.contests import forms, selectors, services
from awards.contests.doors import ContestForm, contest_or_404
from awards.contests.enums import SHOWN, Audience
from awards.contests.models import Category, Prize, Sponsor
from awards.contests.tabs import head_of
from references.accounts.selectors import visible_to as accounts_for
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

CONCEPT = "awards:contest-concept"
WORK = "awards.work_on_contest"


@permission_required("awards.see_contests")
@require_safe
def concept_page(request: MemberRequest, slug: str) -> HttpResponse:
    """Show names and votes, texts, categories, prizes, sponsors."""
    contest = contest_or_404(request, slug, WORK)
    context = {
        **head_of(contest, request.user, CONCEPT),
        "may": request.user.has_perm("awards.run_contest", contest),
        "ideas": selectors.ideas_of(contest, request.user),
        "idea_form": forms.IdeaForm(),
        "categories": selectors.categories_of(contest),
        "prizes": selectors.prizes_of(contest),
        "sponsors": selectors.sponsors_of(contest),
        "open": contest.state in SHOWN and contest.audience == Audience.CUSTOMERS,
    }
    return render(request, "awards/contests/concept.html", context)


@permission_required("awards.see_contests")
@require_POST
def idea_new(request: MemberRequest, slug: str) -> HttpResponse:
    """Throw a name in."""
    contest = contest_or_404(request, slug, WORK)
    name = str(request.POST.get("name", ""))
    press(request, lambda: services.propose_name(contest, name=name, by=request.user), _("Your idea is in the ring."))
    return redirect(CONCEPT, slug)


@permission_required("awards.see_contests")
@require_POST
def idea_verb(request: MemberRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    """Vote for a name, take the vote back, drop the idea, or call the contest so."""
    contest = contest_or_404(request, slug, "awards.run_contest" if verb == "take" else WORK)
    idea = get_object_or_404(contest.name_ideas.select_related("contest"), public_id=public_id)
    user = request.user
    acts = {
        "vote": lambda: services.vote_name(idea, by=user, on=True),
        "unvote": lambda: services.vote_name(idea, by=user, on=False),
        "drop": lambda: services.drop_name(idea, by=user),
        "take": lambda: services.take_name(idea, by=user),
    }
    said = {
        "vote": _("Your vote counts."), "unvote": _("Vote taken back."), "drop": _("Taken out."),
        "take": _("The contest is called so now."),
    }  # fmt: skip
    if verb not in acts:
        raise Http404
    press(request, acts[verb], said[verb])
    return redirect(CONCEPT, slug)


class _Part(ContestForm):
    """A form for one category, prize or sponsor: a new one without `public_id`."""

    back = CONCEPT
    model: ClassVar[type[models.Model]]

    @cached_property
    def row(self) -> Any:
        """The row that is changed; none for a new one."""
        key = self.kwargs.get("public_id")
        return get_object_or_404(self.model, contest=self.contest, public_id=key) if key else None

    def may_open(self) -> None:
        """Refuse who may not, and rows of other contests."""
        self.row  # noqa: B018 looking it up is the check

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the contest."""
        return {"contest": self.contest}

    def get_initial(self) -> dict[str, Any]:
        """Return the row as it is."""
        if self.row is None:
            return {}
        form: Any = self.form_class
        found = {name: getattr(self.row, name, None) for name in form.base_fields}
        return {name: getattr(value, "public_id", value) for name, value in found.items()}


class CategoryPage(_Part):
    """`/contests/<slug>/categories/new/` and `…/<id>/`."""

    form_class = forms.CategoryForm
    model = Category

    def get_title(self) -> str:
        """Return which."""
        return _("Change a category") if self.row else _("Add a category")

    def save(self, form: forms.CategoryForm) -> str:
        """Keep it."""
        said, user = {**form.cleaned_data, **form.moments(self.contest.tz)}, self.request.user
        if said["precedence"] is None:
            said.pop("precedence")
        if self.row is None:
            services.add_category(self.contest, by=user, **said)
        else:
            services.change_category(self.row, by=user, **said)
        return self.get_cancel_url()


class PrizePage(_Part):
    """`/contests/<slug>/prizes/new/` and `…/<id>/`."""

    form_class = forms.PrizeForm
    model = Prize

    def get_title(self) -> str:
        """Return which."""
        return _("Change a prize") if self.row else _("Add a prize")

    def save(self, form: forms.PrizeForm) -> str:
        """Keep it."""
        user = self.request.user
        if self.row is None:
            services.add_prize(self.contest, by=user, **form.cleaned_data)
        else:
            services.change_prize(self.row, by=user, **form.cleaned_data)
        return self.get_cancel_url()


class SponsorPage(_Part):
    """`/contests/<slug>/sponsors/new/` and `…/<id>/`."""

    form_class = forms.SponsorForm
    model = Sponsor

    def get_title(self) -> str:
        """Return which."""
        return _("Change a sponsor") if self.row else _("Add a sponsor")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the contest, the accounts that the reader sees, and whether there is a logo."""
        has_logo = self.row is not None and self.row.logo_id is not None
        return {"contest": self.contest, "accounts": accounts_for(self.request.user), "has_logo": has_logo}

    def save(self, form: forms.SponsorForm) -> str:
        """Keep it."""
        user = self.request.user
        if self.row is None:
            services.add_sponsor(self.contest, by=user, **form.cleaned_data)
        else:
            services.change_sponsor(self.row, by=user, **form.cleaned_data)
        return self.get_cancel_url()


REMOVE: Final[Mapping[str, tuple[type[models.Model], Callable[..., object], Any]]] = {
    "categories": (Category, services.remove_category, gettext_lazy("The category is gone.")),
    "prizes": (Prize, services.remove_prize, gettext_lazy("The prize is gone.")),
    "sponsors": (Sponsor, services.remove_sponsor, gettext_lazy("The sponsor is gone.")),
}


@permission_required("awards.see_contests")
@require_POST
def part_remove(request: MemberRequest, slug: str, kind: str, public_id: str) -> HttpResponse:
    """Take a category, prize or sponsor away."""
    contest = contest_or_404(request, slug, "awards.run_contest")
    model, remove, said = REMOVE[kind]
    row: Any = get_object_or_404(model, contest=contest, public_id=public_id)
    press(request, lambda: remove(row, by=request.user), said)
    return redirect(CONCEPT, slug)
