"""The pages of campaigns: list, plan, one campaign with its calendar, checklist and result."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from nominations.campaigns import selectors, services, shown
from nominations.campaigns.customers import regions_of
from nominations.campaigns.enums import CampaignState
from nominations.campaigns.filters import CampaignFilter
from nominations.campaigns.forms import AnywayForm, AssetForm, CampaignForm, ItemForm, MessageForm, MoneyForm
from nominations.campaigns.models import Campaign
from nominations.campaigns.tables import STATES, CampaignTable
from nominations.row_forms import RowForm
from references.accounts import clock
from refprogram.governance.pilots.enums import PilotKind
from refprogram.governance.pilots.selectors import limits_of
from refprogram.kernel import timeline
from refprogram.kernel.files.addresses import address
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required
from refprogram.people.models import User

NEW = Action(
    gettext_lazy("Plan a campaign"), reverse_lazy("nominations:campaign-new"), icon="plus",
    permission="nominations.run_campaigns",
)  # fmt: skip
WAVES = Action(
    gettext_lazy("Waves"), reverse_lazy("nominations:waves"), icon="users", permission="nominations.see_waves"
)
OVER = {"ended", "cancelled"}


class CampaignList(ListPage):
    """`/campaigns/`: times in which the company is asked to nominate."""

    page = "nominations:campaigns"
    title = gettext_lazy("Campaigns")
    permission = "nominations.list"
    table_class = CampaignTable
    filterset_class = CampaignFilter
    search_fields = ("name",)
    default_sort = "-starts"
    views = (
        View("open", gettext_lazy("Planned and running"), "state=planned&state=running"),
        View("ended", gettext_lazy("Ended"), "state=ended"),
    )
    primary_action = NEW
    actions = (WAVES,)
    empty = Empty(gettext_lazy("A campaign asks colleagues to nominate: a goal, a sponsor, messages, a result."), NEW)

    def get_queryset(self) -> QuerySet[Campaign]:
        """Return the campaigns that the reader may see, or that ask them."""
        return selectors.with_list_facts(selectors.readable_by(self.request.user))


def _rows(user: User) -> QuerySet[Campaign]:
    return selectors.visible_to(user).prefetch_related("teams", "regions")


def _campaign(request: Any, public_id: str) -> Campaign:
    return get_object_or_404(_rows(request.user), public_id=public_id)


@permission_required("nominations.list")
@require_safe
def campaign_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show a campaign: what it brought, its calendar, its checklist, its money, and what it would run into.

    Colleagues whom it asks are led to what they may read of it.
    """
    user = request.user
    campaign = _rows(user).filter(public_id=public_id).first()
    if campaign is None:
        return redirect(get_object_or_404(selectors.readable_by(user), public_id=public_id).get_reader_url())
    runs = user.has_perm("nominations.run_campaigns")
    may = runs and campaign.state not in OVER
    groups = selectors.funnel_of(campaign)
    total = selectors.total_of(groups)
    items = selectors.kickoff_of(campaign)
    left = sum(1 for item in items if item.done_at is None)
    calendar = selectors.messages_of(campaign)
    regions = regions_of(calendar)
    promises = selectors.promises_of(campaign)
    context = {
        "campaign": campaign,
        "may": may,
        "pill": STATES[CampaignState(campaign.state)],
        "facts": shown.facts_of(campaign, selectors.audience_of(campaign).count()),
        "audience": shown.audience_words(campaign),
        "tiles": shown.tiles_of(campaign, total),
        "funnel": shown.funnel_rows(total),
        "funnel_heads": [(_("Step"), ""), (_("Nominations"), "")],
        "parts": shown.parts_of(groups) if groups else [],
        "tried": limits_of(PilotKind.MESSAGE, [row.public_id for row in calendar], user).values(),
        "messages_of": [shown.message_line(row, campaign, regions) for row in calendar],
        "next_step": shown.next_step(campaign, calendar, left),
        "checklist": shown.checklist_of(items, user, may=may),
        "left": left,
        "items": len(items),
        "assets": [(row, address(row.file, viewer=user) if row.file else "") for row in selectors.assets_of(campaign)],
        "waves": selectors.waves_of(campaign, user),
        "promises": promises,
        "money": selectors.money_of(promises),
        "warnings": selectors.warnings(campaign) if campaign.state not in OVER else [],
        "entries": timeline.entries(timeline.of_subject("campaign", campaign.pk)[: timeline.PAGE], user),
        "crumbs": [(_("Campaigns"), reverse("nominations:campaigns")), (campaign.name, "")],
    }
    return render(request, "nominations/campaigns/campaign.html", context)


