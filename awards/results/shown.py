"""Results put into the words, lines and pictures that pages show."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.contests.enums import ContestState
from awards.models import Award, Category, Contest, TallyRun
from awards.results import selectors, wording
from awards.results.enums import AwardKind, AwardState, TallyState
from awards.results.models import TallyRow
from awards.results.reconciling import Why
from awards.results.services.signing import SIGNATURES
from awards.results.ties import tie_of
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

SUMMARY = 6
COMPARED = 12


def category_views(
    contest: Contest, categories: Sequence[Category], tallies: Mapping[int, TallyRun], current: Category
) -> list[dict[str, Any]]:
    """Return the tabs of the categories, each with how many entries were ranked."""
    return [
        {
            "name": category.name,
            "url": reverse("awards:results-category", args=[contest.slug, category.slug]),
            "current": category.pk == current.pk,
            "count": len(tallies[category.pk].results["entries"]) if category.pk in tallies else None,
        }
        for category in categories
    ]


def names_of(contest: Contest, tally: TallyRun) -> selectors.Names:
    """Return names for the first entries and all judges of a tally, and who would win by other methods."""
    results = tally.results
    entries = [line["entry"] for line in results["entries"][: selectors.PAGE]]
    others = results.get("methods", {}).get("winners", {}).values()
    return selectors.names_in(contest, {*entries, *others}, [judge["judge"] for judge in results["judges"]])


def beside(contest: Contest, tally: TallyRun) -> dict[str, Any]:
    """Return what stands beside an order: the photo finish, why the first leads, how sure it is."""
    names, results = names_of(contest, tally), tally.results
    shown = {line["entry"] for line in results["entries"][:2]}
    first_two = wording.why_first(results, tally.snapshot["ballots"], names)
    raw = results.get("methods", {}).get("winners", {}).get("raw")
    effect = {judge["judge"]: judge["effect"] for judge in results["judges"]}
    read: dict[str, list[str]] = {}
    for ballot in tally.snapshot["ballots"]:
        if ballot["entry"] in shown | {raw} and ballot["judge"] in effect:
            read.setdefault(ballot["judge"], []).append(names.codes.get(ballot["entry"], ""))
    return {
        "photo": wording.photo_finish(results, names),
        "why_first": first_two,
        "readers": [
            (names.judges.get(judge, ""), wording.signed(effect[judge]), ", ".join(sorted(codes)))
            for judge, codes in sorted(read.items(), key=lambda item: effect[item[0]])
        ],
        "how_sure": wording.how_sure(results, names),
        "method_words": wording.method_of(results),
        "total": len(results["entries"]),
        "judges_total": len(results["judges"]),
        "ballots_total": results.get("fit", {}).get("ballots", 0),
    }


def signing(contest: Contest, tally: TallyRun, user: User) -> dict[str, Any]:
    """Return who signed, who may, and whether this colleague may sign now."""
    signed = selectors.signatures_of(tally)
    may = (
        contest.state == ContestState.DELIBERATION
        and tally.state == TallyState.REVIEWED
        and user.has_perm("awards.certify_results", contest)
        and user.pk not in {one.certifier_id for one in signed}
        and not tie_of(user, tally.category)
    )
    return {
        "signed": signed,
        "needed": SIGNATURES,
        "certifiers": selectors.certifiers_of(contest),
        "may_sign": may,
        "reviewed": tally.state != TallyState.COMPUTED,
        "certified": tally.state == TallyState.CERTIFIED,
    }


def awards(lines: Sequence[TallyRow], found: Mapping[int, Award], contest: Contest, user: User) -> dict[str, Any]:
    """Return the awards of the category as they stand, with what may be done with each."""
    decided = contest.state == ContestState.DECIDED
    runs = user.has_perm("awards.run_contest", contest)
    given = [
        {
            "award": found[line.place_id],
            "title": line.place.entry.title or line.place.entry.code,
            "kind": AwardKind(found[line.place_id].kind).label,
            "state": AwardState(found[line.place_id].state).label,
            "why": _why(found[line.place_id]),
            "may_tell": runs
            and decided
            and found[line.place_id].state == AwardState.EMBARGOED
            and found[line.place_id].kind in (AwardKind.WINNER, AwardKind.JOINT),
        }
        for line in lines
        if line.place_id in found
    ]
    return {
        "awards": sorted(given, key=lambda one: (one["award"].rank, one["award"].pk)),
        "any_award": bool(found),
        "may_revoke": user.has_perm("awards.certify_results", contest),
        "may_publish": runs and decided,
    }


def _why(award: Award) -> str:
    """Return the reason in words: one of ours, or what somebody wrote."""
    return str(wording.REASONS[Why(award.reason)]) if award.reason in set(Why) else award.reason


def equal_pair(lines: Sequence[TallyRow]) -> dict[str, Any] | None:
    """Return the first two entries that nothing could part, for the chair."""
    for one, other in itertools.pairwise(lines):
        if one.joint and one.rank == other.rank:
            return {
                "first": one.place.public_id,
                "second": other.place.public_id,
                "names": (one.place.entry.title, other.place.entry.title),
            }
    return None


def summary(contest: Contest, tally: TallyRun) -> list[dict[str, Any]]:
    """Return the first lines of what is signed."""
    found = selectors.awards_of(contest)
    return [
        {
            "rank": line.rank,
            "title": line.place.entry.title or line.place.entry.code,
            "score": rp.number(line.score, 2),
            "award": AwardKind(found[line.place_id].kind).label if line.place_id in found else "",
        }
        for line in selectors.lines_of(tally, size=SUMMARY)
    ]


def method(contest: Contest, tally: TallyRun) -> dict[str, Any]:
    """Return the page of the method: scores of each judge, severities with pictures, the model’s figures."""
    results, names = tally.results, names_of(contest, tally)
    judges = sorted(results["judges"], key=lambda judge: judge["effect"])
    given = {(ballot["judge"], ballot["entry"]): ballot["total"] for ballot in tally.snapshot["ballots"]}
    compared = results["entries"][:COMPARED]
    own = {judge for judge, entry in given if entry in {line["entry"] for line in results["entries"]}}
    shown = [judge for judge in judges if judge["judge"] in own][:COMPARED]
    return {
        "names": names,
        "why_first": wording.why_first(results, tally.snapshot["ballots"], names),
        "method_words": wording.method_of(results),
        "how_sure": wording.how_sure(results, names),
        "head": [names.judges.get(judge["judge"], "") for judge in shown],
        "matrix": [
            {
                "name": names.entries.get(line["entry"], ""),
                "cells": [_cell(given.get((judge["judge"], line["entry"]))) for judge in shown],
                "raw": rp.number(line["raw"], 2),
                "score": rp.number(line["score"], 2),
                "by": wording.BY.get(line["by"], _("a criterion")),
            }
            for line in compared
        ],
        "effects": [wording.signed(judge["effect"]) for judge in shown],
        "judges": [_judge(judge, names, judges) for judge in judges],
        "model": _model(results),
        "more": len(results["entries"]) > COMPARED,
    }


def _cell(total: float | None) -> str:
    return "" if total is None else rp.number(total, 1)


def _judge(judge: Mapping[str, Any], names: selectors.Names, judges: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    reach = max(abs(one["severity"]) + 2 * (one["error"] or 0) for one in judges) or 1.0
    half = 2 * (judge["error"] or 0)
    flags = [str(wording.FLAGS[flag]) for flag in judge["flags"]]
    side = judge["own_side"]
    if side is not None and side["p"] < 0.05:
        flags.append(_("leans to their own side by %(points)s") % {"points": wording.signed(side["lead"])})
    return {
        "name": names.judges.get(judge["judge"], ""),
        "ballots": judge["ballots"],
        "effect": wording.signed(judge["effect"]),
        "plot": rp.range_plot(
            judge["severity"], judge["severity"] - half, judge["severity"] + half, -reach, reach, plain=judge["effect"]
        ),
        "fit": rp.number(judge["fit"], 2) if judge["fit"] is not None else "",
        "correlation": rp.number(judge["correlation"], 2) if judge["correlation"] is not None else "",
        "flags": flags,
    }


def _model(results: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the figures of the model, for who wants to compute it again."""
    fit = results.get("fit", {})
    if "df" not in fit:
        return []
    ratio = fit["ratio"]
    return [
        (_("Ballots"), rp.number(fit["ballots"])),
        (_("Degrees of freedom"), rp.number(fit["df"])),
        (_("Variance of a ballot"), rp.number(fit["noise"], 4)),
        (_("Variance between judges"), rp.number(fit["between"], 4)),
        (_("Shrinkage"), rp.number(ratio, 4) if ratio is not None else _("complete: plain averages")),
        (_("Do judges differ?"), _("F %(f)s, p %(p)s") % {"f": _f(fit["f"]), "p": rp.number(fit["f_p"], 4)}),
    ]


def _f(value: float | None) -> str:
    return rp.number(value, 2) if value is not None else "∞"
