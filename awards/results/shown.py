"""Results put into the words, lines and pictures that pages show."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.enums import ContestState
from awards.models import Category, Contest, TallyRun
from awards.results import selectors, tables, ways, wording
from awards.results.computing import COMPARED, summarize
from awards.results.enums import AwardKind, AwardState, TallyState
from awards.results.models import TallyRow
from awards.results.reconciling import Why
from awards.results.services.signing import SIGNATURES
from awards.results.stored import inputs_of, results_of
from refprogram.kernel.addresses import address
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

SUMMARY = 6
BY_SCORES = ("adjusted", "raw")
LEAST_P = 0.0001


def category_views(
    contest: Contest, categories: Sequence[Category], tallies: Mapping[int, TallyRun], current: Category
) -> list[dict[str, Any]]:
    """Return the tabs of the categories, each with how many entries were ranked."""
    return [
        {
            "name": category.name,
            "url": address("awards:results-category", contest.slug, category.slug),
            "current": category.pk == current.pk,
            "count": tallies[category.pk].summary.get("total") if category.pk in tallies else None,
        }
        for category in categories
    ]


def beside(contest: Contest, tally: TallyRun, lines: Sequence[TallyRow]) -> dict[str, Any]:
    """Return what stands beside an order: the photo finish, why the first leads, how sure it is."""
    summary = tally.summary
    named = [line for line in (summary.get("first"), summary.get("rival"), *(summary.get("photo") or ())) if line]
    entries = {line["entry"] for line in named} | set((summary.get("methods") or {"winners": {}})["winners"].values())
    judges = {judge for judge, *_ in summary.get("readers", ())} | set(
        (summary.get("stability") or {"pivotal": ()})["pivotal"]
    )
    names = selectors.names_in(contest, [line.place for line in lines], entries, judges)
    return {
        "photo": wording.photo_finish(summary, names),
        "why_first": wording.why_first(summary, names),
        "readers": [
            (names.judge(judge), wording.signed(effect), ", ".join(names.code(entry) for entry in read))
            for judge, effect, read in summary.get("readers", ())
        ],
        "how_sure": wording.how_sure(summary, names),
        "method_words": wording.method_of(summary),
        "total": summary["total"],
        "judges_total": summary["judges"],
        "ballots_total": summary["ballots"],
    }


def signing(contest: Contest, tally: TallyRun, user: User, *, certifies: bool) -> dict[str, Any]:
    """Return who signed, who is to sign, and whether this colleague may sign now. Who has a tie never gets here."""
    signers = selectors.signers_of(contest, tally)
    open_now = contest.state == ContestState.DELIBERATION and tally.state == TallyState.REVIEWED
    return {
        "signed": [one for one in signers if one.signed_at],
        "waiting": [one for one in signers if not one.signed_at],
        "needed": SIGNATURES,
        "may_sign": certifies and open_now and any(one.user == user and not one.signed_at for one in signers),
        "reviewed": tally.state != TallyState.COMPUTED,
        "certified": tally.state == TallyState.CERTIFIED,
    }


def awards(lines: Sequence[TallyRow], contest: Contest, *, runs: bool, certifies: bool) -> dict[str, Any]:
    """Return the awards of the page's entries as they stand, with what may be done with each."""
    decided = contest.state == ContestState.DECIDED
    given = [
        {
            "id": award["id"],
            "title": selectors.title_of(line.place),
            "kind": AwardKind(award["kind"]).label,
            "state": AwardState(award["state"]).label,
            "silence": _silence(award, contest),
            "proposed": award["state"] == AwardState.PROPOSED,
            "why": _why(award["reason"]),
            "rank": award["rank"],
            "may_tell": runs
            and decided
            and award["state"] == AwardState.EMBARGOED
            and award["kind"] in (AwardKind.WINNER, AwardKind.JOINT),
        }
        for line in lines
        if (award := line.award) is not None  # type: ignore[attr-defined]  # annotated by selectors.lines_of
    ]
    return {
        "awards": sorted(given, key=lambda one: one["rank"]),
        "may_revoke": certifies,
        "may_publish": runs and decided and timezone.now() >= contest.announce_at,
    }


