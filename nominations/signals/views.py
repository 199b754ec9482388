"""Pages of signals and open links."""

import io
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import segno
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from nominations.models import NominationLink, SignalRule
from nominations.signals import drafting, links, selectors
from nominations.signals.defaults import MEANS, SCORES
from nominations.signals.enums import Signal
from nominations.signals.filters import LinkFilter
from nominations.signals.forms import LinkForm, RuleForm
from nominations.signals.tables import LinkTable
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button
from refprogram.people.gates import permission_required

NEW_LINK = Action(gettext_lazy("Make a link"), reverse_lazy("nominations:link-new"), "plus", "nominations.links")


@require_GET
@permission_required("nominations.set_signals")
def signals(request: MemberRequest) -> HttpResponse:
    """`/nominations/signals/`: what good news drafts nominations."""
    rules = [(rule, MEANS[Signal(rule.signal)], rule.signal in SCORES) for rule in selectors.every_rule()]
    return render(request, "nominations/signals/rules.html", {"rules": rules})


class EditRule(FormPage):
    """`/nominations/signals/<signal>/`"""

    form_class = RuleForm
    permission = "nominations.set_signals"
    verb = gettext_lazy("Keep the changes")
    cancel_url = reverse_lazy("nominations:signals")
    template_name = "nominations/signals/rule.html"
    kwargs: dict[str, Any]

    @cached_property
    def rule(self) -> SignalRule:
        """The rule of the signal."""
        if self.kwargs["signal"] not in Signal.values:
            raise Http404
        return selectors.rule_of(self.kwargs["signal"])

    def get_title(self) -> str:
        """Name the signal."""
        return str(self.rule.get_signal_display())

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """What it means."""
        return [str(MEANS[Signal(self.rule.signal)])]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say whether it is a score."""
        return {"is_score": self.rule.signal in SCORES}

    def get_initial(self) -> Mapping[str, Any]:
        """Begin with what stands."""
        return {"live": self.rule.live, "least": self.rule.least, "quiet_days": self.rule.quiet_days}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return the key of its edits."""
        return {"key": self.rule.public_id if self.rule.pk else ""}

    def save(self, form: RuleForm) -> str:
        """Keep it."""
        drafting.set_rule(signal=self.rule.signal, **form.cleaned_data)
        messages.success(self.request, _("Kept. It holds for news from now on."))
        return str(self.cancel_url)


class LinkList(ListPage):
    """`/nominations/links/`: open links to nominate."""

    page = "nominations:links"
    title = gettext_lazy("Links to nominate")
    table_class = LinkTable
    filterset_class = LinkFilter
    search_fields = ("label", "holder__person__name")
    default_sort = "-made"
    permission = "nominations.links"
    primary_action = NEW_LINK
    empty = Empty(
        gettext_lazy("A link, or its QR code, lets customers and partners nominate without an account."),
        NEW_LINK,
        title=gettext_lazy("No link yet"),
        icon="link",
    )

    def get_queryset(self) -> QuerySet[NominationLink]:
        """Return what the reader may see."""
        return selectors.links_visible_to(self.request.user)


class MakeLink(FormPage):
    """`/nominations/links/new/`"""

    form_class = LinkForm
    title = gettext_lazy("Make a link to nominate")
    verb = gettext_lazy("Make the link")
    permission = "nominations.links"
    cancel_url = reverse_lazy("nominations:links")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Say who makes it."""
        return {"user": self.request.user}

    def get_initial(self) -> Mapping[str, Any]:
        """Begin with the campaign that the address names."""
        return {"campaign": self.request.GET.get("campaign", "")}

    def save(self, form: LinkForm) -> str:
        """Make it."""
        return links.make_link(holder=self.request.user, **form.cleaned_data).get_absolute_url()


def _found(request: MemberRequest, public_id: str) -> NominationLink:
    return get_object_or_404(selectors.links_visible_to(request.user), public_id=public_id)


@require_GET
@permission_required("nominations.links")
def link(request: MemberRequest, public_id: str) -> HttpResponse:
    """`/nominations/links/<id>/`: its address and its QR code, to copy and to print."""
    row = _found(request, public_id)
    works = links.works(row)
    context = {
        "row": row,
        "works": works,
        "address": links.address_of(row) if works else "",
        "may_end": works and request.user.has_perm("nominations.end_link", row),
    }
    return render(request, "nominations/signals/link.html", context)


@require_GET
@permission_required("nominations.links")
def qr(request: MemberRequest, public_id: str) -> HttpResponse:
    """`/nominations/links/<id>/qr.svg`: the QR code as a picture."""
    row = _found(request, public_id)
    if not links.works(row):
        raise Http404
    picture = io.BytesIO()
    segno.make(links.address_of(row), error="m").save(picture, kind="svg", scale=8, border=2)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


end_link = button(
    _found,
    lambda request, row: links.end_link(row=row),
    gettext_lazy("The link is ended. Who opens it is told so."),
    needs="nominations.end_link",
)
