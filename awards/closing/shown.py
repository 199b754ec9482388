"""The end of a contest in the words, figures and lines that its pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.closing.enums import Circle, StoryState
from awards.closing.models import Closing, Feedback
from awards.closing.selectors.circles import Recipient
from awards.closing.selectors.leaning import Leaning
from awards.closing.selectors.yields import Yield
from awards.closing.services.following import results_left
from awards.entries.content import telling_names
from awards.entries.enums import PlaceState
from awards.models import CategoryEntry, Contest, ContestEntry, EntryMetric, WinnerKit
from references.content.enums import USABLE
from refprogram.kernel import tables
from refprogram.kernel.templatetags import rp

STORIES: Final = {
    StoryState.DRAFTED: tables.Pill(gettext_lazy("Story drafted"), "info"),
    StoryState.NO_CONSENT: tables.Pill(gettext_lazy("No consent to a story"), ""),
    StoryState.LEFT_ALONE: tables.Pill(gettext_lazy("Left alone"), "rest"),
}
USED: Final = tables.Pill(gettext_lazy("Story may be used"), "ok")
RETIRED: Final = tables.Pill(gettext_lazy("Story was put away"), "rest")
NOT_YET: Final = tables.Pill(gettext_lazy("Not looked at yet"), "wait")


# ---------------------------------------------------------------- what came of it


def tiles_of(brought: Yield) -> list[dict[str, Any]]:
    """Return the figures on top of the page, and on the contest's own."""
    per_entry, cost = brought.per_entry, brought.cost_each
    eligible = ngettext("from %(n)s eligible entry", "from %(n)s eligible entries", brought.eligible)
    return [
        {
            "name": _("References won"),
            "value": rp.number(brought.references),
            "target": eligible % {"n": rp.number(brought.eligible)},
            "definition": _("Customers with an eligible entry who began to take part in the program after handing it "
                            "in, or whose story may be used. Each counts once."),
        },
        {
            "name": _("References per entry"),
            "value": rp.number(per_entry, 2) if per_entry is not None else "–",
            "target": _("references won / eligible entries"),
        },
        {
            "name": _("Cost per reference"),
            "value": rp.money(cost) if cost is not None else "–",
            "target": _("of %(cost)s in all") % {"cost": rp.money(brought.cost)} if brought.cost is not None
            else _("the contest’s cost is not known"),
        },
        {
            "name": _("Outcomes verified"),
            "value": rp.number(brought.verified),
            "target": _("of %(n)s noted") % {"n": rp.number(brought.recorded)},
        },
    ]  # fmt: skip


def funnel_of(brought: Yield) -> list[tuple[str, str]]:
    """Return the way from entries to stories, step by step."""
    steps = [
        (_("Handed in"), brought.entries),
        (_("Eligible"), brought.eligible),
        (_("Agreed to a story"), brought.agreed),
        (_("Story drafted"), brought.drafted),
        (_("Story may be used"), brought.usable),
    ]
    return [(name, rp.number(n)) for name, n in steps]


@dataclass(frozen=True)
class Step:
    """One thing that is to be done after a contest."""

    title: str
    detail: str
    done: bool
    url: str
    label: str


def steps_of(contest: Contest, closing: Closing | None, kit: WinnerKit | None, counts: dict[str, int]) -> list[Step]:
    """Return what is to be done, and how far it is."""
    thanked = kit is not None and kit.thanked_at is not None
    offers = closing is None or closing.offers_feedback
    opened = closing is not None and closing.feedback_opened_at is not None
    return [
        Step(
            _("Thank everybody who took part"),
            _("Sent %(day)s.") % {"day": rp.day(kit.thanked_at)} if kit is not None and kit.thanked_at is not None
            else _("Entrants, judges, who helped, who brought entries: one letter each."),
            thanked, reverse("awards:closing-thanks", args=[contest.slug]),
            _("Look at the letters") if thanked else _("Write the letters"),
        ),
        Step(
            _("Let entrants read what judges said"),
            _feedback_words(counts, offers=offers, opened=opened), opened or not offers,
            reverse("awards:closing-feedback", args=[contest.slug]), _("Open the comments"),
        ),
    ]  # fmt: skip


def _feedback_words(counts: dict[str, int], *, offers: bool, opened: bool) -> str:
    if not offers:
        return _("This contest offers no feedback.")
    if opened:
        return ngettext("Open; %(n)s comment was passed on.", "Open; %(n)s comments were passed on.",
                        counts["passed"]) % {"n": rp.number(counts["passed"])}  # fmt: skip
    if counts["waiting"]:
        return ngettext(
            "%(n)s comment waits for somebody to read it.", "%(n)s comments wait for somebody to read them.",
            counts["waiting"],
        ) % {"n": rp.number(counts["waiting"])}  # fmt: skip
    return _("Every comment was read. Nobody was told yet.")


@dataclass(frozen=True)
class FollowedLine:
    """One customer's entry, and what it became."""

    entry: ContestEntry
    pill: tables.Pill
    detail: str
    url: str
    results: list[tuple[EntryMetric, str, tables.Pill | None]]
    may_draft: bool
    left: int


