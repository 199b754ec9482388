"""The shop: what can be had for points, one item with what it needs to be told, and what became of one's wishes."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from incentives.catalogue import forms, kinds, selectors, services, shown
from incentives.catalogue.eligible import Buyer
from incentives.catalogue.enums import Clientele
from incentives.catalogue.models import Item, Redemption
from refprogram.kernel import timeline
from refprogram.kernel.files.addresses import address
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press, reason_of
from refprogram.people.enums import Role
from refprogram.people.gates import permission_required

VIEW, RUN = "incentives.view_rewards", "incentives.run_catalogue"
LINES = 30


@permission_required(VIEW)
@require_safe
def catalogue(request: MemberRequest) -> HttpResponse:
    """`/rewards/catalogue/?kind=&affordable=1`: what I can have, and what I am still short of."""
    buyer = selectors.viewer(request.user)
    kind, affordable = request.GET.get("kind", ""), request.GET.get("affordable") == "1"
    offered = selectors.shelf(buyer, kind=kind, affordable=affordable)
    chips = [("", _("All")), *selectors.kinds_offered(buyer)]
    context = {
        "balance": buyer.wallet.available,
        "reserved": buyer.wallet.reserved,
        "held": services.why_held(buyer.person),
        "tiles": [(one, kinds.icon_of(one.item.kind)) for one in offered],
        "affordable": affordable,
        "toggle": _url(kind, affordable=not affordable),
        "chips": [(name, _url(value, affordable=affordable), value == kind) for value, name in chips],
        "narrowed": bool(kind or affordable),
        "latest": selectors.of_person(request.user.person)[:3],
        "runs": request.user.has_perm(RUN),
    }
    return render(request, "incentives/catalogue/shop.html", context)


def _url(kind: str, *, affordable: bool) -> str:
    return "?" + urlencode({**({"kind": kind} if kind else {}), **({"affordable": 1} if affordable else {})})


class TakeItem(FormPage):
    """One item: what it is, what we need to know, and the button that spends the points."""

    form_class = forms.TakeForm
    permission = VIEW
    template_name = "incentives/catalogue/item.html"

    @cached_property
    def item(self) -> Item:
        """The item of this address."""
        found: Item = get_object_or_404(
            selectors.items_visible_to(self.request.user), public_id=self.kwargs["public_id"]
        )
        return found

    @cached_property
    def viewer(self) -> Buyer:
        """The reader, with their wallet as it is."""
        return selectors.viewer(self.request.user)

    def get_title(self) -> str:
        """The item's name."""
        return self.item.name

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the item, whose kind asks."""
        return {"item": self.item}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return the item, what stands in its way, and what who runs the catalogue reads of it."""
        user, item = self.request.user, self.item
        runs = user.has_perm(RUN)
        roles = [str(Role(role).label) for role in item.roles]
        regions = list(item.regions.order_by("name").values_list("name", flat=True)) if runs else []
        return {
            "item": item,
            "icon": kinds.icon_of(item.kind),
            "offered": selectors.offered_one(item, self.viewer),
            "for_customers": item.audience == Clientele.CUSTOMERS,
            "balance": self.viewer.wallet.available,
            "held": services.why_held(user.person),
            "runs": runs,
            "about": shown.item_facts(item, regions, roles) if runs else [],
        }

    def save(self, form: forms.TakeForm) -> str:
        """Ask for it."""
        user = self.request.user
        row = services.ask_for(
            item=self.item, buyer=services.buyer_of_user(user), by=user, said=form.cleaned_data,
            key=f"form:{self.key}" if self.key else "",
        )  # fmt: skip
        messages.success(self.request, _("Asked for. Your points are set aside."))
        return row.get_absolute_url()


@permission_required(VIEW)
@require_safe
def my_redemptions(request: MemberRequest) -> HttpResponse:
    """`/rewards/redemptions/`: what I asked for, and how far each is."""
    page = Paginator(selectors.of_person(request.user.person), LINES).get_page(request.GET.get("page"))
    lines = [(row, shown.pill_of(row), kinds.icon_of(row.item.kind)) for row in page.object_list]
    return render(request, "incentives/catalogue/mine.html", {"lines": lines, "page": page})


def found_row(request: MemberRequest, public_id: str) -> Redemption:
    """Return the redemption, if the reader may see it."""
    found: Redemption = get_object_or_404(selectors.in_full(selectors.visible_to(request.user)), public_id=public_id)
    return found


