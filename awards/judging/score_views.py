"""Scoring one entry: the page, what it keeps while the judge writes, and the one tap that gives it back."""

import datetime as dt
import re
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from awards.entries import content
from awards.judging import reading, services, sessions, shown
from awards.judging.enums import MAY_JUDGE, SCORED, Mode
from awards.judging.room_views import around, in_name_of
from awards.judging.selectors import work as selectors
from awards.judging.services.ballots import criteria_of
from awards.models import Assignment, Ballot
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.files.views import bytes_of
from refprogram.kernel.form_builder.services import StaleDraft

FIELD: Final = re.compile(r"c-(\w{1,12})")
LEVEL: Final = re.compile(r"[0-9]{1,3}")


def _mine(request: HttpRequest, public_id: str, *, whole: bool = False) -> Assignment | HttpResponse:
    """Return the piece of work, or the answer for whom it is not, or no longer, theirs; `whole` to be read."""
    judges = sessions.judges_of(request)
    if not judges and not request.user.is_authenticated:
        return redirect("awards:judging")
    row = selectors.work(judges, public_id, whole=whole)
    if row is not None:
        return row
    was = selectors.gone(judges, public_id)
    if was is None:
        raise Http404
    judge = next(one for one in judges if one.pk == was.judge_id)
    if judge.state not in MAY_JUDGE:
        return redirect("awards:judging-papers", judge.public_id)
    context = around(request, judge, "room", tie=was.state == "recused")
    return render(request, "awards/judging/gone.html", context, status=404)


