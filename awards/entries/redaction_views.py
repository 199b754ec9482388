"""The page on which a screener hides from blind judges what would tell them who entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import visibility
from awards.entries import content, selectors, services
from awards.entries.enums import Factor
from awards.entries.models import ContestEntry
from awards.entries.redacting import Mask, Piece
from awards.entries.services.redacting import HIDES
from awards.entries.tables import who
from awards.entries.views import SCREEN, entry_or_404
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.kernel.form_builder.enums import FieldType
from refprogram.kernel.form_builder.fields import FieldSpec
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

PASSAGE = ("what", "period", "method", "story")


@dataclass(frozen=True)
class Part:
    """One answer of the entry: its texts one by one, each with what blind judges do not read of it."""

    label: str
    texts: list[list[Piece]]


@permission_required("awards.see_contests")
@require_http_methods(["GET", "HEAD", "POST"])
def redact(request: MemberRequest, public_id: str) -> HttpResponse:
    """`/entries/<id>/redact/`: the entry as blind judges read it; marked words are hidden, or shown again."""
    entry = entry_or_404(request, public_id, SCREEN)
    if not visibility.may_read(request.user, entry):
        raise PermissionDenied
    problem = ""
    if request.method == "POST":
        try:
            _act(entry, request)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except DomainError as refusal:
            problem = refusal.message
        else:
            return redirect("awards:entry-redact", public_id)
    context = {**_context(entry), "problem": problem, "typed": request.POST.get("words", "") if problem else ""}
    return render(request, "awards/entries/redact.html", context, status=422 if problem else 200)


def _act(entry: ContestEntry, request: MemberRequest) -> None:
    post, by = request.POST, request.user
    verb, words, file = post.get("act", ""), post.get("words", ""), post.get("file", "")
    if verb == "show":
        services.show_again(entry=entry, by=by, words=words, file=file)
    elif verb in ("done", "undone"):
        services.mark_redacted(entry=entry, by=by, done=verb == "done")
    else:
        services.hide(entry=entry, by=by, words=words, file=file)


def _context(entry: ContestEntry) -> dict[str, Any]:
    said, specs = selectors.said(entry, selectors.last_version(entry))
    shown = content.without_blind(said, specs)
    mask = content.mask_of(entry)
    files = selectors.files_of(shown)
    return {
        "entry": entry,
        "contest": entry.contest,
        "open": entry.state in HIDES,
        "blind": entry.contest.rounds.filter(blindness="blind").exists(),
        "parts": _parts(shown, specs, mask),
        "left_out": [spec.label for spec in specs if spec.blind and said["answers"].get(spec.key)],
        "files": [(key, file["name"], files.get(key), key in entry.hidden_files) for key, file in
                  sorted(shown["files"].items())],
        "names": content.names_left(said, specs, content.telling_names(entry)),
        "crumbs": [
            (_("Contests"), reverse("awards:contests")),
            (entry.contest.name, entry.contest.get_absolute_url()),
            (who(entry), entry.get_absolute_url()),
            (_("What judges read"), ""),
        ],
    }  # fmt: skip


def _parts(shown: Mapping[str, Any], specs: list[FieldSpec], mask: Mask) -> list[Part]:
    """Return the texts in the order in which judges read them."""
    said: list[tuple[Any, list[str]]] = [(_("Title"), [shown["title"]]), (_("In one sentence"), [shown["summary"]])]
    for row in shown["metrics"]:
        factor = str(Factor(row["factor"]).label) if row.get("factor") in Factor.values else _("Result")
        said.append((factor, [str(row[key]) for key in PASSAGE if row.get(key)]))
    for spec in specs:
        value = shown["answers"].get(spec.key)
        if value and spec.asks and spec.type not in (FieldType.FILE, FieldType.CONSENT):
            said.append((spec.label, [content.in_words(spec, value, shown["files"])]))
    return [Part(str(label), [mask.pieces(text) for text in texts]) for label, texts in said if any(texts)]