def followed_lines(rows: Iterable[Any]) -> list[FollowedLine]:
    """Return the lines of the page."""
    return [_followed(entry) for entry in rows]


def _followed(entry: Any) -> FollowedLine:
    found = getattr(entry, "follow_up", None)
    asset = found.asset if found is not None else None
    pill, detail = STORIES[StoryState(found.state)] if found is not None else NOT_YET, ""
    if found is not None and asset is not None:
        pill = USED if asset.state in USABLE else RETIRED if asset.state == "retired" else pill
        writer = found.writer.name if found.writer is not None else _("nobody writes it")
        detail = f"{asset.get_state_display()} · {writer}"
    elif entry.agreed and found is not None and found.state == StoryState.NO_CONSENT:
        detail = _("They have agreed since.")
    metrics = list(entry.metrics.all())
    return FollowedLine(
        entry, pill, detail, asset.get_absolute_url() if asset is not None else "",
        [(metric, _figures(metric), _result(metric)) for metric in metrics],
        may_draft=entry.agreed and asset is None and (found is None or found.state != StoryState.DRAFTED),
        left=len(results_left(metrics)) if entry.agreed else 0,
    )  # fmt: skip


def _figures(metric: EntryMetric) -> str:
    before, after = (_plain(value) for value in (metric.before, metric.after))
    return f"{before} → {after} {metric.unit}".strip()


def _plain(value: Decimal | None) -> str:
    return f"{(value or Decimal()).normalize():f}"


def _result(metric: EntryMetric) -> tables.Pill | None:
    noted = getattr(metric, "recorded", None)
    if noted is None:
        return None
    if noted.outcome.verified_at is not None:
        return tables.Pill(_("verified"), "ok")
    return tables.Pill(_("noted"), "wait")


def won_word(place: CategoryEntry) -> str:
    """Return what an entry won in a category, once that may be read; empty for the others."""
    words = {PlaceState.WON: _("won %(category)s"), PlaceState.PLACED: _("placed in %(category)s"),
             PlaceState.COMMENDED: _("commended in %(category)s")}  # fmt: skip
    return words[PlaceState(place.state)] % {"category": place.category.name} if place.state in words else ""


# ---------------------------------------------------------------- thanks


def circles_of(people: Sequence[Recipient]) -> list[dict[str, Any]]:
    """Return each circle with how many letters it gets."""
    return [
        {
            "circle": circle,
            "name": str(circle.label).capitalize(),
            "reached": sum(one.circle == circle and not one.why_not for one in people),
            "missed": sum(one.circle == circle and bool(one.why_not) for one in people),
        }
        for circle in Circle
    ]


# ---------------------------------------------------------------- comments


@dataclass(frozen=True)
class CommentLine:
    """One comment before its moderator: with what would tell the reader who wrote it, or of whom it speaks."""

    row: Feedback
    telling: list[str]
    original: str
    pill: tables.Pill


def comment_lines(rows: Iterable[Feedback], names: Iterable[str]) -> list[CommentLine]:
    """Return comments with the names that stand in them: judges’, and other entrants’."""
    known = [name for name in names if name]
    return [_comment(row, known) for row in rows]


def _comment(row: Feedback, names: Sequence[str]) -> CommentLine:
    said = row.text.lower()
    written = row.ballot.comment.strip()
    pill = tables.Pill(_("Waits"), "wait")
    if row.passed_at is not None:
        pill = tables.Pill(_("Passed on"), "ok") if row.text == written else tables.Pill(_("Changed, passed on"), "ok")
    elif row.held_back:
        pill = tables.Pill(_("Held back"), "stop")
    own = {name.lower() for name in telling_names(row.entry)}
    telling = sorted({name for name in names if name.lower() in said and name.lower() not in own})
    return CommentLine(row, telling, written if written != row.text else "", pill)


# ---------------------------------------------------------------- for the judge alone


@dataclass(frozen=True)
class LeaningLine:
    """How strict a judge was, in a sentence and a picture."""

    leaning: Leaning
    sentence: str
    sure: str
    plot: Any


def leaning_lines(found: Iterable[Leaning]) -> list[LeaningLine]:
    """Return the lines of the page."""
    return [_leaning(one) for one in found]


def _leaning(one: Leaning) -> LeaningLine:
    points = rp.number(abs(one.points), 1)
    if abs(one.points) < 0.05:
        sentence = _("You scored like the panel as a whole.")
    elif one.points > 0:
        sentence = _("You scored %(n)s points more generously than the panel did on the same entries.") % {"n": points}
    else:
        sentence = _("You scored %(n)s points more strictly than the panel did on the same entries.") % {"n": points}
    sure = _("That is more than chance.") if one.sure else _("Chance alone could do that.")
    half = 2 * (one.error or 0.0)
    reach = max([abs(one.points) + half, *(abs(point) for point in one.panel), 5.0]) + 1
    plot = rp.range_plot(one.points, one.points - half, one.points + half, -reach, reach, plain=0.0)
    return LeaningLine(one, sentence, sure, plot)
