"""`/contests/<slug>/after/thanks/`: letters of thanks, looked at before they go out."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from awards.closing import forms, letters, services, shown
from awards.closing.enums import Circle
from awards.closing.selectors import feedback
from awards.closing.selectors.circles import Recipient, recipients
from awards.closing.services.thanking import texts_of
from awards.closing.views.after import RUN, TAB
from awards.contests.doors import ContestForm, contest_or_404
from awards.contests.enums import AFTER_PUBLICATION
from awards.contests.tabs import head_of
from awards.models import WinnerKit
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

MISSED_SHOWN = 50


class Thanks(ContestForm):
    """The four letters, whom they reach, whom not, and one of them as its reader will see it."""

    form_class = forms.LettersForm
    template_name = "awards/closing/thanks.html"
    title = gettext_lazy("Thank everybody who took part")
    verb = gettext_lazy("Keep the letters")
    back = TAB

    @cached_property
    def people(self) -> list[Recipient]:
        """Everybody to thank."""
        return recipients(self.contest)

    @cached_property
    def kit(self) -> WinnerKit | None:
        """The texts around the winners."""
        return feedback.kit_of(self.contest)

    @cached_property
    def texts(self) -> dict[Circle, str]:
        """The letters as they stand."""
        return texts_of(self.contest, feedback.closing_of(self.contest), self.kit)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show them; before the announcement there is nothing to thank for yet."""
        if self.contest.state not in AFTER_PUBLICATION:
            return redirect(TAB, self.contest.slug)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        """Return the letters as they stand."""
        return {circle.value: text for circle, text in self.texts.items()}

    def get_context(self, form: BaseForm) -> dict[str, Any]:
        """Return whom they reach, and the preview that was asked for."""
        missed = [one for one in self.people if one.why_not]
        return {
            **head_of(self.contest, self.request.user, TAB),
            "sent_at": self.kit.thanked_at if self.kit is not None else None,
            "circles": shown.circles_of(self.people),
            "reached": len(self.people) - len(missed),
            "missed": missed[:MISSED_SHOWN],
            "more_missed": max(0, len(missed) - MISSED_SHOWN),
            "preview": self._preview(),
        }

    def _preview(self) -> dict[str, Any] | None:
        """Return one letter as its first reader gets it."""
        asked = self.request.GET.get("preview", Circle.ENTRANTS.value)
        circle = Circle(asked) if asked in Circle.values else Circle.ENTRANTS
        reader = next((one for one in self.people if one.circle == circle and not one.why_not), None)
        if reader is None:
            return {"circle": circle, "reader": None}
        letter = letters.thanks_letter(self.contest, reader, self.texts[circle], links=False)
        return {"circle": circle, "reader": reader.person, "subject": letter.subject, **letter.context}

    def save(self, form: Any) -> str:
        """Keep what was written."""
        services.save_letters(contest=self.contest, texts=form.texts(), by=self.request.user)
        messages.success(self.request, _("Kept. Nothing was sent yet."))
        return reverse("awards:closing-thanks", args=[self.contest.slug])


@permission_required("awards.see_contests")
@require_POST
def send(request: MemberRequest, slug: str) -> HttpResponse:
    """Send the letters: in the words that stand on the page, or as they are kept."""
    contest = contest_or_404(request, slug, RUN)
    form = forms.LettersForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A letter is too long. Nothing was sent."))
        return redirect("awards:closing-thanks", slug)
    texts = form.texts() if set(form.fields) <= set(request.POST) else None
    n = sum(not one.why_not for one in recipients(contest))
    said = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", n) % {"n": n}
    press(request, lambda: services.send_thanks(contest=contest, people=n, by=request.user, texts=texts), said)
    return redirect("awards:closing-thanks", slug)
