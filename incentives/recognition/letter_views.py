"""Letters of executives: drafted, edited, sent."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from incentives.recognition import selectors, services
from incentives.recognition.enums import LetterState
from incentives.recognition.forms import LetterForm, NewLetterForm
from incentives.recognition.models import Letter
from refprogram.kernel.forms import FormPage
from refprogram.kernel.stale import revision_of
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button
from refprogram.people.gates import permission_required
from refprogram.people.models import User

SHOWN = 50
TONES = {LetterState.DRAFT: "wait", LetterState.SENT: "ok", LetterState.DROPPED: "rest"}


@require_GET
@permission_required("incentives.draft_letters")
def letters(request: MemberRequest) -> HttpResponse:
    """Drafts that wait, what was sent, and how often each executive writes."""
    rows = selectors.letters_visible_to(request.user)
    may_run = request.user.has_perm(selectors.RUN)
    shown = {
        "drafts": list(rows.filter(state=LetterState.DRAFT).order_by("created_at", "pk")[:SHOWN]),
        "sent": list(rows.filter(state=LetterState.SENT).order_by("-sent_at", "-pk")[:SHOWN]),
        "cadence": selectors.cadence() if may_run else selectors.cadence(request.user),
    }
    return render(request, "incentives/recognition/letters.html", shown)


def _letter(request: MemberRequest, public_id: str) -> Letter:
    return get_object_or_404(selectors.letters_visible_to(request.user), public_id=public_id)


def _may_edit(user: User, row: Letter) -> bool:
    mine = user.pk in (row.writer_id, row.drafted_by_id) or user.has_perm(selectors.RUN)
    return row.state == LetterState.DRAFT and mine


@require_GET
@permission_required("incentives.view_rewards")
def letter(request: MemberRequest, public_id: str) -> HttpResponse:
    """One letter as its reader gets it, and what can be done with it."""
    row = _letter(request, public_id)
    shown = {
        "letter": row,
        "tone": TONES[LetterState(row.state)],
        "may_edit": _may_edit(request.user, row),
        "may_send": row.state == LetterState.DRAFT and row.writer_id == request.user.pk,
        "may_draft": request.user.has_perm("incentives.draft_letters"),
        "behind_scenes": request.user.pk in (row.writer_id, row.drafted_by_id) or request.user.has_perm(selectors.RUN),
    }
    return render(request, "incentives/recognition/letter.html", shown)


class NewLetter(FormPage):
    """`/letters/new/`"""

    form_class = NewLetterForm
    title = gettext_lazy("Draft a letter")
    facts = gettext_lazy("It begins with what the program knows they did. Nothing leaves before its writer sends it.")
    verb = gettext_lazy("Draft it")
    cancel_url = reverse_lazy("incentives:letters")
    permission = "incentives.draft_letters"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Who drafts decides in whose name that can be."""
        return {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Begin with oneself, who may write."""
        return {"writer": self.request.user}

    def save(self, form: NewLetterForm) -> str:
        """Draft it, and open it for editing."""
        user = self.request.user
        said = form.cleaned_data
        row = services.draft_letter(about=said["about"], writer=said.get("writer", user), actor=user)
        return row.get_absolute_url()


class EditLetter(FormPage):
    """`/letters/<id>/edit/`"""

    form_class = LetterForm
    verb = gettext_lazy("Keep the letter")
    permission = "incentives.view_rewards"
    draft = ""
    kwargs: dict[str, Any]

    @cached_property
    def letter(self) -> Letter:
        """The letter of this address; 403 for who reads it and may not change it."""
        row = _letter(self.request, self.kwargs["public_id"])  # type: ignore[arg-type]
        if not _may_edit(self.request.user, row):
            raise PermissionDenied
        return row

    def get_title(self) -> str:
        """Say to whom."""
        return _("Letter to %(name)s") % {"name": self.letter.about.name}

    def get_cancel_url(self) -> str:
        """Back to the letter."""
        return self.letter.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """Begin with what stands."""
        row = self.letter
        return {"subject": row.subject, "body": row.body, "public": row.public, "revision": row.revision}

    def save(self, form: LetterForm) -> str:
        """Keep it."""
        row = services.change_letter(letter=self.letter, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Kept. It is not sent yet."))
        return row.get_absolute_url()


send_letter = button(
    _letter,
    lambda request, row: services.send_letter(letter=row, actor=request.user, revision=revision_of(request)),
    gettext_lazy("Sent, in your name."),
)
drop_letter = button(
    _letter,
    lambda request, row: services.drop_letter(letter=row, actor=request.user),
    gettext_lazy("Dropped. Nothing was sent."),
)
