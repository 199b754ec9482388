"""Forms about pilots: planned, changed, judged, sales asked and answering, the log, the decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from refprogram.governance.pilots import selectors, services
from refprogram.governance.pilots.forms import (
    AnswerForm,
    AskSalesForm,
    ChangePilotForm,
    CriterionForm,
    DecideForm,
    JudgeForm,
    NoteForm,
    PilotForm,
)
from refprogram.governance.pilots.models import Pilot, PilotConsult, PilotCriterion
from refprogram.governance.pilots.views import RUN, found
from refprogram.kernel.forms import FormPage

CHANGED = ("name", "hypothesis", "starts_on", "ends_on", "revision")


class PlanPilot(FormPage):
    """Plan a pilot."""

    form_class = PilotForm
    title = _("Plan a pilot")
    facts = _("Nobody is told before it is ready.")
    verb = _("Plan it")
    cancel_url = reverse_lazy("governance:pilots")
    permission = "governance.make_pilots"
    draft = "pilot-new"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return who plans."""
        return {"viewer": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Begin with the reader as who runs it, and with the thing that the address names."""
        return {"owner": self.request.user.public_id, "thing": self.request.GET.get("thing", "")}

    def save(self, form: PilotForm) -> str:
        """Plan it."""
        said = {name: value for name, value in form.cleaned_data.items() if name != "revision"}
        kind, key = said.pop("thing")
        row = services.plan(kind=kind, thing=key, by=self.request.user, **said)
        messages.success(self.request, _t("Planned. Say now by what it is judged."))
        return row.get_absolute_url()


class PilotPage(FormPage):
    """Base of forms about one pilot."""

    needs = RUN

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Hide what may not be seen; refuse what the reader may not do."""
        if request.user.is_authenticated and not self.may():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may(self) -> bool:
        """Whether the reader may do this."""
        return bool(self.request.user.has_perm(self.needs, self.row))

    @cached_property
    def row(self) -> Pilot:
        """The pilot of this address."""
        return found(self.request, self.kwargs["public_id"])

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """Which pilot it is."""
        return [self.row.name]

    def get_cancel_url(self) -> str:
        """Back to the pilot."""
        return self.row.get_absolute_url()


class ChangePilot(PilotPage):
    """Change it before it begins."""

    form_class = ChangePilotForm
    title = _("Change the pilot")
    verb = _("Keep the change")

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """Say what a change costs."""
        words = _t("What sales said was about the words that it read: changed, it is a draft again.")
        return [self.row.label, words] if self.row.consults.all() else [self.row.label]

    def get_initial(self) -> dict[str, Any]:
        """Return it as it is."""
        row = self.row
        people = [member.user.public_id for member in row.members.all()]
        return {name: getattr(row, name) for name in CHANGED} | {"people": people, "owner": row.owner.public_id}

    def save(self, form: ChangePilotForm) -> str:
        """Keep it."""
        services.change(pilot=self.row, by=self.request.user, **form.cleaned_data)
        return self.row.get_absolute_url()


class AddCriterion(PilotPage):
    """Say by what it is judged."""

    form_class = CriterionForm
    title = _("Add an exit criterion")
    verb = _("Add it")

    def save(self, form: CriterionForm) -> str:
        """Add it."""
        services.add_criterion(pilot=self.row, by=self.request.user, **form.cleaned_data)
        return self.row.get_absolute_url()


class AskSales(PilotPage):
    """Ask somebody of sales."""

    form_class = AskSalesForm
    title = _("Ask sales")
    verb = _("Ask them")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return who asks: it cannot be they who answer."""
        return {"asker": self.request.user}

    def save(self, form: AskSalesForm) -> str:
        """Ask."""
        services.ask_sales(pilot=self.row, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Asked. They get a mail, and it is on their desk."))
        return self.row.get_absolute_url()


class AnswerForSales(PilotPage):
    """Answer for sales."""

    form_class = AnswerForm
    title = _("May this be tried?")
    verb = _("Answer for sales")
    template_name = "governance/pilots/answer.html"

    @cached_property
    def consult(self) -> PilotConsult | None:
        """What was asked of the reader about the pilot as it reads now."""
        rows = [one for one in selectors.present(self.row) if one.asked_id == self.request.user.pk]
        return rows[0] if rows else None

    def may(self) -> bool:
        """Whether the reader was asked."""
        return self.consult is not None

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return what is asked."""
        return {"consult": self.consult, "pilot": self.row, "how_many": len(self.row.members.all())}

    def save(self, form: AnswerForm) -> str:
        """Answer."""
        if self.consult is None:
            raise PermissionDenied
        services.answer(consult=self.consult, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Thank you: your answer stands with the pilot."))
        return self.row.get_absolute_url()


class WriteDown(PilotPage):
    """Write in the log."""

    form_class = NoteForm
    title = _("What did you see?")
    verb = _("Write it down")
    needs = "governance.write_pilot_log"

    @property
    def draft(self) -> str:  # type: ignore[override]
        """Keep what is typed on a phone between two calls."""
        return f"pilot-log-{self.row.public_id}"

    def save(self, form: NoteForm) -> str:
        """Write it down."""
        services.write_down(pilot=self.row, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Thank you. It is in the log."))
        return self.row.get_absolute_url()


class Decide(PilotPage):
    """Decide what becomes of it."""

    form_class = DecideForm
    title = _("Decide")
    verb = _("Decide, and tell them")
    needs = "governance.decide_pilot"
    template_name = "governance/pilots/decide.html"

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return what came of its criteria."""
        return {"criteria": self.row.criteria.all(), "pilot": self.row}

    def save(self, form: DecideForm) -> str:
        """Decide."""
        services.decide(pilot=self.row, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("Decided. Its people get a mail."))
        return self.row.get_absolute_url()


class Judge(PilotPage):
    """Say what came of a criterion."""

    form_class = JudgeForm
    title = _("What came of it?")
    verb = _("Keep it")

    @cached_property
    def criterion(self) -> PilotCriterion:
        """The criterion of this address."""
        rows = selectors.criteria_for(self.request.user)
        made: PilotCriterion = get_object_or_404(rows, public_id=self.kwargs["public_id"])
        return made

    @cached_property
    def row(self) -> Pilot:
        """Its pilot."""
        return self.criterion.pilot

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """What was to be so, how it is measured, and its target."""
        one = self.criterion
        return [part for part in (one.text, one.how, one.target) if part]

    def get_initial(self) -> dict[str, Any]:
        """Return what was said before."""
        one = self.criterion
        return {"seen": one.seen, "met": "" if one.met is None else "yes" if one.met else "no"}

    def save(self, form: JudgeForm) -> str:
        """Keep it."""
        services.judge(criterion=self.criterion, by=self.request.user, **form.cleaned_data)
        return self.row.get_absolute_url()
