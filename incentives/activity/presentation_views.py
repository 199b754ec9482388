"""Pages of presentations: the list, one of them, asking for it, judging it, deciding."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from incentives.activity import drafts, forms, selectors, services
from incentives.activity.enums import OPEN_PRESENTATIONS, PresentationState
from incentives.activity.filters import PresentationFilter
from incentives.activity.models import Presentation
from incentives.activity.tables import PRESENTATIONS, PresentationTable
from refprogram.kernel import timeline
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Empty, ListPage, View
from refprogram.kernel.templatetags import rp
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

SEE = "incentives.see_quality"
ASK = "incentives.ask_to_present"
P = PresentationState
TO_PREPARE = dt.timedelta(days=14)


class PresentationList(ListPage):
    """`/presentations/`"""

    page = "incentives:presentations"
    title = _("Presentations")
    permission = SEE
    table_class = PresentationTable
    filterset_class = PresentationFilter
    search_fields = ("topic", "user__person__name")
    default_sort = "-held"
    views = (
        View("ask", _("To be asked for"), "state=drafted"),
        View("under-way", _("Under way"), "state=asked&state=again"),
    )
    empty = Empty(_("What executives ask people to present, as a consequence the review board agreed to, is here."))

    def get_queryset(self) -> QuerySet[Presentation]:
        """Return the presentations that the reader may see."""
        return selectors.presentations_visible_to(self.request.user)


def found(request: HttpRequest, public_id: str) -> Presentation:
    """Return the presentation, if the reader may see it."""
    rows = selectors.presentations_visible_to(request.user)  # type: ignore[arg-type]
    return get_object_or_404(rows, public_id=public_id)


@require_safe
@permission_required(SEE)
def presentation_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """One presentation: what is asked for, before whom, what the panel says."""
    row = found(request, public_id)
    panel = list(row.panel.select_related("person").order_by("person__name"))
    open_ = row.state in OPEN_PRESENTATIONS
    may_ask = open_ and request.user.has_perm(ASK, row)
    context = {
        "row": row,
        "pill": PRESENTATIONS[P(row.state)],
        "panel": panel,
        "facts": [
            (_t("Who"), row.user.name),
            (_t("When"), rp.day(row.held_on) if row.held_on else ""),
            (_t("Where"), row.place),
            (_t("Who listens"), ", ".join(user.name for user in panel)),
            (_t("Asked by"), row.executive.name if row.executive else ""),
        ],
        "marks": list(row.marks.select_related("user__person").order_by("pk")) if may_ask or not open_ else [],
        "may_ask": may_ask and row.state == P.DRAFTED,
        "may_decide": may_ask and row.state != P.DRAFTED,
        "may_mark": row.state in {P.ASKED, P.AGAIN} and request.user.pk in {user.pk for user in panel},
        "entries": timeline.entries(timeline.of_subject("presentation", row.pk)[: timeline.PAGE], request.user),
        "crumbs": [(_t("Presentations"), reverse("incentives:presentations"))],
    }
    return render(request, "incentives/activity/presentation.html", context)


class _AboutPresentation(FormPage):
    """Base of the forms about one presentation."""

    kwargs: dict[str, Any]

    @cached_property
    def row(self) -> Presentation:
        """The presentation, if the reader may see it."""
        return found(self.request, self.kwargs["public_id"])

    def may(self) -> bool:
        """Whether the reader may do this."""
        return self.request.user.has_perm(ASK, self.row)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """First whether it is there for the reader, then whether they may."""
        if request.user.is_authenticated and not self.may():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_cancel_url(self) -> str:
        """Go back to the presentation."""
        return self.row.get_absolute_url()


class Ask(_AboutPresentation):
    """`/presentations/<id>/ask/`"""

    form_class = forms.AskForm
    verb = _("Send it as me")
    facts = _("Drafted from what is known. Change what you like: it goes out in your name.")
    draft = "incentives:presentation"

    def get_title(self) -> str:
        """Return whom it is asked of."""
        return _t("Ask %(name)s for a presentation") % {"name": self.row.user.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand the presentation to the form."""
        return {"presentation": self.row}

    def get_initial(self) -> dict[str, Any]:
        """Return the draft."""
        manager = self.row.user.team.manager if self.row.user.team else None
        return {
            "topic": self.row.topic,
            "held_on": timezone.localdate() + TO_PREPARE,
            "panel": [manager.public_id] if manager is not None else [],
            "rubric": "\n".join(self.row.rubric),
            "letter": drafts.letter(self.row),
        }

    def save(self, form: Any) -> str:
        """Send it."""
        said = form.cleaned_data
        plan = services.Plan(
            topic=said["topic"], held_on=said["held_on"], place=said["place"], panel=list(said["panel"]),
            rubric=said["rubric"].splitlines(), letter=said["letter"],
        )  # fmt: skip
        services.ask(presentation=self.row, by=self.request.user, plan=plan)
        messages.success(self.request, _t("Sent, in your name."))
        return self.row.get_absolute_url()


class Mark(_AboutPresentation):
    """`/presentations/<id>/mark/`"""

    form_class = forms.MarkForm
    verb = _("Say it")

    def may(self) -> bool:
        """Who listens."""
        return self.row.panel.filter(pk=self.request.user.pk).exists()

    def get_title(self) -> str:
        """Return what was presented."""
        return _t("How was it? %(topic)s") % {"topic": self.row.topic}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand the rubric to the form."""
        return {"rubric": self.row.rubric}

    def save(self, form: Any) -> str:
        """Keep it."""
        services.mark(presentation=self.row, by=self.request.user, marks=form.marks(), words=form.cleaned_data["words"])
        messages.success(self.request, _t("Kept."))
        return self.row.get_absolute_url()


class Decide(_AboutPresentation):
    """`/presentations/<id>/decide/`"""

    form_class = forms.DecideForm
    verb = _("Tell them")

    def get_title(self) -> str:
        """Return what was presented."""
        return _t("%(name)s presented: %(topic)s") % {"name": self.row.user.name, "topic": self.row.topic}

    def save(self, form: Any) -> str:
        """Decide."""
        said = form.cleaned_data
        services.decide(
            presentation=self.row, by=self.request.user, passed=said["passed"] == "yes", verdict=said["verdict"],
            held_on=said["held_on"],
        )  # fmt: skip
        messages.success(self.request, _t("They hear of it."))
        return self.row.get_absolute_url()
