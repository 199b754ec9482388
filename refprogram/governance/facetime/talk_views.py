"""Talks: the list, asking for one, one of them with its walk, what is done about it, what guests said."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from refprogram.governance.facetime import selectors, services, subjects
from refprogram.governance.facetime.enums import COMING, TALK_MOVES, TOOK_PLACE, FollowUp, TalkState, TalkTopic
from refprogram.governance.facetime.filters import TalkFilter
from refprogram.governance.facetime.forms import BookForm, DecideForm, MoveTalkForm, OutcomeForm, ReplyForm, WhomForm
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeSlot, FaceTimeTalk
from refprogram.governance.facetime.services.rows import organises
from refprogram.governance.facetime.shown import card_of
from refprogram.governance.facetime.states import VERDICTS
from refprogram.governance.facetime.subjects import About, Objection
from refprogram.governance.facetime.tables import TalkTable
from refprogram.governance.facetime.views import BOOK, SEE
from refprogram.kernel import timeline
from refprogram.kernel.addresses import address
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button, reason_of

S = TalkState
SLOTS = Action(_("What is offered"), reverse_lazy("governance:face-time"), "clock")


class TalkList(ListPage):
    """Talks with executives: who asked, how far they are, what is still open."""

    page = "governance:face-time-talks"
    title = _("Talks with executives")
    table_class = TalkTable
    filterset_class = TalkFilter
    default_sort = "-starts"
    permission = SEE
    primary_action = SLOTS
    actions = (Action(_("Hours by executive"), reverse_lazy("governance:face-time-hours"), "bars"),)
    views = (
        View("asked", _("To agree"), f"state={S.REQUESTED}"),
        View("booked", _("Booked"), f"state={S.BOOKED}&sort=starts"),
        View("over", _("Did they take place?"), "over=yes"),
        View("open", _("To answer"), "open=yes"),
        View("late", _("Late"), "late=yes"),
    )
    empty = Empty(
        _("Ask for an hour from the page of a customer, a winner or a colleague."), SLOTS,
        title=_("Nobody has asked for an executive yet"), icon="chat",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[FaceTimeTalk]:
        """Return what the reader may see."""
        return selectors.talks_for(self.request.user)

    def search(self, queryset: QuerySet[FaceTimeTalk], words: list[str]) -> QuerySet[FaceTimeTalk]:
        """Find by whom it is for, executive or reason."""
        return selectors.search_talks(queryset, words)


# ---------------------------------------------------------------- asking


class Whom(FormPage):
    """For a colleague; customers and winners are asked for from their own pages."""

    form_class = WhomForm
    title = _("For whom?")
    facts = _("For a customer or a winner, start on their page: it knows whom you can invite.")
    verb = _("Choose a time")
    cancel_url = reverse_lazy("governance:face-time")
    permission = BOOK

    def save(self, form: WhomForm) -> str:
        """Go on with them."""
        slot = self.request.GET.get("slot", "")
        also = f"&slot={slot}" if slot.isalnum() else ""
        return f"{address('governance:face-time-book')}?for=user:{form.cleaned_data['colleague'].public_id}{also}"


class Book(FormPage):
    """Ask an executive for an hour."""

    form_class = BookForm
    title = _("Ask for time with an executive")
    verb = _("Ask for it")
    permission = BOOK
    template_name = "governance/facetime/book.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Without anybody named, ask for whom it is; who may not be seen is not there."""
        if request.user.is_authenticated and request.user.has_perm(BOOK):
            if not request.GET.get("for"):
                slot = request.GET.get("slot", "")
                return redirect(address("governance:face-time-whom") + (f"?slot={slot}" if slot.isalnum() else ""))
            if self.about is None:
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def about(self) -> About:
        """For whom it is, as the reader knows them."""
        return subjects.find(self.request.GET.get("for", ""), self.request.user)  # type: ignore[return-value]

    @cached_property
    def topic(self) -> str:
        """What it is about, where somebody has chosen that already."""
        said = self.request.GET.get("topic", "")
        return said if said in TalkTopic.values else ""

    @cached_property
    def slots(self) -> list[FaceTimeSlot]:
        """What can be had."""
        return selectors.free_slots(topic=self.topic, circle=self.about.circle)

    @cached_property
    def objections(self) -> list[Objection]:
        """What stands against meeting any of them."""
        return subjects.objections(self.about, [one.person for one in self.about.people], self.request.user)

    def get_cancel_url(self) -> str:
        """Back to them."""
        return self.about.url or address("governance:face-time")

    def get_initial(self) -> dict[str, Any]:
        """Return what the address says."""
        return {"topic": self.topic, "slot": self.request.GET.get("slot", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return what can be chosen."""
        warned = any(not one.final for one in self.objections)
        return {"about": self.about, "slots": self.slots, "warned": warned}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return for whom it is, topics to choose from, and what stands against it."""
        base = f"{address('governance:face-time-book')}?for={self.request.GET.get('for', '')}"
        chips = [(label, f"{base}&topic={value}", value == self.topic) for value, label in TalkTopic.choices]
        return {
            "about": self.about,
            "chips": chips,
            "all_url": base,
            "topic": self.topic,
            "slots": self.slots,
            "objections": self.objections,
        }

    def save(self, form: BookForm) -> str:
        """Ask for it."""
        said = form.cleaned_data
        wanted = set(said["people"])
        slot = next(one for one in self.slots if one.public_id == said["slot"])
        people = [one.person for one in self.about.people if one.person.public_id in wanted]
        talk = services.request_talk(
            slot=slot, about=self.about, people=people, topic=said["topic"], reason=said["reason"],
            by=self.request.user, anyway=said.get("anyway", False),
        )  # fmt: skip
        return talk.get_absolute_url()


# ---------------------------------------------------------------- one of them


def found(request: HttpRequest, public_id: str) -> FaceTimeTalk:
    """Return the talk, if the reader may see it."""
    rows = selectors.in_full(selectors.talks_for(request.user))  # type: ignore[arg-type]
    row: FaceTimeTalk = get_object_or_404(rows, public_id=public_id)
    return row


@require_safe
@login_required
def talk(request: MemberRequest, public_id: str) -> HttpResponse:
    """One talk: the executive's yes, the guests, how it was, what follows from it."""
    row = found(request, public_id)
    runs = organises(request.user, row)
    speaks = selectors.speaks_for(request.user, row.slot.executive_id)
    begun = row.slot.starts_at <= timezone.now()
    may = TALK_MOVES.get(S(row.state), ())
    context = {
        "row": row,
        "card": card_of(row, request.user, organises=runs),
        "may_agree": speaks and S.BOOKED in may,
        "may_decline": speaks and S.DECLINED in may,
        "may_hold": runs and begun and S.HELD in may,
        "may_cancel": runs and S.CANCELLED in may,
        "may_move": runs and row.state in COMING and not begun,
        "may_note": runs and row.state in TOOK_PLACE,
        "over": begun and row.state == S.BOOKED,
        "entries": timeline.entries(timeline.of_subject("facetimetalk", row.pk)[: timeline.PAGE], request.user),
    }
    return render(request, "governance/facetime/talk.html", context)


agree = button(
    found, lambda request, row: services.agree(talk=row, by=request.user), _("Agreed. The guests are invited by mail.")
)
decline = button(
    found,
    lambda request, row: services.decline(talk=row, by=request.user, why=reason_of(request)),
    _("Declined. Whoever asked reads why."),
)
held = button(
    found, lambda request, row: services.hold(talk=row, by=request.user), _("Noted. The guests are asked how it was.")
)
no_show = button(
    found, lambda request, row: services.no_show(talk=row, by=request.user, why=reason_of(request)), _("Noted.")
)
cancel = button(
    found,
    lambda request, row: services.cancel(
        talk=row, by=request.user, why=reason_of(request), theirs=request.POST.get("who") == "guest"
    ),
    _("Called off. Everybody who knew of it is told."),
)


class TalkPage(FormPage):
    """Base of forms about one talk."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hide what may not be seen; refuse who does not look after it."""
        if request.user.is_authenticated and not organises(request.user, self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> FaceTimeTalk:
        """The talk of this address."""
        return found(self.request, self.kwargs["public_id"])

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """Which talk it is."""
        return [self.row.label, selectors.when(self.row.slot)]

    def get_cancel_url(self) -> str:
        """Back to it."""
        return self.row.get_absolute_url()


class MoveTalk(TalkPage):
    """Put it into another hour of the same executive."""

    form_class = MoveTalkForm
    title = _("Another time")
    verb = _("Move it there")
    template_name = "governance/facetime/move.html"

    @cached_property
    def slots(self) -> list[FaceTimeSlot]:
        """What the executive has free."""
        return selectors.free_slots(besides=self.row.slot_id, executive=self.row.slot.executive_id)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return what can be chosen."""
        return {"slots": self.slots}

    def get_initial(self) -> dict[str, Any]:
        """Return what a guest proposed."""
        return {"slot": self.request.GET.get("slot", "")}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return whether there is anything to choose."""
        return {"slots": self.slots}

    def save(self, form: MoveTalkForm) -> str:
        """Move it."""
        to = next(one for one in self.slots if one.public_id == form.cleaned_data["slot"])
        services.move_talk(talk=self.row, to=to, by=self.request.user)
        return self.row.get_absolute_url()


class NoteOutcome(TalkPage):
    """Write down what came of it; where nobody has said so yet, that it took place."""

    form_class = OutcomeForm
    title = _("What came of it")
    verb = _("Keep it")

    def get_initial(self) -> dict[str, Any]:
        """Return what is written."""
        return {"outcome": self.row.outcome, "next_steps": self.row.next_steps}

    def save(self, form: OutcomeForm) -> str:
        """Keep it."""
        act = services.hold if self.row.state == S.BOOKED else services.note_outcome
        act(talk=self.row, by=self.request.user, **form.cleaned_data)
        return self.row.get_absolute_url()


# ---------------------------------------------------------------- what guests said


class FeedbackPage(FormPage):
    """Base of forms about what a guest said."""

    template_name = "governance/facetime/feedback.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hide what may not be seen; refuse who does not look after it."""
        if request.user.is_authenticated and not self.may(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may(self, user: Any) -> bool:
        """Whether this colleague looks after the talk."""
        return organises(user, self.row.guest.talk)

    @cached_property
    def row(self) -> FaceTimeFeedback:
        """What was said, of this address."""
        row: FaceTimeFeedback = get_object_or_404(
            selectors.feedback_for(self.request.user), public_id=self.kwargs["public_id"]
        )
        return row

    def get_cancel_url(self) -> str:
        """Back to the talk."""
        return self.row.guest.talk.get_absolute_url()

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return what was said."""
        return {"row": self.row, "verdict": VERDICTS[FollowUp(self.row.verdict)] if self.row.verdict else None}


class Decide(FeedbackPage):
    """Decide what we do with it."""

    form_class = DecideForm
    title = _("What do we do with it?")
    verb = _("Decide, and write the answer")

    def save(self, form: DecideForm) -> str:
        """Keep it, and go on to the answer."""
        services.decide(feedback=self.row, by=self.request.user, **form.cleaned_data)
        return address("governance:face-time-answer", self.row.public_id)


class Answer(FeedbackPage):
    """Answer the guest."""

    form_class = ReplyForm
    title = _("Answer them")
    verb = _("Send the answer")

    def may(self, user: Any) -> bool:
        """Whoever does it may say that it is done."""
        return user.pk == self.row.owner_id or super().may(user)

    def get_initial(self) -> dict[str, Any]:
        """Begin with what was decided."""
        return {"reply": self.row.because}

    def save(self, form: ReplyForm) -> str:
        """Send it."""
        services.answer(feedback=self.row, by=self.request.user, **form.cleaned_data)
        return self.row.guest.talk.get_absolute_url()
