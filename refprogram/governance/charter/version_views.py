"""Versions of the charter: their list, one of them, and the verbs of its way."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from refprogram.governance.charter import selectors, services, shown
from refprogram.governance.charter.content import changes
from refprogram.governance.charter.enums import IN_WORK, WRITABLE, CharterState
from refprogram.governance.charter.forms import CommentForm, ConsultForm, WordsForm
from refprogram.governance.charter.models import CharterVersion
from refprogram.governance.charter.states import PILLS
from refprogram.kernel import timeline
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import button
from refprogram.people.gates import permission_required
from refprogram.people.row_forms import RowForm

S = CharterState


@require_safe
@permission_required("governance.see_charter_drafts")
def versions(request: MemberRequest) -> HttpResponse:
    """Every version: its state, who said what, who knows it."""
    rows = list(selectors.versions_for(request.user))
    context = {
        "rows": [(row, PILLS[CharterState(row.state)]) for row in rows],
        "may_begin": request.user.has_perm("governance.run_charter") and not any(row.state in IN_WORK for row in rows),
    }
    return render(request, "governance/charter/versions.html", context)


@require_POST
@permission_required("governance.run_charter")
def begin(request: MemberRequest) -> HttpResponse:
    """Begin a new version, or go on with the one in work."""
    return redirect(services.begin_draft(by=request.user).get_absolute_url())


def found_version(request: HttpRequest, public_id: str) -> CharterVersion:
    """Return the version with its parts, if the reader may see it."""
    rows = selectors.with_parts(selectors.visible_to(request.user))  # type: ignore[arg-type]
    return get_object_or_404(rows, public_id=public_id)


@require_safe
@login_required
def version(request: MemberRequest, public_id: str) -> HttpResponse:
    """One version: its words, what differs from the one before, opinions, what can be done with it."""
    row = found_version(request, public_id)
    opinions = selectors.opinions_of(row)
    own = next((one for one in opinions if one.user_id == request.user.pk), None)
    before = selectors.version_before(row)
    sees = request.user.has_perm("governance.see_charter_drafts")
    approval = selectors.open_approval_of(row) if row.state == S.CONSULT else None
    context = {
        **shown.charter(row),
        "pill": PILLS[CharterState(row.state)],
        "opinions": opinions if sees else [one for one in opinions if one == own],
        "own": own,
        "before": before,
        "changes": changes(selectors.content_of(before), selectors.content_of(row)) if before else [],
        "questions": selectors.questions_of(row) if sees else (),
        "approval": approval,
        "sees_drafts": sees,
        "entries": timeline.entries(timeline.of_subject("charterversion", row.pk)[: timeline.PAGE], request.user),
        **_allowed(request, row, asked=approval is not None),
    }
    return render(request, "governance/charter/version.html", context)


def _allowed(request: MemberRequest, row: CharterVersion, *, asked: bool) -> dict[str, bool]:
    """What this reader may do with a version as it stands."""
    runs = request.user.has_perm("governance.run_charter")
    return {
        "may_write": runs and row.state in WRITABLE,
        "may_consult": runs and row.state in (S.DRAFT, S.CONSULT),
        "may_ask": runs and row.state == S.CONSULT and not asked,
        "may_return": runs and row.state in (S.CONSULT, S.APPROVED),
        "may_publish": runs and row.state == S.APPROVED,
    }


class VersionPage(RowForm):
    """Base of forms about one version."""

    needs = "governance.run_charter"

    def find(self, public_id: str) -> CharterVersion:
        """Return the version of the address."""
        return found_version(self.request, public_id)

    @property
    def facts(self) -> list[str]:  # type: ignore[override]
        """Which version, and how it stands."""
        return [_t("Version %(n)d") % {"n": self.row.number}, str(PILLS[CharterState(self.row.state)].word)]


class WriteWords(VersionPage):
    """Write mission and strategies."""

    form_class = WordsForm
    title = _("Write the charter")
    verb = _("Keep these words")

    def get_initial(self) -> dict[str, Any]:
        """Return the words as they are."""
        row = self.row
        return {name: getattr(row, name) for name in (*services.TEXTS, "starts_on", "revision")}

    def act(self, **said: Any) -> object:
        """Keep them."""
        starts_on, revision = said["starts_on"], said["revision"]
        return services.write(
            version=self.row, texts=said, starts_on=starts_on, revision=revision, by=self.request.user
        )


class Consult(VersionPage):
    """Ask colleagues what they think."""

    form_class = ConsultForm
    title = _("Ask for opinions")
    verb = _("Ask them")
    said = _("Asked. They get a mail, and it is on their desks.")

    def act(self, **said: Any) -> object:
        """Ask."""
        return services.consult(version=self.row, by=self.request.user, **said)


class Comment(VersionPage):
    """Say what one thinks of a draft."""

    form_class = CommentForm
    title = _("Your opinion of the charter")
    verb = _("Send my opinion")
    needs = "governance.comment_charter"
    draft = "charter-comment"
    said = _("Thank you. Whoever writes the charter reads it now.")

    def get_initial(self) -> dict[str, Any]:
        """Return what was said before."""
        said = self.row.opinions.filter(user=self.request.user).first()
        return {"text": said.text if said else ""}

    def act(self, **said: Any) -> object:
        """Keep it."""
        return services.comment(version=self.row, by=self.request.user, **said)


def _verb(act: Any, done: Any) -> Any:
    """Make a POST view of a verb on a version."""
    return button(
        found_version, lambda request, row: act(version=row, by=request.user), done, needs="governance.run_charter"
    )


ask_approval = _verb(services.ask_approval, _("Asked for approval. You hear as soon as it is decided."))
return_to_draft = _verb(services.return_to_draft, _("It is a draft again."))
publish = _verb(services.publish, _("Published: this charter holds now, and colleagues are asked to know it."))