@permission_required(VIEW)
@require_safe
def redemption(request: MemberRequest, public_id: str) -> HttpResponse:
    """One redemption: how far, what next, and what may be done by whoever looks."""
    row = found_row(request, public_id)
    may = shown.may(row, request.user)
    gift = row.gift
    context = {
        "row": row,
        "pill": shown.pill_of(row),
        "icon": kinds.icon_of(row.item.kind),
        "steps": shown.steps(row),
        "next": shown.next_of(row, own=row.person_id == request.user.person_id),
        "about": shown.facts(row, in_full=may["sees_all"]),
        "disputes": list(row.disputes.select_related("answered_by__person").order_by("-pk")),
        "approval": gift.approval if gift is not None and gift.approval is not None and gift.approval.open else None,
        "proof_url": address(gift.proof, viewer=request.user) if gift and gift.proof and gift.proof.ready else "",
        "hold": selectors.held_trust(row.person) if may["may_hold"] else None,
        "entries": timeline.entries(timeline.latest_of("redemption", row.pk), request.user),
        "own": row.person_id == request.user.person_id,
        "worth": [(n, str(n)) for n in range(1, 6)],
        **may,
    }
    return render(request, "incentives/catalogue/redemption.html", context)


@permission_required(VIEW)
@require_POST
def redemption_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """What is said by one tap: by the receiver, or by who runs the catalogue."""
    row, user, reason = found_row(request, public_id), request.user, reason_of(request)
    acts = {
        "cancel": (lambda: services.cancel(redemption=row, by=user, reason=reason), _("Called off.")),
        "confirm": (lambda: _confirm(request, row), _("Thank you for telling us.")),
        "missing": (lambda: services.say_missing(redemption=row, person=user.person, words=reason), _("We look.")),
        "order": (lambda: services.order(redemption=row, by=user, reference=reason), _("Noted as ordered.")),
        "fail": (lambda: services.fail(redemption=row, by=user, reason=reason), _("Noted: the order failed.")),
        "retry": (lambda: services.retry(redemption=row, by=user), _("Ordered again.")),
        "give-back": (lambda: services.give_back(redemption=row, by=user, reason=reason), _("The points are back.")),
        "hold": (lambda: services.hold_trust(person=row.person, by=user, reason=reason), _("Their rewards are held.")),
        "lift": (lambda: services.lift_hold(person=row.person, by=user), _("They can spend points again.")),
    }  # fmt: skip
    if verb not in acts:
        raise Http404
    press(request, *acts[verb])
    return redirect(row.get_absolute_url())


def _confirm(request: MemberRequest, row: Redemption) -> Redemption:
    said = request.POST.get("worth", "")
    worth = int(said) if said in {"1", "2", "3", "4", "5"} else None
    words = request.POST.get("words", "")
    return services.confirm(redemption=row, person=request.user.person, worth=worth, words=words)


class _RedemptionForm(FormPage):
    """Base of forms about one redemption."""

    permission = VIEW
    possible = ""

    @cached_property
    def row(self) -> Redemption:
        """The redemption of this address."""
        return found_row(self.request, self.kwargs["public_id"])  # type: ignore[arg-type]

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Show the form where the step is possible."""
        if not self.open_to(self.row):
            raise Http404
        return super().get(request, *args, **kwargs)

    def open_to(self, row: Redemption) -> bool:
        """Whether the reader may take this step now."""
        return shown.may(row, self.request.user)[self.possible]

    def get_cancel_url(self) -> str:
        """Back to the redemption."""
        return self.row.get_absolute_url()

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """What, and for whom."""
        return [self.row.item.name, self.row.person.name]


class Deliver(_RedemptionForm):
    """Note that it was handed over, with its proof."""

    form_class = forms.DeliverForm
    title = gettext_lazy("Note as handed over")
    verb = gettext_lazy("It is handed over")
    permission = RUN
    possible = "may_deliver"

    def get_initial(self) -> dict[str, Any]:
        """Return what was promised for it."""
        return {"cost": self.row.value or None}

    def save(self, form: forms.DeliverForm) -> str:
        """Note it; the receiver is asked whether it is there."""
        row = services.deliver(redemption=self.row, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Noted. %(name)s is asked whether it is there.") % {"name": row.person.name})
        return row.get_absolute_url()


class Object(_RedemptionForm):
    """Object to what came, or did not."""

    form_class = forms.DisputeForm
    title = gettext_lazy("Something is wrong with it")
    verb = gettext_lazy("Send the objection")
    possible = "may_dispute"

    def save(self, form: forms.DisputeForm) -> str:
        """Send it to who runs the catalogue."""
        said = services.dispute(redemption=self.row, person=self.request.user.person, words=form.cleaned_data["words"])
        messages.success(self.request, _("Sent. You have an answer in a few days."))
        return said.get_absolute_url()


class AnswerObjection(_RedemptionForm):
    """Answer an objection."""

    form_class = forms.AnswerForm
    title = gettext_lazy("Answer the objection")
    verb = gettext_lazy("Send the answer")
    permission = RUN

    def open_to(self, row: Redemption) -> bool:
        """Whether an objection waits for somebody else than whose it is."""
        return row.person_id != self.request.user.person_id and row.disputes.filter(state="open").exists()

    def save(self, form: forms.AnswerForm) -> str:
        """Send it."""
        row = services.answer_dispute(
            redemption=self.row, corrected=form.cleaned_data["corrected"] == "yes", by=self.request.user,
            answer=form.cleaned_data["answer"],
        )  # fmt: skip
        return row.get_absolute_url()
