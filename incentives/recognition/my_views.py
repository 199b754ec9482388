"""My recognition, thanking, the walls, and the feed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from incentives.badges import selectors as badges
from incentives.recognition import feed, policy, selectors, services, walls
from incentives.recognition.enums import PostKind
from incentives.recognition.forms import ChoiceForm, ThanksForm
from incentives.recognition.levels import levels_of
from refprogram.kernel.forms import FormPage
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required
from refprogram.people.selectors import colleagues

SHOWN = 10


@require_GET
@permission_required("incentives.view_rewards")
def my_recognition(request: MemberRequest) -> HttpResponse:
    """My levels, badges, thanks and letters, and where I would rather not stand."""
    person = request.user.person
    shown = {
        "levels": levels_of(person.pk),
        "worn": badges.worn(badges.of_person(person)),
        "thanks": selectors.thanks_for(person, SHOWN),
        "letters": selectors.letters_to(person, SHOWN),
        "left": selectors.thanks_left(request.user),
        "choice": selectors.choice_of(person),
    }
    return render(request, "incentives/recognition/mine.html", shown)


class Choose(FormPage):
    """`/recognition/choice/`"""

    form_class = ChoiceForm
    title = gettext_lazy("Where I stand in public")
    facts = gettext_lazy("Your own pages show everything all the same, and so do those of who runs the program.")
    verb = gettext_lazy("Keep it")
    cancel_url = reverse_lazy("incentives:my-recognition")
    permission = "incentives.view_rewards"

    def get_initial(self) -> dict[str, Any]:
        """Begin with what stands."""
        row = selectors.choice_of(self.request.user.person)
        return {"in_ranks": row.in_ranks, "in_feed": row.in_feed}

    def save(self, form: ChoiceForm) -> str:
        """Keep it."""
        services.choose(user=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Kept. It holds from now on, for what was before too."))
        return reverse("incentives:my-recognition")


class Thank(FormPage):
    """`/recognition/thank/`; `?to=` names the colleague."""

    form_class = ThanksForm
    title = gettext_lazy("Thank a colleague")
    verb = gettext_lazy("Say thanks")
    cancel_url = reverse_lazy("incentives:feed")
    permission = "incentives.give_thanks"

    def get_initial(self) -> dict[str, Any]:
        """Begin with who was named in the address."""
        named = self.request.GET.get("to", "").replace("\x00", "")
        return {"to": colleagues().filter(public_id=named).first()} if named else {}

    def save(self, form: ThanksForm) -> str:
        """Thank them."""
        given = services.give_thanks(actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("%(name)s hears of it.") % {"name": given.receiver.name})
        return reverse("incentives:feed")


@require_POST
@permission_required("incentives.give_thanks")
def take_thanks_back(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take thanks back."""
    row = get_object_or_404(selectors.thanks_visible_to(request.user), public_id=public_id)
    act = lambda: services.take_thanks_back(thanks=row, actor=request.user)  # noqa: E731
    press(request, act, _("Taken back."))
    return redirect("incentives:feed")


@require_GET
@permission_required("incentives.view_rewards")
def wall(request: MemberRequest) -> HttpResponse:
    """The wall of fame: the best in each dimension."""
    shown = {"columns": walls.of_fame(request.user), "help": policy.now().show_needs_help}
    return render(request, "incentives/recognition/wall.html", shown)


@require_GET
@permission_required("incentives.view_rewards")
def needs_help(request: MemberRequest) -> HttpResponse:
    """Who could use a hand; there is no such page where policy does not allow it."""
    found = walls.needs_help()
    if found is None:
        raise Http404
    return render(request, "incentives/recognition/help.html", {"found": found})


@require_GET
@permission_required("incentives.read_feed")
def read_feed(request: MemberRequest) -> HttpResponse:
    """Letters, badges, thanks, wins: `?kind=` one of them, `?before=` what is older than that post."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in PostKind.values else ""
    page = feed.read(request.user, kind=kind, before=request.GET.get("before", "").replace("\x00", "")[:40])
    tabs = [("", _("All")), *PostKind.choices]
    shown = {
        "lines": page.lines,
        "older": page.older,
        "kind": kind,
        "views": [
            {"name": name, "url": f"?kind={key}" if key else reverse("incentives:feed"), "current": key == kind,
             "count": None}
            for key, name in tabs
        ],
        "left": selectors.thanks_left(request.user),
        "may_run": request.user.has_perm("incentives.run_recognition"),
    }  # fmt: skip
    return render(request, "incentives/recognition/feed.html", shown)


@require_GET
@permission_required("incentives.view_rewards")
def feed_panel(request: MemberRequest) -> HttpResponse:
    """The last few posts, for the desk."""
    may_read = request.user.has_perm("incentives.read_feed")
    lines = feed.read(request.user, n=4).lines if may_read else []
    return render(request, "incentives/recognition/feed_panel.html", {"lines": lines})


@require_POST
@permission_required("incentives.view_rewards")
def hide_post(request: MemberRequest, public_id: str) -> HttpResponse:
    """Take something out of the feed."""
    row = get_object_or_404(feed.visible_to(request.user), public_id=public_id)
    if row.person_id != request.user.person_id and not request.user.has_perm("incentives.run_recognition"):
        raise PermissionDenied
    press(request, lambda: services.hide_post(row=row, actor=request.user), _("It is out of the feed."))
    return redirect("incentives:feed")
