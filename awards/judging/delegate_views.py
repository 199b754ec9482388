"""Who runs which category, where a manager has a tie to an entry: delegates, and the glass that is broken in need."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from awards.contests.doors import ContestForm, contest_or_404
from awards.contests.forms import Colleague
from awards.contests.tabs import head_of
from awards.judging import services
from awards.judging.run_views import RUN, TAB
from awards.judging.selectors import running as selectors
from awards.models import Category
from refprogram.kernel import forms
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press, reason_of
from refprogram.people.gates import permission_required

PAGE = "awards:judging-categories"


@permission_required("awards.see_contests")
@require_safe
def categories(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the categories: which are masked for the reader, who stands in, and who broke the glass."""
    contest = contest_or_404(request, slug, RUN)
    context = {
        **head_of(contest, request.user, TAB),
        "rows": selectors.categories_with_masks(contest, request.user),
        "broken": selectors.glasses_broken_in(contest),
    }
    return render(request, "awards/judging/categories.html", context)


class DelegateForm(forms.Form):
    """A colleague who runs the judging of one category."""

    user = Colleague(label=gettext_lazy("Who runs its judging"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].open_to_all()  # type: ignore[attr-defined]


class NameDelegate(ContestForm):
    """`/contests/<slug>/judging/categories/<category>/delegate/`."""

    form_class = DelegateForm
    facts = gettext_lazy("Somebody without a tie to any of its entries. They get a mail with the way there.")
    verb = gettext_lazy("Name them")
    back = PAGE

    @cached_property
    def category(self) -> Category:
        """The category."""
        return get_object_or_404(selectors.categories_in(self.contest), slug=self.kwargs["category"])

    def get_title(self) -> str:
        """Say which category."""
        return _("Name who runs the judging of %(category)s") % {"category": self.category.name}

    def save(self, form: Any) -> str:
        """Name them."""
        services.name_delegate(category=self.category, user=form.cleaned_data["user"], by=self.request.user)
        messages.success(self.request, _("They are told."))
        return reverse(PAGE, args=[self.contest.slug])


@permission_required("awards.see_contests")
@require_POST
def verb(request: MemberRequest, slug: str, category: str, verb: str) -> HttpResponse:
    """Take a delegate away, or break the glass."""
    contest = contest_or_404(request, slug, RUN)
    row = get_object_or_404(selectors.categories_in(contest), slug=category)
    acts = {
        "nobody": (lambda: services.remove_delegate(category=row, by=request.user), _("Nobody stands in any more.")),
        "open": (
            lambda: services.break_glass(category=row, reason=reason_of(request), by=request.user),
            _("Open to you for some hours. The certifiers are told."),
        ),
    }
    if verb not in acts:
        raise Http404
    press(request, *acts[verb])
    return redirect(PAGE, slug)
