"""Rows of the long lists of judging, drawn in Python: a template takes five times as long for each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.defaultfilters import floatformat
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.judging import shown
from awards.judging.enums import TO_DO, AssignmentState, BallotState, Blindness, JudgeKind, JudgeState
from awards.judging.selectors.held import Covered, Load, Work
from awards.models import Assignment, Ballot, Round
from refprogram.kernel.addresses import address, row_url
from refprogram.kernel.markup import escaped, filled, filled_each
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

MAY_BE_TAKEN: Final = (
    AssignmentState.PROPOSED, AssignmentState.RELEASED, AssignmentState.OPENED, AssignmentState.IN_PROGRESS,
)  # fmt: skip
_POST: Final = '<form method="post" action="{}">{}{}<button class="{}">{}</button></form>'


def token_of(request: HttpRequest) -> SafeString:
    """Return the field that every form of the page sends with it."""
    return filled('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


def _words() -> dict[str, SafeString]:
    """Return what is said of a piece of work, by its state: drawn once for all rows."""
    return {str(state): rp.pill(pill.word, pill.tone) for state, pill in shown.WORK.items()}


def _button(public_id: str, verb: str, token: SafeString, words: str, css: str, *, more: str = "") -> SafeString:
    return filled(_POST, address("awards:work-verb", public_id, verb), token, more, css, words)


# ---------------------------------------------------------------- judges


def judges(rows: Iterable[Load]) -> SafeString:
    """Return the panel, a line each."""
    words = {state: rp.pill(pill.word, pill.tone) for state, pill in shown.JUDGES.items()}
    kinds = {value: str(label) for value, label in JudgeKind.choices}
    said = _("%(scored)s of %(held)s scored, takes %(cap)s")
    return filled_each(
        '<li>{}<div class="rp-grow"><a class="rp-name" href="{}">{}</a><small>{}{} · {}{}</small></div>{}</li>',
        (
            (
                rp.avatar(judge.person.name),
                judge.get_absolute_url(),
                judge.person.name,
                kinds[judge.kind],
                f" · {judge.organisation}" if judge.organisation else "",
                said % {"scored": rp.number(scored), "held": rp.number(held), "cap": rp.number(judge.load_cap)},
                f" · {_('suggests %(who)s') % {'who': judge.suggests}}" if judge.suggests else "",
                words[JudgeState(judge.state)],
            )
            for judge, held, scored in rows
        ),
    )


def work_of_judge(rows: Iterable[Work], ballots: Mapping[int, Ballot], viewer: User, token: SafeString) -> SafeString:
    """Return what a judge was given, a line each, with what may be done about it."""
    words, free, corrections = _words(), _("Free for another"), _Corrections(viewer, token)
    return filled_each(
        '<li><div class="rp-grow"><a class="rp-name" href="{}">{}</a><small>{}</small>{}</div>{}'
        '<div class="do">{}{}</div></li>',
        (
            (
                row_url("awards:work", row.public_id),
                row.code,
                _about(row, ballots.get(row.pk)),
                _asked_to_void(ballots.get(row.pk)),
                words[row.state],
                _button(row.public_id, "take", token, free, "btn btn-quiet") if row.state in MAY_BE_TAKEN else "",
                corrections.of(row.public_id, ballots.get(row.pk)),
            )
            for row in rows
        ),
    )


def _about(row: Work, ballot: Ballot | None) -> SafeString:
    _ballot, minutes = shown.taken(ballot)
    at = rp.exact(ballot.submitted_at) if ballot is not None else ""
    parts = [f"{row.round} · {row.category}", _("calibration") if row.anchor else "", row.reason, minutes, at]
    return SafeString(" · ".join([escaped(part) for part in parts if part]))


def _asked_to_void(ballot: Ballot | None) -> SafeString | str:
    if ballot is None or ballot.void_asked_by is None or ballot.state == BallotState.VOIDED:
        return ""
    facts = {"name": ballot.void_asked_by.person.name, "why": ballot.void_reason}
    return filled("<small>{}</small>", _("%(name)s asks that it does not count: %(why)s") % facts)


class _Corrections:
    """What may be done about a ballot that was sent; what is the same in all rows of a page is worked out once."""

    def __init__(self, viewer: User, token: SafeString) -> None:
        self._viewer, self._token = viewer, token
        self._form = (
            filled(
                '<details><summary class="btn btn-quiet">{}</summary><form method="post" class="rp-form" action="',
                _("Correct"),
            ),
            filled('">{}<label class="form-label" for="why-', token),
            filled('">{}</label><input class="form-control" id="why-', _("Why?")),
            filled(
                '" name="reason" maxlength="300" required><div class="rp-form-do">'
                '<button class="btn btn-line">{}</button><button class="btn btn-stop" formaction="',
                _("Let them write again"),
            ),
            filled('">{}</button></div></form></details>', _("Ask that it does not count")),
        )

    def of(self, public_id: str, ballot: Ballot | None) -> SafeString | str:
        """Return the buttons of one piece of work."""
        if ballot is None or ballot.state == BallotState.VOIDED:
            return ""
        if ballot.void_asked_by_id is None:
            again, void = (address("awards:work-verb", public_id, verb) for verb in ("reopen", "ask-void"))
            begin, label, field, do, end = self._form
            return SafeString("".join([begin, again, label, public_id, field, public_id, do, void, end]))
        counts = _button(public_id, "keep", self._token, _("It counts"), "btn btn-quiet")
        if ballot.void_asked_by_id == self._viewer.pk:
            return counts
        void_it = _button(public_id, "void", self._token, _("It does not count"), "btn btn-stop")
        return filled("{}{}", void_it, counts)


# ---------------------------------------------------------------- a judge's own


def queue(rows: Iterable[Any], round_: Round, *, by_entry: bool) -> SafeString:
    """Return a judge’s own entries, a line each, with what they said; without names where these are hidden."""
    blind = round_.blindness == Blindness.BLIND
    return filled_each(
        '<li>{}<div class="rp-grow">{}<small>{}</small></div>{}</li>',
        (
            (
                _dot(row),
                filled(
                    '<a class="rp-name" href="{}">{}</a>' if by_entry else "<b>{1}</b>",
                    row_url("awards:judging-score", row.public_id),
                    shown.title_of(row, blind=blind),
                ),
                _where(row),
                _own(row),
            )
            for row in rows
        ),
    )


def _dot(row: Any) -> SafeString:
    tone, icon = "ok", "check"
    if row.state in TO_DO:
        tone, icon = "info" if row.has_draft else "wait", "doc"
    elif row.state == AssignmentState.LAPSED:
        tone, icon = "stop", "x"
    return filled('<span class="rp-dot {}">{}</span>', tone, rp.icon(icon))


def _where(row: Any) -> str:
    """Return the line below an entry's name."""
    parts = [row.place.entry.code, row.place.category.name]
    if row.state in TO_DO:
        parts += [_("calibration: scored by all judges first")] if row.place.entry.anchor else []
        parts += [_("begun, not sent")] if row.has_draft else []
    else:
        parts += [_("not scored in time")] if row.state == AssignmentState.LAPSED else []
        parts += [_("changed since, not sent")] if row.has_draft else []
    return " · ".join(parts)


