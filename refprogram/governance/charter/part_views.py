"""What a version is made of: a form for each kind of part, taking out, done."""

from typing import Any, Final, NamedTuple

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from refprogram.governance.charter import selectors, services
from refprogram.governance.charter.forms import LineForm, MarkForm, QuestionForm, StepForm
from refprogram.governance.charter.models import CharterVersion, Part, PlanStep, RoadMark
from refprogram.governance.charter.version_views import VersionPage
from refprogram.kernel.addresses import address
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press


class Kind(NamedTuple):
    """A kind of part: its form, and the titles of its pages."""

    form: Any
    add: Any
    change: Any


KINDS: Final = {
    "line": Kind(LineForm, _("Add a line to the scope"), _("Change a line of the scope")),
    "mark": Kind(MarkForm, _("Add to the road"), _("Change a mark of the road")),
    "step": Kind(StepForm, _("Add a step to the plan"), _("Change a step of the plan")),
    "question": Kind(QuestionForm, _("Write a question"), _("Change a question")),
}
LISTED: Final = {"words": ", ", "wrong": "\n"}  # fields of several words, and what stands between them in a form


class PartPage(VersionPage):
    """Base of forms about a part."""

    @cached_property
    def kind(self) -> Kind:
        """What kind of part the address names."""
        found = KINDS.get(self.kwargs["kind"])
        if found is None:
            raise Http404
        return found

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        """The form of this kind."""
        return self.kind.form

    def get_title(self) -> Any:
        """What is done to which kind."""
        return self.kind.add


class AddPart(PartPage):
    """Add a part to a version."""

    verb = _("Add it")

    def get_initial(self) -> dict[str, Any]:
        """Return what is usual."""
        return {"inside": "yes" if self.request.GET.get("inside", "yes") == "yes" else "no"}

    def act(self, **said: Any) -> object:
        """Add it."""
        return services.add_part(
            version=self.row, model=selectors.PARTS[self.kwargs["kind"]], facts=said, by=self.request.user
        )


class ChangePart(PartPage):
    """Say a part differently, or take it out."""

    verb = _("Keep the change")
    template_name = "governance/charter/part.html"

    @cached_property
    def part(self) -> Part:
        """The part of this address."""
        return found_part(self.request, self.kwargs["kind"], self.kwargs["public_id"])

    def find(self, public_id: str) -> CharterVersion:
        """Return the part's version."""
        return self.part.version  # type: ignore[attr-defined]

    def get_title(self) -> Any:
        """What is done to which kind."""
        return self.kind.change

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return what is taken out."""
        return {"kind": self.kwargs["kind"], "part": self.part}

    def get_initial(self) -> dict[str, Any]:
        """Return the part as it is."""
        found: dict[str, Any] = {name: getattr(self.part, name, None) for name in self.form_class.base_fields}
        found |= {name: sign.join(found[name]) for name, sign in LISTED.items() if name in found}
        people = {name: value.public_id for name, value in found.items() if hasattr(value, "person_id")}
        inside = {"inside": "yes" if found["inside"] else "no"} if "inside" in found else {}
        return found | people | inside

    def act(self, **said: Any) -> object:
        """Keep it."""
        return services.change_part(part=self.part, facts=said, by=self.request.user)


def found_part(request: Any, kind: str, public_id: str) -> Part:
    """Return a part of a version that the reader may see."""
    if kind not in selectors.PARTS:
        raise Http404
    part: Part = get_object_or_404(selectors.parts_for(request.user, kind), public_id=public_id)
    return part


@require_POST
@login_required
def remove(request: MemberRequest, kind: str, public_id: str) -> HttpResponse:
    """Take a part out of its version."""
    part = found_part(request, kind, public_id)
    if not request.user.has_perm("governance.run_charter"):
        raise PermissionDenied
    back = part.version.get_absolute_url()  # type: ignore[attr-defined]
    press(request, lambda: services.remove_part(part=part, by=request.user), _t("Taken out."))
    return redirect(back)


@require_POST
@login_required
def done(request: MemberRequest, kind: str, public_id: str) -> HttpResponse:
    """Say that a milestone is reached or a step done; again takes it back."""
    part = found_part(request, kind, public_id)
    if not isinstance(part, PlanStep | RoadMark):
        raise Http404
    row = part
    press(request, lambda: services.mark_done(part=row, by=request.user), _t("Noted."))
    return redirect(address("governance:charter"))
