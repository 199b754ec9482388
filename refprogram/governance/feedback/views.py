"""`/feedback/`: say what hurts or helps, see what was answered; for who runs the program, all of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from refprogram.governance.feedback import policy, selectors, services
from refprogram.governance.feedback.enums import NoteKind, NoteState
from refprogram.governance.feedback.filters import FieldNoteFilter
from refprogram.governance.feedback.forms import NoteForm, ReplyForm
from refprogram.governance.feedback.models import FieldNote
from refprogram.governance.feedback.selectors import ReplyTimes
from refprogram.governance.feedback.states import KINDS, STATES
from refprogram.governance.feedback.tables import FieldNoteTable
from refprogram.kernel import timeline
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button

SAY = Action(_("Say something"), reverse_lazy("governance:feedback-new"), "chat")


class FeedbackList(ListPage):
    """What was said about the program: all of it for who runs it, one's own for everybody."""

    page = "governance:feedback"
    title = _("Feedback")
    template_name = "governance/feedback/list.html"
    table_class = FieldNoteTable
    filterset_class = FieldNoteFilter
    default_sort = "-said"
    primary_action = SAY
    views = (
        View("waits", _("Waits for an answer"), "state=new"),
        View("late", _("Late"), "late=yes", nothing=_("No answer is late.")),
    )
    empty = Empty(
        _("Say in twenty seconds what hurts or helps about the reference program. Somebody answers."), SAY,
        title=_("Nothing was said yet"), icon="chat",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[FieldNote]:
        """Return what the reader may see."""
        return selectors.visible_to(self.request.user)

    def with_facts(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Add people, the change, the clock."""
        return selectors.with_facts(rows)

    def search(self, queryset: QuerySet[FieldNote], words: list[str]) -> QuerySet[FieldNote]:
        """Find by what was said, answered, or changed."""
        return selectors.search(queryset, words)

    def get_facts(self) -> str:
        """Say within what time an answer comes."""
        days = policy.now().reply_days
        return _t("An answer comes within %(days)d working days.") % {"days": days}

    @cached_property
    def times(self) -> ReplyTimes | None:
        """How fast answers come, for who runs the program."""
        return selectors.reply_times() if self.request.user.has_perm("governance.see_feedback") else None

    @property
    def days(self) -> int:
        """Over how many days that is counted."""
        return policy.now().figures_of.days

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        """What one can say, one tap each."""
        return [(kind.value, kind.label) for kind in NoteKind]


def found(request: HttpRequest, public_id: str) -> FieldNote:
    """Return what was said, if the reader may see it."""
    rows = selectors.with_facts(selectors.visible_to(request.user))  # type: ignore[arg-type]
    row: FieldNote = get_object_or_404(rows, public_id=public_id)
    return row


@require_safe
@login_required
def field_note(request: MemberRequest, public_id: str) -> HttpResponse:
    """What somebody said, what was answered, and what can be done about it."""
    row = found(request, public_id)
    context = {
        "row": row,
        "pill": STATES[NoteState(row.state)],
        "kind": KINDS[NoteKind(row.kind)],
        "may_reply": row.state == NoteState.NEW and request.user.has_perm("governance.reply_feedback", row),
        "may_settle": row.state != NoteState.SETTLED and request.user.has_perm("governance.settle_feedback", row),
        "entries": timeline.entries(timeline.of_subject("fieldnote", row.pk)[: timeline.PAGE], request.user),
    }
    return render(request, "governance/feedback/note.html", context)


class Say(FormPage):
    """Say something."""

    form_class = NoteForm
    title = _("What hurts, what helps?")
    verb = _("Send it")
    cancel_url = reverse_lazy("governance:feedback")
    permission = "governance.give_feedback"
    draft = "feedback-new"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who speaks."""
        return {"sender": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Return what the link that led here is about."""
        return {name: self.request.GET.get(name, "") for name in ("kind", "change")}

    def save(self, form: NoteForm) -> str:
        """Send it."""
        row = services.give(by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Thank you. You get an answer here and by mail."))
        return row.get_absolute_url()


class Reply(FormPage):
    """Answer."""

    form_class = ReplyForm
    template_name = "governance/feedback/reply.html"
    title = _("Answer")
    verb = _("Send the answer")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hide what the reader may not see; refuse who may not answer."""
        if request.user.is_authenticated and not request.user.has_perm("governance.reply_feedback", self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> FieldNote:
        """What was said."""
        return found(self.request, self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Back to what was said."""
        return self.row.get_absolute_url()

    def save(self, form: ReplyForm) -> str:
        """Send it."""
        services.reply(row=self.row, words=form.cleaned_data["words"], by=self.request.user)
        messages.success(self.request, _t("Sent. They read it here and by mail."))
        return self.row.get_absolute_url()


settle = button(
    found,
    lambda request, row: services.settle(row=row, by=request.user),
    _("Settled. Thank you for saying it."),
    needs="governance.settle_feedback",
)