@never_cache
def score(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show an entry beside its rubric; keep what is written (`act=save`), send it (`act=send`)."""
    at = timezone.now()  # the moment the request came counts, not the one when it is done
    found = _mine(request, public_id, whole=request.method != "POST")
    if isinstance(found, HttpResponse):
        return found
    if found.round.mode == Mode.RANKING:
        return redirect("awards:judging-rank", found.judge.public_id, found.place.category.slug)
    if found.round.mode == Mode.PAIRWISE:
        return redirect("awards:judging-pairs", found.judge.public_id, found.place.category.slug)
    page = _Page(request, found, at)
    if request.method != "POST":
        return in_name_of(request, found.judge, page.show)
    return in_name_of(request, found.judge, page.save if request.POST.get("act") == "save" else page.send)


class _Page:
    """One scoring page, for one request."""

    def __init__(self, request: HttpRequest, row: Assignment, at: dt.datetime) -> None:
        self.request, self.row, self.at = request, row, at
        self.tab = request.POST.get("tab", "")[:12] or secrets.token_hex(6)

    def _typed(self) -> dict[str, Any]:
        post = self.request.POST
        return {
            "scores": typed_scores(post),
            "comment": post.get("comment", ""),
            "note": post.get("note", ""),
            "verdict": post.get("verdict", ""),
            "revision": _number(post, "revision"),
            "tab": self.tab,
            "seconds": _number(post, "seconds"),
        }

    def save(self) -> HttpResponse:
        """Keep what is written; answer the line that says so, with the new revision."""
        typed = self._typed()
        if self.request.POST.get("keep"):
            typed["revision"] = self._now().revision
        context: dict[str, Any] = {"work": self.row, "revision": typed["revision"]}
        try:
            ballot = services.save_ballot(assignment=self.row, at=self.at, **typed)
        except StaleDraft:
            context["stale"] = True
        except DomainError as refusal:
            context["problem"] = refusal.message
        else:
            context |= {"revision": ballot.revision, "saved_at": ballot.updated_at, "total": ballot.total}
        return render(self.request, "awards/judging/score.html#saved", context)

    def _now(self) -> Ballot:
        draft, sent = selectors.ballots_of_work(self.row)
        return draft or sent or Ballot()

    def send(self) -> HttpResponse:
        """Send the ballot and go on to the next one; what is missing comes back beside what it belongs to."""
        typed = self._typed()
        try:
            services.submit_ballot(assignment=self.row, at=self.at, session=sessions.way_of(self.request), **typed)
        except StaleDraft as stale:
            return self.show(typed, problem=stale.message, stale=True, status=409)
        except InvalidInput as refusal:
            return self.show(typed, problem=refusal.message, errors=refusal.errors, status=422)
        except DomainError as refusal:
            return self.show(typed, problem=refusal.message, status=refusal.status)
        return go_on(self.request, self.row)

    def show(
        self,
        typed: Mapping[str, Any] | None = None,
        *,
        problem: str = "",
        errors: Mapping[str, str] | None = None,
        stale: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        """Return the whole page, with what was typed if it could not be taken."""
        row = self.row
        draft, sent = selectors.ballots_of_work(row)
        ballot, criteria = draft or sent, criteria_of(row)
        given = typed["scores"] if typed else shown.given_by(selectors.scores_on(row, ballot), criteria)
        steps = selectors.steps_of(row.judge, row.round_id)
        here = next((n for n, step in enumerate(steps) if step.public_id == row.public_id), 0)
        context = {
            "work": row,
            "entry": reading.read(row),
            "lines": shown.lines_of(criteria, given, dict(errors or {})),
            "qualify": row.round.mode == Mode.QUALIFY,
            "verdict": typed["verdict"] if typed else _verdict(ballot),
            "comment": typed["comment"] if typed else (ballot.comment if ballot else ""),
            "note": typed["note"] if typed else (ballot.private_note if ballot else ""),
            "total": ballot.total if ballot else None,
            "errors": errors or {},
            "problem": problem,
            "stale": stale,
            "revision": ballot.revision if ballot else 0,
            "saved_at": ballot.updated_at if ballot else None,
            "tab": self.tab,
            "sent": sent is not None and row.state in SCORED,
            "unsent": draft is not None and sent is not None,
            "open": self._is_open(draft),
            "standing": selectors.standing(row.judge, steps),
            "number": here + 1,
            "before": steps[here - 1].public_id if here else "",
            "after": _after(steps, here),
            "others": selectors.others_on(row),
        }
        more = around(self.request, row.judge, "room", **context)
        return render(self.request, "awards/judging/score.html", more, status=status)

    def _is_open(self, draft: Ballot | None) -> bool:
        if draft is not None and draft.reopened_reason:
            return True
        end = self.row.round.hard_close_at if draft is not None else self.row.round.closes_at
        return self.row.round.closed_at is None and self.row.round.opens_at <= self.at <= end


def typed_scores(post: QueryDict) -> dict[str, services.Given]:
    """Return what was chosen, by the public id of the criterion; what is no level is nothing."""
    found = {}
    for name, value in post.items():
        key = FIELD.fullmatch(name)
        if key is not None:
            level = int(str(value)) if LEVEL.fullmatch(str(value)) else None
            found[key[1]] = services.Given(level, value == "na", post.get(f"{name}-why", ""))
    return found


def _number(post: QueryDict, name: str) -> int:
    text = post.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _verdict(ballot: Ballot | None) -> str:
    if ballot is None or ballot.total is None:
        return ""
    return "yes" if ballot.total else "no"


def _after(steps: list[selectors.Step], here: int) -> str:
    """Return the next entry that waits, beginning after this one and going round; empty when none does."""
    order = [*steps[here + 1 :], *steps[:here]]
    return next((step.public_id for step in order if step.waits), "")


def go_on(request: HttpRequest, row: Assignment) -> HttpResponse:
    """Lead to the next entry that waits, or, when everything is done, to the receipt."""
    after = selectors.next_of(row)
    if after:
        return redirect("awards:judging-score", after)
    messages.success(request, _("Thank you: you have scored everything that was given to you."))
    return redirect("awards:judging-receipt", row.judge.public_id)


@require_POST
def opened(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note that the judge has the entry before them (the page says so once it is drawn); answers nothing."""
    found = _mine(request, public_id)
    if isinstance(found, HttpResponse):
        return found

    def note() -> HttpResponse:
        try:
            services.open_assignment(assignment=found)
        except DomainError as refusal:
            return HttpResponse(refusal.message, status=refusal.status, content_type="text/plain")
        return HttpResponse(status=204)

    return in_name_of(request, found.judge, note)


def _give_back(verb: Callable[..., Assignment], done: str) -> Callable[..., HttpResponse]:
    @require_POST
    def view(request: HttpRequest, public_id: str) -> HttpResponse:
        found = _mine(request, public_id)
        if isinstance(found, HttpResponse):
            return found

        def act() -> HttpResponse:
            try:
                verb(assignment=found, reason=request.POST.get("reason", ""))
            except DomainError as refusal:
                messages.error(request, refusal.message)
                return redirect("awards:judging-score", public_id)
            messages.success(request, str(done))
            return go_on_after_giving(found)

        return in_name_of(request, found.judge, act)

    return view


def go_on_after_giving(row: Assignment) -> HttpResponse:
    """Lead to the next entry, or to the list."""
    steps = selectors.steps_of(row.judge, row.round_id)
    after = _after(steps, -1)
    if after:
        return redirect("awards:judging-score", after)
    return redirect("awards:judging-room", row.judge.public_id)


def recused(request: HttpRequest, public_id: str) -> HttpResponse:
    """The judge has a tie to it."""
    return _give_back(services.recuse, _("Noted: somebody else judges it. Nothing of you stands beside it."))(
        request, public_id
    )


def declined(request: HttpRequest, public_id: str) -> HttpResponse:
    """The judge cannot do this one."""
    return _give_back(services.decline_work, _("Given back: somebody else judges it."))(request, public_id)


@require_safe
@never_cache
def attachment(request: HttpRequest, public_id: str, number: int) -> HttpResponseBase:
    """Hand out one attachment of an entry to its judge, by a name that says nothing where names are hidden."""
    found = _mine(request, public_id, whole=True)
    if isinstance(found, HttpResponse):
        return found
    named = next(((name, key) for n, name, key in reading.read(found).files if n == number), None)
    file = content.file_named(named[1]) if named is not None else None
    if named is None or file is None or file.removed_at is not None:
        raise Http404
    file.name = f"{found.place.entry.code}-{named[0]}" if found.round.blindness == "blind" else file.name
    return bytes_of(file)
