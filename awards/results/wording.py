"""Results in words: why scores are adjusted or not, what stands out, why another would lead by plain means."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from awards.models import Award
from awards.results.reconciling import Why
from awards.results.selectors import Names
from awards.results.ways import Counted
from awards.scoring.effects import Refusal
from awards.scoring.reliability import ALPHA_AMBER, ALPHA_RED
from refprogram.kernel.templatetags import rp

Json = Mapping[str, Any]

REFUSALS = {
    Refusal.SWITCHED_OFF: gettext_lazy("The rules of this round ask for plain averages."),
    Refusal.FEW_JUDGES: gettext_lazy(
        "Fewer than three judges: who is strict cannot be told from who read good entries."
    ),
    Refusal.NOT_CONNECTED: gettext_lazy(
        "Judges fall into groups that read nothing in common, so their strictness cannot be compared."
    ),
    Refusal.LITTLE_DATA: gettext_lazy("Too few ballots to tell strictness from chance."),
    Refusal.JUDGE_WITH_ONE: gettext_lazy("A judge scored one entry only."),
    Refusal.ENTRY_WITH_FEW: gettext_lazy("An entry has fewer ballots than the round asks for."),
    Refusal.NO_SEVERITY: gettext_lazy("The judges are equally strict: the plain averages stand."),
}
FLAGS = {
    "severe": gettext_lazy("strict"),
    "generous": gettext_lazy("generous"),
    "erratic": gettext_lazy("scatters more than others"),
    "too_smooth": gettext_lazy("hardly differs from the average"),
    "apart": gettext_lazy("orders entries unlike the others"),
    "narrow": gettext_lazy("uses little of the scale"),
    "alike": gettext_lazy("gives all criteria the same"),
    "hasty": gettext_lazy("scores in a few seconds"),
}
REASONS = {
    Why.RANK: gettext_lazy("by score"),
    Why.JOINT: gettext_lazy("equal with another"),
    Why.WON_ELSEWHERE: gettext_lazy("won another category"),
    Why.WON_BEFORE: gettext_lazy("won here lately"),
    Why.BELOW_SCORE: gettext_lazy("below the score that an award needs"),
    Why.MOVED_UP: gettext_lazy("moved up"),
}
BY = {
    "score": gettext_lazy("score"),
    "head_to_head": gettext_lazy("judges who scored both"),
    "median": gettext_lazy("middle ballot"),
    "chair": gettext_lazy("the chair’s vote"),
    "joint": gettext_lazy("equal"),
}
METHODS = {
    "raw": gettext_lazy("plain averages"),
    "median": gettext_lazy("the middle ballot"),
    "borda": gettext_lazy("each judge’s order"),
    "comparison": gettext_lazy("comparing two at a time"),
}


WAYS = {
    "score": gettext_lazy("Score"),
    "raw": gettext_lazy("Plain"),
    "median": gettext_lazy("Middle"),
    "trimmed": gettext_lazy("Trimmed"),
    "huber": gettext_lazy("Huber"),
}


def signed(value: float) -> str:
    """Return a figure with its sign, as tables of severity show it."""
    return ("+" if value > 0 else "−" if value < 0 else "") + rp.number(abs(value), 2)


def photo_finish(summary: Json, names: Names) -> str:
    """Return the sentence of a photo finish, if a prize hangs on one."""
    if not summary.get("photo"):
        return ""
    first, second = summary["photo"]
    if not round(first["lead"], 2):
        return _("%(first)s and %(second)s have the same score.") % {
            "first": _quoted(names, first), "second": _quoted(names, second),
        }  # fmt: skip
    return _(
        "%(first)s is ahead of %(second)s by %(lead)s; that it is the better one is %(sure)s likely. By the rules the "
        "order stands."
    ) % {
        "first": _quoted(names, first),
        "second": _quoted(names, second),
        "lead": rp.number(first["lead"], 2),
        "sure": rp.pct(first["above_next"]),
    }


def _quoted(names: Names, line: Json) -> str:
    """Return an entry as sentences name it."""
    return _("“%(title)s”") % {"title": names.entry(line["entry"])}


def why_first(summary: Json, names: Names) -> list[str]:
    """Return why the first leads, where plain averages would name another; nothing where they agree."""
    first, rival = summary.get("first"), summary.get("rival")
    if first is None or rival is None or summary["method"] != "adjusted":
        return []
    words = {"first": _quoted(names, first), "rival": _quoted(names, rival)}
    kindness = summary["kindness"]
    told = [
        _("%(rival)s leads on plain averages, %(raw)s to %(ours)s.")
        % {**words, "raw": rp.number(rival["raw"], 2), "ours": rp.number(first["raw"], 2)},
        _("Its judges gave %(theirs)s points against the average judge, those of %(first)s %(ours)s.")
        % {**words, "theirs": signed(kindness[rival["entry"]]), "ours": signed(kindness[first["entry"]])},
        *(_read_both(names.judge(judge), lead, words["first"]) for judge, lead in summary["both"]),
        _("Corrected for that, %(first)s leads by %(lead)s.")
        % {**words, "lead": rp.number(first["score"] - rival["score"], 2)},
    ]
    if summary["stability"]["same"] == summary["stability"]["of"]:
        told.append(_("Without any one judge the winner would be the same."))
    return told


def _read_both(judge: str, lead: float, first: str) -> str:
    """Return what a judge said who read both."""
    words = _("%(judge)s, who read both, scored %(first)s %(points)s higher.")
    if lead < 0:
        words = _("%(judge)s, who read both, scored %(first)s %(points)s lower.")
    return words % {"judge": judge, "first": first, "points": rp.number(abs(lead), 2)}


def how_sure(summary: Json, names: Names) -> list[tuple[str, str]]:
    """Return the facts beside an order: reliability, stability, connectedness."""
    facts: list[tuple[str, str]] = []
    reliability = summary.get("reliability")
    if reliability and reliability["alpha"] is not None:
        alpha, after = reliability["alpha"], reliability["alpha_adjusted"]
        words = f"{rp.number(alpha, 2)}, {_band(alpha)}"
        if after is not None and summary["method"] == "adjusted":
            words = _("%(before)s; adjusted %(after)s") % {"before": words, "after": rp.number(after, 2)}
        facts.append((_("Agreement"), words))
        if reliability["icc"]:
            facts.append((_("Mean of judges"), _("%(icc)s reliable") % {"icc": rp.pct(reliability["icc"]["mean"])}))
    stability = summary.get("stability")
    if stability:
        words = _("Winner holds in %(same)s of %(of)s") % {"same": stability["same"], "of": stability["of"]}
        facts.append((_("One judge out"), words))
    if stability and stability["pivotal"]:
        facts.append((_("It hangs on"), ", ".join(names.judge(judge) for judge in stability["pivotal"])))
    groups = summary.get("components")
    if groups:
        words = ngettext("Yes, one group", "No, %(n)d groups", groups) % {"n": groups}
        facts.append((_("Connected"), words))
    others = _other_methods(summary, names)
    if others:
        facts.append((_("Other methods"), others))
    return facts


def _other_methods(summary: Json, names: Names) -> str:
    methods = summary.get("methods")
    if not methods:
        return ""
    if not methods["sensitive"]:
        return _("name the same winner")
    winner = summary["first"]["entry"]
    found = [
        _("%(method)s: %(entry)s") % {"method": METHODS[name], "entry": names.entry(entry)}
        for name, entry in methods["winners"].items()
        if entry != winner
    ]
    return "; ".join(found)


def robust(lines: Sequence[Counted], names: Names) -> list[str]:
    """Return what robust ways of counting say of the first place."""
    leads = {way: names.entry(line.entry) for line in lines for way in line.leads}
    first = names.entry(lines[0].entry)
    told = []
    if "trimmed" not in lines[0].leads:
        words = _("By trimmed averages, which leave strict judges strict, “%(title)s” would come first.")
        told.append(words % {"title": leads["trimmed"]})
    if "huber" in lines[0].leads:
        told.append(_("However little odd ballots weigh, “%(title)s” comes first.") % {"title": first})
    else:
        words = _(
            "Where ballots that lie far off weigh less, “%(title)s” would come first: look at those before you sign."
        )
        told.append(words % {"title": leads["huber"]})
    return told


def _band(alpha: float) -> str:
    """Return Krippendorff's word for an alpha."""
    if alpha < ALPHA_RED:
        return _("low")
    return _("fair") if alpha < ALPHA_AMBER else _("good")


def method_of(summary: Json) -> str:
    """Return in a sentence how the order came about."""
    if summary["method"] == "adjusted":
        return _("Scores are corrected for how strict each judge is.")
    if summary["method"] == "borda":
        return _("The mean share of entries that each judge put below.")
    if summary["method"] == "pairwise":
        return _("Strengths from comparisons of two (Bradley and Terry).")
    refusal = summary.get("refusal")
    return str(REFUSALS[Refusal(refusal)]) if refusal else ""


def won_in(award: Award) -> str:
    """Return what an award is of: its category; the people’s choice is of none."""
    return str(_("the people’s choice")) if award.people_choice else award.place.category.name
