"""Press draft and run-of-show, written from what is known: a beginning that people change. Markdown.

Nobody stands in them who did not agree to be named there; who takes that back later is found by `named_against`.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.contests import zones
from awards.models import Award, Category, Contest, Prize, Sponsor
from awards.promotion import policy, selectors, shown
from awards.promotion.words import first_lines, us


@dataclass(frozen=True)
class Told:
    """Everything that drafts are written from."""

    contest: Contest
    winners: Sequence[Award]
    categories: Sequence[Category]
    sponsors: Sequence[Sponsor]
    prizes: Sequence[Prize]
    judges: Sequence[str]
    entries: int


# ---------------------------------------------------------------- press


def press(told: Told) -> str:
    """Return the draft of a press release."""
    contest = told.contest
    named = [award for award in told.winners if selectors.may(award, "press")]
    place = ", ".join(part for part in (contest.event_place, _day(contest)) if part)
    parts = [
        "# " + _("%(us)s announces the winners of %(contest)s") % {"us": us(), "contest": contest.name},
        "**" + _("Not to be used before %(when)s.") % {"when": shown.day_words(contest)} + "**",
        f"{place}. {_opening(told, named)}",
        *(_paragraphs(award) for award in named),
        "## " + _("How the winners were chosen"),
        _how(told),
        *_about(contest),
        "## " + _("Contact"),
        f"{contest.owner.name}, {us()}" + (f", {contest.owner.person.email}" if contest.owner.person.email else ""),
    ]
    return "\n\n".join(parts) + "\n"


def _day(contest: Contest) -> str:
    return date_format(contest.announce_at.astimezone(contest.tz).date(), "j F Y")


def _opening(told: Told, named: Sequence[Award]) -> str:
    facts = {"us": us(), "contest": told.contest.name, "n": len(told.winners)}
    said = ngettext(
        "%(us)s today named the winner of %(contest)s.", "%(us)s today named the %(n)d winners of %(contest)s.",
        len(told.winners),
    ) % facts  # fmt: skip
    names = [shown.entrant(award) for award in named]
    if not names:
        return said
    listed = names[0] if len(names) == 1 else _("%(most)s and %(last)s") % {
        "most": ", ".join(names[:-1]), "last": names[-1],
    }  # fmt: skip
    won = ngettext("The award goes to %(names)s.", "The awards go to %(names)s.", len(names)) % {"names": listed}
    return f"{said} {won}"


def _paragraphs(award: Award) -> str:
    """Return what is said of one winner: for what, with which result, in whose words."""
    who = shown.entrant(award)
    what = shown.kind_words(award) if award.people_choice else award.place.category.name
    lines = [f"## {what}: {who}"]
    said = _("%(who)s wins with “%(title)s”.") % {"who": who, "title": award.place.entry.title}
    if (found := shown.measured(award)) is not None:
        result = _("%(what)s went from %(before)s to %(after)s") % vars(found)
        said += f" {result} ({found.period})." if found.period else f" {result}."
    lines.append(said)
    if (quote := shown.words_of(award)) is not None:
        person = ", ".join(part for part in (quote.name, quote.title, who) if part)
        lines.append(f"> “{quote.text}”\n>\n> {person}")
    return "\n\n".join(lines)


def _how(told: Told) -> str:
    entered = ngettext("%(n)d entry was judged", "%(n)d entries were judged", told.entries) % {"n": told.entries}
    by = ngettext("by a jury of %(n)d", "by a jury of %(n)d", len(told.judges)) % {"n": len(told.judges)}
    jury = f" {by}: {', '.join(told.judges)}" if told.judges else ""
    return f"{entered}{jury}. " + _("Two people who had no part in the judging certified the results.")


def _about(contest: Contest) -> list[str]:
    lead = first_lines(contest.overview, 600)
    return ["## " + _("About %(contest)s") % {"contest": contest.name}, lead] if lead else []


# ---------------------------------------------------------------- run-of-show


@dataclass(frozen=True)
class Cue:
    """One cue on stage."""

    at: dt.datetime
    name: str
    lines: Sequence[str]


def run_of_show(told: Told) -> str:
    """Return the draft of the run-of-show: the award that counts most comes last."""
    contest, figures = told.contest, policy.now()
    at = contest.event_at.astimezone(contest.tz)
    where = ", ".join(part for part in (contest.event_name, contest.event_place) if part)
    cues = [Cue(at, _("Welcome"), _welcome(told))]
    at += dt.timedelta(minutes=figures.welcome_minutes)
    for award in sorted(told.winners, key=_on_stage):
        cues.append(Cue(at, _stage_name(award), _award_lines(award, told)))
        at += dt.timedelta(minutes=figures.award_minutes)
    cues.append(Cue(at, _("All winners on stage"), [_("Photograph with everybody."), _("Thanks and good-bye.")]))
    head = "# " + _("Run-of-show: %(contest)s") % {"contest": contest.name}
    line = " · ".join(part for part in (where, zones.said(contest.event_at, contest.tz)) if part)
    return "\n\n".join([head, line, *(_written(cue) for cue in cues)]) + "\n"


def _written(cue: Cue) -> str:
    return "\n".join([f"## {cue.at:%H:%M} {cue.name}", "", *(f"- {line}" for line in cue.lines)])


def _on_stage(award: Award) -> tuple[bool, int, int]:
    """Order awards for the stage: the least category first, the people’s choice after the jury’s, the best last."""
    return award.people_choice, -award.place.category.precedence, -award.rank


def _stage_name(award: Award) -> str:
    return shown.kind_words(award) if award.people_choice else award.place.category.name


def _welcome(told: Told) -> list[str]:
    lines = [_("Host: %(name)s") % {"name": told.contest.owner.name}]
    if told.entries:
        entered = ngettext("%(n)d entry was judged.", "%(n)d entries were judged.", told.entries)
        lines.append(entered % {"n": told.entries})
    if told.judges:
        lines.append(_("Thank the jury: %(names)s.") % {"names": ", ".join(told.judges)})
    if told.sponsors:
        lines.append(_("Thank our sponsors: %(names)s.") % {"names": ", ".join(row.name for row in told.sponsors)})
    return lines


def _award_lines(award: Award, told: Told) -> list[str]:
    category = next((row for row in told.categories if row.pk == award.place.category_id), award.place.category)
    lines = []
    if category.description and not award.people_choice:
        lines.append(_("What it asks: %(text)s") % {"text": first_lines(category.description, 160)})
    sponsor = next((row.name for row in told.sponsors if row.category_id == category.pk), "")
    if sponsor:
        lines.append(_("Handed over by %(sponsor)s.") % {"sponsor": sponsor})
    if not selectors.may(award, "stage"):
        return [*lines, _("This winner is not named on stage: hand over in private.")]
    facts = {"who": shown.entrant(award), "title": award.place.entry.title}
    lines.append(_("The winner: %(who)s, “%(title)s”.") % facts)
    if (found := shown.measured(award)) is not None:
        lines.append(_("Say: %(what)s went from %(before)s to %(after)s.") % vars(found))
    owner = award.place.entry.owner
    if owner is not None and selectors.may(award, "name"):
        lines.append(_("Comes on stage: %(name)s.") % {"name": owner.name})
    prizes = [row.item for row in told.prizes if _is_for(row, award)]
    if prizes:
        lines.append(_("Prize: %(items)s.") % {"items": ", ".join(prizes)})
    return [*lines, _("Certificate, photograph.")]


def _is_for(prize: Prize, award: Award) -> bool:
    """Whether this award gets the prize: that of its category or of every category, or the people’s choice its own."""
    if prize.people_choice or award.people_choice:
        return prize.people_choice and award.people_choice
    return prize.place == award.rank and prize.category_id in (None, award.place.category_id)


# ---------------------------------------------------------------- what stands in a text now


def named_against(text: str, awards: Sequence[Award], where: str) -> list[str]:
    """Return the winners that a text names although they do not agree to it, or no longer: `where` as in `may`."""
    folded = text.casefold()
    names = {shown.entrant(award) for award in awards if not selectors.may(award, where)}
    agreed = {shown.entrant(award) for award in awards if selectors.may(award, where)}
    return sorted(name for name in names - agreed if name and name.casefold() in folded)


def named_no_more(text: str, gone: Sequence[Award], awards: Sequence[Award]) -> list[str]:
    """Return whom a text names whose award was declined or taken back, unless they won something else."""
    folded, still = text.casefold(), {shown.entrant(award) for award in awards}
    names = {shown.entrant(award) for award in gone} - still
    return sorted(name for name in names if name and name.casefold() in folded)


def quoted_against(text: str, awards: Sequence[Award]) -> list[str]:
    """Return whose words stand in a text although they may not be shown (any more)."""
    folded = " ".join(text.split()).casefold()
    found = [award for award in awards if (quote := shown.quote_of(award)) is not None and shown.words_of(award) is None
             and " ".join(quote.text.split()).casefold() in folded]  # fmt: skip
    return sorted({shown.entrant(award) for award in found})


_CUE = re.compile(r"^##\s+(?:(\d{1,2}[:.]\d{2})\s+)?(.*)$")


def for_paper(text: str, contest: Contest) -> dict[str, Any]:
    """Return a run-of-show as plain values for the typesetter: a heading is a cue, its hour first if it has one."""
    cues: list[dict[str, Any]] = []
    lead: list[str] = []
    head = _("Run-of-show")
    for raw in text.splitlines():
        line = raw.strip()
        if not line:
            continue
        if line.startswith("# "):
            head = _plain(line[2:])
        elif (cue := _CUE.match(line)) is not None:
            cues.append({"time": cue[1] or "", "name": _plain(cue[2]), "lines": []})
        elif cues:
            bullet = line[:2] in ("- ", "* ")
            cues[-1]["lines"].append({"bullet": bullet, "text": _plain(line[2:] if bullet else line)})
        else:
            lead.append(_plain(line))
    embargo = ""
    if timezone.now() < contest.announce_at:
        embargo = _("In confidence until %(when)s") % {"when": shown.day_words(contest)}
    return {
        "lang": "en", "kicker": contest.name if contest.name not in head else us(), "head": head, "lead": lead,
        "cues": cues, "embargo": embargo, "foot": f"{us()} · {contest.name}",
    }  # fmt: skip


def _plain(text: str) -> str:
    return re.sub(r"[*_`]{1,2}(.+?)[*_`]{1,2}", r"\1", text).strip()