class NewCampaign(FormPage):
    """`/campaigns/new/`."""

    form_class = CampaignForm
    title = gettext_lazy("Plan a campaign")
    facts = gettext_lazy("Nobody is asked before you start it.")
    verb = gettext_lazy("Plan it")
    permission = "nominations.run_campaigns"
    cancel_url = reverse_lazy("nominations:campaigns")
    draft = "nominations:campaign-new"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return who plans."""
        return {"viewer": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Begin with whom and what the address names."""
        return {"owner": self.request.user.public_id, "target": self.request.GET.get("target", "")}

    def save(self, form: CampaignForm) -> str:
        """Plan it."""
        return services.plan_campaign(actor=self.request.user, **form.cleaned_data).get_absolute_url()


class _OfCampaign(RowForm[Campaign]):
    """A form about one campaign."""

    permission = "nominations.run_campaigns"

    def find(self, public_id: str) -> Campaign:
        """Return the campaign."""
        return _campaign(self.request, public_id)


class EditCampaign(_OfCampaign):
    """`/campaigns/<id>/edit/`."""

    form_class = CampaignForm

    def get_title(self) -> str:
        """Return which campaign."""
        return _("Change %(name)s") % {"name": self.row.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return who changes it."""
        return {"viewer": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Return the campaign as it is."""
        row = self.row
        names = ("name", "purpose", "goal", "starts_on", "ends_on", "roles", "sponsor_message", "budget")
        people = {name: getattr(row, name) for name in ("sponsor", "owner", "target")}
        places = {name: [one.public_id for one in getattr(row, name).all()] for name in ("teams", "regions")}
        ids = {name: one.public_id if one else "" for name, one in people.items()}
        return {**{name: getattr(row, name) for name in names}, **ids, **places}

    def save(self, form: CampaignForm) -> str:
        """Change it."""
        facts = form.cleaned_data
        services.change_campaign(campaign=self.row, actor=self.request.user, **facts)
        return self.row.get_absolute_url()


class NewMessage(_OfCampaign):
    """`/campaigns/<id>/messages/add/`."""

    form_class = MessageForm
    title = gettext_lazy("Add a message")
    verb = gettext_lazy("Put it into the calendar")

    def get_initial(self) -> dict[str, Any]:
        """Begin with the first day that is not over."""
        return {"send_on": max(self.row.starts_on, min(clock.today(), self.row.ends_on))}

    def save(self, form: MessageForm) -> str:
        """Add it."""
        services.add_message(campaign=self.row, actor=self.request.user, **form.facts)
        return self.row.get_absolute_url()


class EditMessage(_OfCampaign):
    """`/campaigns/<id>/messages/<id>/`."""

    form_class = MessageForm
    title = gettext_lazy("Change the message")

    @cached_property
    def message(self) -> Any:
        """The message."""
        return get_object_or_404(self.row.messages, public_id=self.kwargs["message_id"])

    def get_initial(self) -> dict[str, Any]:
        """Return it as it is."""
        names = ("channel", "send_on", "subject", "other_subject", "body")
        return {name: getattr(self.message, name) for name in names} | self.message.customers

    @property
    def facts(self) -> str:  # type: ignore[override]
        """How many customers it goes to, as things stand."""
        return shown.reach_of(self.message, self.row)

    def save(self, form: MessageForm) -> str:
        """Change it."""
        services.change_message(message=self.message, actor=self.request.user, **form.facts)
        return self.row.get_absolute_url()


class NewAsset(_OfCampaign):
    """`/campaigns/<id>/assets/add/`."""

    form_class = AssetForm
    title = gettext_lazy("Add a file or an address")
    verb = gettext_lazy("Add it")

    def save(self, form: AssetForm) -> str:
        """Keep it."""
        services.add_asset(campaign=self.row, actor=self.request.user, **form.cleaned_data)
        return self.row.get_absolute_url()


class NewItem(_OfCampaign):
    """`/campaigns/<id>/kickoff/add/`."""

    form_class = ItemForm
    title = gettext_lazy("Add a line to the checklist")
    verb = gettext_lazy("Add it")

    def save(self, form: ItemForm) -> str:
        """Add it."""
        services.add_item(campaign=self.row, actor=self.request.user, **form.cleaned_data)
        return self.row.get_absolute_url()


class EditItem(_OfCampaign):
    """`/campaigns/<id>/kickoff/<n>/`: who settles it, until when."""

    form_class = ItemForm
    title = gettext_lazy("Who settles it, and until when?")

    @cached_property
    def item(self) -> Any:
        """The line."""
        return get_object_or_404(self.row.kickoff.select_related("who"), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The team stays."""
        return {"fixed": True}

    def get_initial(self) -> dict[str, Any]:
        """Return it as it is."""
        item = self.item
        return {"text": item.text, "who": item.who.public_id if item.who else "", "due_on": item.due_on}

    def save(self, form: ItemForm) -> str:
        """Change it; who is named is told."""
        services.assign_item(item=self.item, actor=self.request.user, **form.cleaned_data)
        return self.row.get_absolute_url()


class AskForMoney(_OfCampaign):
    """`/campaigns/<id>/money/`."""

    form_class = MoneyForm
    title = gettext_lazy("Ask for money")
    facts = gettext_lazy("Who answers for the fund decides.")
    verb = gettext_lazy("Ask")

    def save(self, form: MoneyForm) -> str:
        """Ask; the form's key makes twice once."""
        services.ask_for_money(campaign=self.row, actor=self.request.user, key=str(self.key or ""), **form.cleaned_data)
        return self.row.get_absolute_url()


# ---------------------------------------------------------------- one tap

SAID = {
    "start": gettext_lazy("Started. What is due leaves within minutes."),
    "end": gettext_lazy("Ended. What was nominated for it goes on."),
    "cancel": gettext_lazy("Called off."),
}


@permission_required("nominations.run_campaigns")
@require_POST
def campaign_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Start, end, or call off."""
    campaign, user = _campaign(request, public_id), request.user
    acts = {
        "start": lambda: services.start_campaign(campaign=campaign, actor=user, anyway=AnywayForm(request.POST).anyway),
        "end": lambda: services.end_campaign(campaign=campaign, actor=user),
        "cancel": lambda: services.cancel_campaign(campaign=campaign, actor=user),
    }
    press(request, acts[verb], str(SAID[verb]))
    return redirect(campaign)


@permission_required("nominations.list")
@require_POST
def item_verb(request: MemberRequest, public_id: str, pk: int, verb: str) -> HttpResponse:
    """Settle a line, open it again, or take it away."""
    campaign, user = _campaign(request, public_id), request.user
    item = get_object_or_404(campaign.kickoff, pk=pk)
    needs = "nominations.run_campaigns" if verb == "remove" else "nominations.settle_kickoff"
    if not user.has_perm(needs, item):
        raise PermissionDenied
    acts = {
        "done": (lambda: services.settle_item(item=item, actor=user), _("Settled.")),
        "undo": (lambda: services.settle_item(item=item, actor=user, done=False), _("Open again.")),
        "remove": (lambda: services.remove_item(item=item), _("Taken away.")),
    }
    press(request, *acts[verb])
    return redirect(campaign)


@permission_required("nominations.run_campaigns")
@require_POST
def message_verb(request: MemberRequest, public_id: str, message_id: str, verb: str) -> HttpResponse:
    """Take a message out, or note that what goes outside the program is done."""
    campaign, user = _campaign(request, public_id), request.user
    message = get_object_or_404(campaign.messages, public_id=message_id)
    acts = {
        "remove": (lambda: services.remove_message(message=message, actor=user), _("Taken out.")),
        "done": (lambda: services.mark_done(message=message), _("Noted as done.")),
    }
    press(request, *acts[verb])
    return redirect(campaign)


@permission_required("nominations.run_campaigns")
@require_POST
def asset_remove(request: MemberRequest, public_id: str, pk: int) -> HttpResponse:
    """Take a file or an address away."""
    campaign = _campaign(request, public_id)
    asset = get_object_or_404(campaign.assets, pk=pk)
    press(request, lambda: services.remove_asset(asset=asset, actor=request.user), _("Taken away."))
    return redirect(campaign)


@permission_required("nominations.list")
@require_safe
def refused(request: MemberRequest, public_id: str, message_id: str) -> HttpResponse:
    """Show whom a message did not reach, and why."""
    campaign = _campaign(request, public_id)
    if not request.user.has_perm("nominations.see_campaigns"):
        raise Http404
    message = get_object_or_404(campaign.messages, public_id=message_id)
    context = {
        "campaign": campaign,
        "message": message,
        "rows": selectors.refused_of(message)[:500],
        "crumbs": [(_("Campaigns"), reverse("nominations:campaigns")), (campaign.name, campaign.get_absolute_url())],
    }
    return render(request, "nominations/campaigns/refused.html", context)
