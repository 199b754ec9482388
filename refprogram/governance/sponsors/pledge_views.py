"""Pages of promises: one's own, all of them, one with its words ready to send, and what is done with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from refprogram.governance.sponsors import forms, kit, selectors, services
from refprogram.governance.sponsors.enums import OPEN, PLEDGE_MOVES, PledgeState
from refprogram.governance.sponsors.filters import PledgeFilter
from refprogram.governance.sponsors.models import SponsorPledge
from refprogram.governance.sponsors.states import STATES
from refprogram.governance.sponsors.tables import PledgeTable
from refprogram.kernel import timeline
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button
from refprogram.people.gates import permission_required

S = PledgeState
SETTLED_SHOWN = 12


# ---------------------------------------------------------------- one's own


@require_safe
@permission_required("governance.promise")
def mine(request: MemberRequest) -> HttpResponse:
    """What I promised: what I am asked to take over, what comes, how well I kept it."""
    today = timezone.localdate()
    waiting = selectors.mine(request.user)
    context = {
        "sponsorships": list(selectors.backed_by(request.user)),
        "to_answer": [row for row in waiting if row.state == S.HANDED],
        "to_do": [row for row in waiting if row.state == S.PROMISED],
        "settled": [(row, STATES[row.state]) for row in selectors.settled_of(request.user, SETTLED_SHOWN)],
        "rates": selectors.rates(selectors.all_of(request.user), today),
        "today": today,
        "sees_all": request.user.has_perm("governance.see_sponsors"),
    }
    return render(request, "governance/sponsors/mine.html", context)


# ---------------------------------------------------------------- all of them


class PledgeList(ListPage):
    """What sponsors promised, and whether they did it."""

    page = "governance:pledges"
    title = _("Promises of sponsors")
    table_class = PledgeTable
    filterset_class = PledgeFilter
    default_sort = "-due"
    permission = "governance.see_sponsors"
    actions = (Action(_("Who backs what"), reverse_lazy("governance:sponsors"), "flag"),)
    views = (
        View("open", _("Open"), "state=promised&state=handed&state=unheld&sort=due"),
        View("behind", _("Behind"), "behind=yes&sort=due"),
        View("nobody", _("Need a sponsor"), "state=unheld&sort=due"),
        View("done", _("Done"), "state=done&sort=-due"),
        View("released", _("Released"), "state=released&sort=-due"),
    )
    empty = Empty(
        _("What executives promise to do for the program, by a day: announce, repeat, be there, clear the way."),
        Action(_("Name a sponsor"), reverse_lazy("governance:sponsors"), "flag"),
        title=_("Nothing was promised yet"), icon="flag",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[SponsorPledge]:
        """Return what the reader may see."""
        return selectors.visible_to(self.request.user)

    def search(self, queryset: QuerySet[SponsorPledge], words: list[str]) -> QuerySet[SponsorPledge]:
        """Find by what was promised, where, to whom, by whom."""
        return selectors.search(queryset, words)


# ---------------------------------------------------------------- one of them


def found(request: HttpRequest, public_id: str) -> SponsorPledge:
    """Return the promise, if the reader may see it."""
    rows = selectors.in_full(selectors.visible_to(request.user))  # type: ignore[arg-type]
    row: SponsorPledge = get_object_or_404(rows, public_id=public_id)
    return row


@require_safe
@login_required
def pledge(request: MemberRequest, public_id: str) -> HttpResponse:
    """One promise: what, by when, whose; its words ready to send; what was done with it."""
    row = found(request, public_id)
    user, may_keep = request.user, request.user.has_perm("governance.keep_promise", row)
    next_states = PLEDGE_MOVES.get(row.state, ())
    texts = list(row.texts.all())
    words = kit.Words(texts[0].subject, texts[0].text) if texts else kit.drafted(row)
    context = {
        "row": row,
        "pill": STATES[row.state],
        "late": row.state == S.PROMISED and row.due_on < timezone.localdate(),
        "next_one": getattr(row, "next_one", None),
        "words": words,
        "texts": texts,
        "shows_words": row.state in OPEN or bool(texts),
        "may_finish": may_keep and S.DONE in next_states,
        "may_change": may_keep and row.state in OPEN,
        "may_answer": row.state == S.HANDED and user.has_perm("governance.answer_for_promise", row),
        "may_release": S.RELEASED in next_states and user.has_perm("governance.release_promise", row),
        "may_offer": S.HANDED in next_states and user.has_perm("governance.keep_sponsors"),
        "entries": timeline.entries(timeline.of_subject("sponsorpledge", row.pk)[: timeline.PAGE], user),
    }
    return render(request, "governance/sponsors/pledge.html", context)


done = button(
    found,
    lambda request, row: services.finish(row=row, by=request.user),
    _("Noted as done. Thank you."),
    needs="governance.keep_promise",
)
accept = button(
    found,
    lambda request, row: services.accept(row=row, by=request.user),
    _("It is your promise now."),
    needs="governance.answer_for_promise",
)
write_anew = button(
    found,
    lambda request, row: services.write_anew(row=row, by=request.user),
    _("Written anew, with the figures of now. The words before are kept below."),
    needs="governance.keep_promise",
)


class PledgePage(FormPage):
    """Base of forms about one promise."""

    needs = "governance.keep_promise"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hide what may not be seen; refuse what the reader may not do."""
        if request.user.is_authenticated and not request.user.has_perm(self.needs, self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def row(self) -> SponsorPledge:
        """The promise of this address."""
        return found(self.request, self.kwargs["public_id"])

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """What it is, and whose."""
        return [self.row.words, self.row.holder.name]

    def get_cancel_url(self) -> str:
        """Back to it."""
        return self.row.get_absolute_url()


class ChangePledge(PledgePage):
    """Change what is promised."""

    form_class = forms.ChangePledgeForm
    title = _("Change the promise")
    verb = _("Keep the change")

    def get_initial(self) -> dict[str, Any]:
        """Return it as it is."""
        said = {name: getattr(self.row, name) for name in (*services.FACTS, "revision")}
        return said | {"every_weeks": self.row.every_weeks or None}

    def save(self, form: forms.ChangePledgeForm) -> str:
        """Keep it."""
        said = dict(form.cleaned_data)
        services.change(row=self.row, revision=said.pop("revision"), facts=said, by=self.request.user)
        return self.row.get_absolute_url()


class TellPledge(PledgePage):
    """Say that it was done, when, and what happened."""

    form_class = forms.TellForm
    title = _("It was done")
    verb = _("Note it as done")

    def save(self, form: forms.TellForm) -> str:
        """Note it."""
        services.finish(row=self.row, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Noted as done. Thank you."))
        return self.row.get_absolute_url()


class ReleasePledge(PledgePage):
    """Take a promise off a sponsor."""

    form_class = forms.ReleaseForm
    title = _("Release the sponsor from it")
    verb = _("Release them")
    needs = "governance.release_promise"

    def save(self, form: forms.ReleaseForm) -> str:
        """Release them."""
        services.release(row=self.row, by=self.request.user, **form.cleaned_data)
        return self.row.get_absolute_url()


class DeclinePledge(PledgePage):
    """Say no to what was promised before."""

    form_class = forms.DeclineForm
    title = _("Say no to it")
    verb = _("Say no")
    needs = "governance.answer_for_promise"

    def save(self, form: forms.DeclineForm) -> str:
        """Say no."""
        services.decline(row=self.row, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Thank you. Somebody else will be found."))
        return self.row.get_absolute_url()


class OfferPledge(PledgePage):
    """Ask another sponsor to take it over."""

    form_class = forms.OfferForm
    title = _("Find a sponsor for it")
    verb = _("Ask them")
    needs = "governance.keep_sponsors"

    def save(self, form: forms.OfferForm) -> str:
        """Ask them."""
        services.offer(row=self.row, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("They are asked. Until they say yes, nobody is held to it."))
        return self.row.get_absolute_url()


class WriteText(PledgePage):
    """Change the words that go with it."""

    form_class = forms.TextForm
    title = _("Words ready to send")
    verb = _("Keep these words")

    def get_initial(self) -> dict[str, Any]:
        """Return the words that hold; with the figures of now where nobody changed them."""
        last = self.row.texts.all()[:1]
        if last:
            return {"subject": last[0].subject, "text": last[0].text, "revision": last[0].revision}
        words = kit.drafted(self.row)
        return {"subject": words.subject, "text": words.text, "revision": 0}

    def save(self, form: forms.TextForm) -> str:
        """Keep them."""
        services.write_text(row=self.row, by=self.request.user, **form.cleaned_data)
        return self.row.get_absolute_url()
