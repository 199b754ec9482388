"""`/contests/<slug>/results/<category>/certify/`: a signature with its second factor."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import visibility
from awards.contests.doors import ContestForm
from awards.models import Category, TallyRun
from awards.results import forms, selectors, services, shown
from awards.results.ties import tie_of
from awards.results.views.pages import category_of
from refprogram.people import second_factor


class Certify(ContestForm):
    """Show what is signed, take the code, sign. A code is mailed when asked for; under a demo it is shown."""

    form_class = forms.CodeForm
    template_name = "awards/results/certify.html"
    needs: ClassVar[str] = "awards.certify_results"
    title = gettext_lazy("Certify the results")
    verb = gettext_lazy("Certify")

    @cached_property
    def category(self) -> Category:
        """The category whose results are signed."""
        return category_of(self.contest, self.kwargs["category"])

    @cached_property
    def tally(self) -> TallyRun:
        """The results that stand."""
        found = selectors.tallies_of(self.contest).get(self.category.pk)
        if found is None:
            raise Http404
        return found

    def may_open(self) -> None:
        """Refuse who is no certifier, who has a part in an entry, and everybody while judging goes on."""
        if not visibility.scores_open(self.request.user, self.contest) or tie_of(self.request.user, self.category):
            raise PermissionDenied
        self.tally  # noqa: B018 looking it up is the check

    def get_initial(self) -> dict[str, Any]:
        """Tie the form to what the page shows."""
        return {"seen": self.tally.inputs_hash}

    def get_cancel_url(self) -> str:
        """Go back to the order."""
        return reverse("awards:results-category", args=[self.contest.slug, self.category.slug])

    def get_context(self, form: BaseForm) -> dict[str, Any]:
        """Return what is signed, and how they prove who they are."""
        by_mail = second_factor.way_of(self.request.user) == second_factor.MAIL
        return {
            "contest": self.contest,
            "category": self.category,
            "tally": self.tally,
            "lines": shown.summary(self.tally),
            "by_mail": by_mail,
            "shown_code": self.request.session.get(self.shown_key, "") if by_mail else "",
        }

    @property
    def shown_key(self) -> str:
        """Under which a demo keeps the code that it shows."""
        return f"certify-code-{self.tally.pk}"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Mail a code when that was asked for; else sign."""
        if request.POST.get("act") != "mail":
            return super().post(request, *args, **kwargs)
        self.may_open()
        shown_code = services.mail_code(tally=self.tally, by=request.user)
        request.session[self.shown_key] = shown_code
        messages.success(request, _("A code is on its way to you."))
        return redirect(request.path)

    def save(self, form: forms.CodeForm) -> str:
        """Sign."""
        services.certify(
            tally=self.tally, by=self.request.user, inputs_hash=form.cleaned_data["seen"],
            code=form.cleaned_data["code"],
        )  # fmt: skip
        self.request.session.pop(self.shown_key, None)
        return self.get_cancel_url()