def _silence(award: Mapping[str, Any], contest: Contest) -> str:
    """Return that a winner said nothing, so far or by the announcement; empty for everybody else."""
    if award["kind"] not in (AwardKind.WINNER, AwardKind.JOINT) or award["answered"]:
        return ""
    if award["state"] == AwardState.NOTIFIED:
        return _("no answer yet")
    if award["state"] == AwardState.EMBARGOED and contest.state == ContestState.DECIDED:
        return _("not told yet")
    return _("announced without an answer") if award["state"] == AwardState.PUBLISHED else ""


def _why(reason: str) -> str:
    """Return the reason in words: one of ours, or what somebody wrote."""
    return str(wording.REASONS[Why(reason)]) if reason in set(Why) else reason


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


def summary(tally: TallyRun) -> list[dict[str, Any]]:
    """Return the first lines of what is signed."""
    return [
        {
            "rank": line.rank,
            "title": selectors.title_of(line.place),
            "score": rp.number(line.score, 2),
            "award": AwardKind(award["kind"]).label if (award := line.award) else "",  # type: ignore[attr-defined]
        }
        for line in selectors.lines_of(tally, size=SUMMARY)
    ]


def method(contest: Contest, tally: TallyRun) -> dict[str, Any]:
    """Return the page of the method: scores of each judge, severities with pictures, the model’s figures."""
    compared = tally.summary.get("compared") or summarize(inputs_of(tally), results_of(tally))["compared"]
    found, model = selectors.model_of(tally)
    listed = [line["entry"] for line in compared["lines"]]
    others = (tally.summary.get("methods") or {"winners": {}})["winners"].values()
    names = selectors.names_in(contest, (), {*listed, *others}, [judge["judge"] for judge in found])
    judges = sorted(found, key=lambda judge: judge["effect"])
    effects = {judge["judge"]: judge["effect"] for judge in judges}
    return {
        "why_first": wording.why_first(tally.summary, names),
        "method_words": wording.method_of(tally.summary),
        "how_sure": wording.how_sure(tally.summary, names),
        "head": [names.judge(judge) for judge in compared["judges"]],
        "matrix": tables.matrix(compared, names),
        "effects": [wording.signed(effects[judge]) for judge in compared["judges"]],
        "judges": tables.judges(judges, names),
        "judges_count": len(judges),
        "model": _model(model),
        "by_scores": tally.method in BY_SCORES,
        "more": tally.summary["total"] > len(compared["lines"]),
    }


def ways_beside(contest: Contest, tally: TallyRun) -> dict[str, Any]:
    """Return the first entries counted in other ways, and whether one of them would name another winner."""
    told, ballots = results_of(tally), inputs_of(tally)["ballots"]
    order = [line["entry"] for line in told["entries"]]
    scores = {line["entry"]: line["score"] for line in told["entries"]}
    lines = ways.counted(ballots, scores, order, ways.ratio_of(told.get("fit") or {}), most=COMPARED)
    names = selectors.names_in(contest, (), [line.entry for line in lines], ())
    return {
        "heads": [wording.WAYS[way] for way in ways.WAYS],
        "rows": [
            (names.entry(line.entry), [(rp.number(line.worth[way], 2), way in line.leads) for way in ways.WAYS])
            for line in lines
        ],
        "sentences": wording.robust(lines, names),
        "more": len(order) > COMPARED,
    }


def _model(fit: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the figures of the model, for who wants to compute it again."""
    if "df" not in fit:
        return []
    ratio = fit["ratio"]
    return [
        (_("Ballots"), rp.number(fit["ballots"])),
        (_("Degrees of freedom"), rp.number(fit["df"])),
        (_("Variance of a ballot"), rp.number(fit["noise"], 4)),
        (_("Variance between judges"), rp.number(fit["between"], 4)),
        (_("Shrinkage"), rp.number(ratio, 4) if ratio is not None else _("none: plain averages")),
        (_("Do judges differ?"), _("F %(f)s, p %(p)s") % {"f": _f(fit["f"]), "p": _p(fit["f_p"])}),
    ]


def _f(value: float | None) -> str:
    return rp.number(value, 2) if value is not None else "∞"


def _p(value: float | None) -> str:
    return f"< {rp.number(LEAST_P, 4)}" if value is not None and value < LEAST_P else rp.number(value, 4)
