"""The charter as everybody reads it: `/charter/`, its questions, its links."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from refprogram.governance.charter import selectors, services, shown
from refprogram.governance.charter.forms import LinkForm, QuizForm
from refprogram.governance.charter.models import CharterLink, CharterVersion
from refprogram.governance.charter.quiz import Asked
from refprogram.governance.charter.services.acknowledging import CharterChanged
from refprogram.kernel.addresses import address
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button
from refprogram.people.gates import permission_required


@require_safe
@login_required
def charter(request: MemberRequest) -> HttpResponse:
    """The charter that holds, for everybody who is signed in; who knows it, for who runs or backs the program."""
    version = selectors.current()
    user = request.user
    context: dict[str, Any] = {
        "may_run": user.has_perm("governance.run_charter"),
        "sees_drafts": user.has_perm("governance.see_charter_drafts"),
        "may_plot": user.has_perm("governance.plot"),
    }
    if version is not None:
        context |= shown.charter(version) | _readers(request, version)
    return render(request, "governance/charter/charter.html", context)


def _readers(request: MemberRequest, version: CharterVersion) -> dict[str, Any]:
    """How far the reader is with it, and for some how far all are."""
    user = request.user
    asked = selectors.questions_of(version)
    known: dict[str, Any] = {
        "mine": selectors.own_acknowledgement(version, user),
        "may_acknowledge": bool(asked) and user.has_perm("governance.acknowledge_charter"),
        "own_steps": {step.pk for step in version.plan.all() if step.owner_id == user.pk},
    }
    if user.has_perm("governance.see_charter_drafts"):
        rates = selectors.right_at_once(version, len(asked))
        known["known_by"] = selectors.known_by(version)
        known["right_at_once"] = [(one.text, *rate) for one, rate in zip(asked, rates, strict=True)]
    return known


class Acknowledge(FormPage):
    """Three questions about the charter that holds."""

    form_class = QuizForm
    title = _("Do you know the charter?")
    verb = _("Send my answers")
    cancel_url = reverse_lazy("governance:charter")
    permission = "governance.acknowledge_charter"
    template_name = "governance/charter/acknowledge.html"

    @cached_property
    def version(self) -> CharterVersion:
        """The version that was read: the one the form was sent with, else the one that holds."""
        read = self.request.POST.get("version", "")
        if read:
            rows = selectors.with_parts(selectors.visible_to(self.request.user))
            return get_object_or_404(rows, public_id=read)
        holds = selectors.current()
        if holds is None:
            raise Http404
        return holds

    @cached_property
    def questions(self) -> tuple[Asked, ...]:
        """What is asked about it."""
        return selectors.questions_of(self.version)

    def get_initial(self) -> dict[str, Any]:
        """Return which version is read."""
        return {"version": self.version.public_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the questions."""
        return {"questions": self.questions}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return the version, and what differs where another one holds by now."""
        return {"version": self.version, "changes": getattr(self, "changes", [])}

    def save(self, form: QuizForm) -> str:
        """Take the answers; a wrong one comes back with what the charter says."""
        try:
            done = services.acknowledge(version=self.version, answers=form.answers(), by=self.request.user)
        except CharterChanged as refusal:
            self.changes = refusal.changes
            raise
        if not done.wrong:
            messages.success(self.request, _t("All right. Thank you for knowing the charter."))
            return address("governance:charter")
        self.missed = {f"q{place}": sentence for place, sentence in done.wrong.items()}
        return ""

    def submit(self, form: Any) -> str:
        """A try is kept also where an answer was wrong; its form comes back with the sentences."""
        url = super().submit(form)
        if not url:
            message = _t("Not quite: read what the charter says, and try again.")
            raise InvalidInput(message, errors=self.missed)
        return url


# ---------------------------------------------------------------- links


@require_safe
@permission_required("governance.run_charter")
def link_list(request: MemberRequest) -> HttpResponse:
    """The links to the charter: for whom, until when, how often opened."""
    now = timezone.now()
    rows = [
        {"link": link, "address": services.address_of(link), "open": _is_open(link, now)}
        for link in selectors.links_for(request.user)
    ]
    return render(request, "governance/charter/links.html", {"rows": rows})


def _is_open(link: CharterLink, now: Any) -> bool:
    return link.withdrawn_at is None and link.expires_at > now


class MakeLink(FormPage):
    """Let somebody outside read the charter."""

    form_class = LinkForm
    title = _("Make a link to the charter")
    facts = _("It shows the charter that holds on the day it is opened, and nothing else.")
    verb = _("Make the link")
    cancel_url = reverse_lazy("governance:charter-links")
    permission = "governance.run_charter"

    def save(self, form: LinkForm) -> str:
        """Make it."""
        link = services.make_link(by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _t("The link is made. Copy it and send it."))
        return link.get_absolute_url()


def _found_link(request: HttpRequest, public_id: str) -> CharterLink:
    rows = selectors.links_for(request.user)  # type: ignore[arg-type]
    return get_object_or_404(rows, public_id=public_id)


withdraw_link = button(
    _found_link,
    lambda request, link: services.withdraw_link(link=link, by=request.user),
    _("Withdrawn: the link opens nothing any more."),
    needs="governance.run_charter",
)