def _own(row: Any) -> SafeString | str:
    """Return the rank or the total that they gave."""
    if row.state in TO_DO or (not row.own_rank and row.own_total is None):
        return ""
    said = f"{row.own_rank}." if row.own_rank else floatformat(row.own_total, 1)
    return filled('<b class="rp-num">{}</b>', said)


# ---------------------------------------------------------------- coverage


def coverage(rows: Iterable[Covered], round_: Round, token: SafeString, *, runs: bool) -> SafeString:
    """Return the entries of a round, a row each, with who judges them."""
    is_open = round_.closed_at is None
    give, word = row_url("awards:round-give", round_.public_id), _("Give to a judge")
    short, pieces = rp.pill(_("short"), "wait"), _Pieces(token if is_open else None, linked=runs)
    return filled_each(
        '<tr><td>{} <small class="rp-muted">{}</small>{}</td><td>{}</td><td class="rp-num">{}{}</td>'
        '<td class="rp-num">{}</td><td class="rp-num">{}</td><td class="rp-num">{}</td><td>{}</td></tr>',
        (
            (
                row.place.entry.title or row.place.entry.code,
                row.place.entry.code,
                pieces.of(row.work) if row.work else "",
                row.place.category.name,
                _held_of(row, round_),
                filled(" {}", short) if row.short > 0 else "",
                row.scored,
                row.customers,
                row.independent,
                filled(_GIVE, give, row.place.entry.code, row.place.category_id, word) if is_open else "",
            )
            for row in rows
        ),
    )


def _held_of(row: Covered, round_: Round) -> str:
    """Return how many judges an entry has of those it needs; what a preview would add once judging is on, apart."""
    proposed = sum(one.state == AssignmentState.PROPOSED for one in row.work) if round_.released_at is not None else 0
    said = _("%(held)s of %(needed)s") % {"held": row.held - proposed, "needed": round_.per_entry}
    if not proposed:
        return said
    return f"{said}, {ngettext('%(n)d proposed', '%(n)d proposed', proposed) % {'n': proposed}}"


_GIVE: Final = '<a href="{}?entry={}&amp;category={}">{}</a>'
_PIECE: Final = '<li class="rp-row wrap"><span>{}</span><a href="{}">{}</a>{}</li>'


class _Pieces:
    """Who judges an entry, folded; with a token, each with the button that frees it for another.

    What is the same for all rows of a page is worked out once: the words, the button, and each judge's name.
    """

    def __init__(self, token: SafeString | None, *, linked: bool) -> None:
        back = SafeString('<input type="hidden" name="back" value="coverage">')
        self._words, self._linked, self._token = _words(), linked, token
        self._end = filled('">{}{}<button class="rp-link">{}</button></form>', token or "", back, _("Free for another"))
        self._names: dict[int, SafeString] = {}

    def of(self, work: Sequence[Assignment]) -> SafeString:
        """Return the work on one entry."""
        return filled(
            '<details><summary class="rp-sm">{}</summary><ul class="rp-plain rp-sm">{}</ul></details>',
            ngettext("%(n)s judge", "%(n)s judges", len(work)) % {"n": len(work)},
            filled_each(_PIECE, (self._piece(one) for one in work)),
        )

    def _piece(self, one: Assignment) -> tuple[SafeString, str, SafeString, SafeString | str]:
        form: SafeString | str = ""
        if self._token is not None and one.state in MAY_BE_TAKEN:
            begin = filled('<form method="post" action="{}', address("awards:work-verb", one.public_id, "take"))
            form = SafeString(begin + self._end)
        return self._name(one), row_url("awards:work", one.public_id), self._words[one.state], form

    def _name(self, one: Assignment) -> SafeString:
        if one.judge_id not in self._names:
            judge = one.judge
            linked = ('<a href="{}">{}</a>', judge.get_absolute_url(), judge.person.name)
            self._names[one.judge_id] = filled(*linked) if self._linked else escaped(judge.person.name)
        return self._names[one.judge_id]
