"""Stories, claims, needs and figures put into the words and pills that pages show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from references.accounts import clock
from references.consents.enums import Scope
from references.content.enums import ASSET_MOVES, AssetState, PartKind, ReviewAnswer
from references.content.models import Asset, AssetNeed, AssetPart, Claim, CustomerReview, Placement
from references.content.selectors.boards import PartView
from references.content.selectors.figures import Figures
from references.content.services import BY_HAND, is_proved, missing_for, needs_legal
from references.content.tables import PLACES, STATES
from refprogram.kernel.addresses import address
from refprogram.kernel.tables import Pill
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

S = AssetState
STEPS = (S.IDEA, S.BRIEF, S.INTERVIEW, S.DRAFT, S.INTERNAL_REVIEW, S.CUSTOMER_REVIEW, S.LEGAL, S.APPROVED, S.PUBLISHED)
EARLY = (S.IDEA, S.BRIEF, S.INTERVIEW)
ANSWERS = {
    ReviewAnswer.YES: Pill(_("Yes"), "ok"),
    ReviewAnswer.EDITED: Pill(_("Yes, with changes"), "ok"),
    ReviewAnswer.NO: Pill(_("No"), "stop"),
}
ICONS = {
    PartKind.HEADLINE: "flag", PartKind.TEXT: "doc", PartKind.QUOTE: "quote", PartKind.FIGURE: "chart",
    PartKind.PICTURE: "eye", PartKind.VIDEO: "play", PartKind.FILE: "file",
}  # fmt: skip


def verbs() -> dict[str, str]:
    """Return what the buttons of the pipeline's steps say."""
    return {
        S.BRIEF: _("Write the brief"),
        S.INTERVIEW: _("Talk to them"),
        S.DRAFT: _("Back to a draft"),
        S.INTERNAL_REVIEW: _("Send round here"),
        S.APPROVED: _("Approve"),
        S.RETIRED: _("Retire"),
    }


def pill_of(asset: Asset) -> Pill:
    """Return an asset's state."""
    return STATES[AssetState(asset.state)]


@dataclass(frozen=True)
class Column:
    """One state of the pipeline with its first cards."""

    state: AssetState
    word: str
    cards: list[Asset]
    count: int
    url: str


def column(state: AssetState, cards: list[Asset], count: int) -> Column:
    """Return a column of the pipeline."""
    for card in cards:
        card.late = card.due_on is not None and card.due_on < clock.today()  # type: ignore[attr-defined]
    url = f"{address('references:assets')}?state={state}"
    return Column(state, str(state.label).capitalize(), cards, count, url)


def steps(asset: Asset) -> list[dict[str, str]]:
    """Return the way of an asset for the stepper; nothing for one that is retired."""
    state = AssetState(asset.state)
    if state == S.RETIRED:
        return []
    here = STEPS.index(S.PUBLISHED if state == S.REFRESH_DUE else state)
    way = [one for one in STEPS if one != S.LEGAL or needs_legal(asset) or state == S.LEGAL]
    return [
        {
            "text": str(one.label).capitalize(),
            "state": "now" if one == STEPS[here] else "done" if STEPS.index(one) < here else "",
        }
        for one in way
    ]


@dataclass(frozen=True)
class Step:
    """A next step: its button, or why it is not possible yet."""

    to: str
    verb: str
    missing: list[str]
    url: str = ""
    ask: str = ""
    forward: bool = True


def next_steps(asset: Asset) -> list[Step]:
    """Return the steps that may follow: those by hand with what they lack, and those that are a form of their own."""
    found = []
    words = verbs()
    follows = ASSET_MOVES.get(asset.state, ())
    for to in STEPS:
        if to not in follows:
            continue
        if to in BY_HAND and not (to == S.APPROVED and asset.state == S.PUBLISHED):
            ahead = to not in {S.DRAFT, S.BRIEF} or asset.state in EARLY
            verb = _("Begin the draft") if to == S.DRAFT and asset.state in EARLY else words[to]
            found.append(Step(to, verb, list(missing_for(asset, to)), forward=ahead))
        elif to == S.CUSTOMER_REVIEW:
            url = reverse("references:asset-ask", args=[asset.public_id])
            found.append(Step(to, _("Send to the customer"), list(missing_for(asset, to)), url))
        elif to == S.LEGAL and needs_legal(asset):
            found.append(Step(to, _("Send to legal"), list(missing_for(asset, to)), ask="legal"))
    return _forward_first([one for one in found if not _needless(asset, one)])


def _needless(asset: Asset, step: Step) -> bool:
    """ "Approve" is no step of its own while legal has to be asked first."""
    return step.to == S.APPROVED and asset.state == S.CUSTOMER_REVIEW and needs_legal(asset)


def _forward_first(found: list[Step]) -> list[Step]:
    return sorted(found, key=lambda step: STEPS.index(AssetState(step.to)), reverse=True)


@dataclass(frozen=True)
class PartLine:
    """A part as its story's page shows it: with whether prospects may see it."""

    view: PartView
    icon: str
    word: str
    pill: Pill
    reason: str

    @property
    def part(self) -> AssetPart:
        """The part."""
        return self.view.part


@dataclass(frozen=True)
class ClaimLine:
    """A claim with what proves it."""

    claim: Claim
    pill: Pill
    proof: str
    may_check: bool


def claim_lines(claims: Iterable[Claim], user: User) -> list[ClaimLine]:
    """Return claims in words."""
    checks = user.has_perm("references.check_claims")
    return [
        ClaimLine(
            claim=claim,
            pill=Pill(_("Proved"), "ok") if is_proved(claim) else Pill(_("Not proved"), "wait"),
            proof=_proof(claim),
            may_check=checks and not is_proved(claim) and bool(claim.evidence) and claim.written_by_id != user.pk,
        )
        for claim in claims
    ]


def _proof(claim: Claim) -> str:
    if claim.outcome is not None:
        facts = (claim.outcome.metric, rp.number(claim.outcome.before, 2), rp.number(claim.outcome.after, 2))
        said = _("%(metric)s: from %(before)s to %(after)s") % dict(
            zip(("metric", "before", "after"), facts, strict=True)
        )
        return said if claim.outcome.verified_at else _("%(said)s, not verified yet") % {"said": said}
    if claim.checked_by is not None:
        return _("%(evidence)s, checked by %(name)s") % {"evidence": claim.evidence, "name": claim.checked_by.name}
    return claim.evidence or _("No evidence yet")


@dataclass(frozen=True)
class NeedLine:
    """Whose consent to what is needed, and whether it is there for share pages."""

    need: AssetNeed
    what: str
    whom: str
    missing: bool

    @property
    def pill(self) -> Pill:
        """Whether it is there, in a word."""
        return Pill(_("Missing"), "stop") if self.missing else Pill(_("Agreed"), "ok")


def need_lines(needs: Iterable[AssetNeed], missing: set[tuple[int, str]]) -> list[NeedLine]:
    """Return needs in words; `missing`: those that no term meets."""
    return [
        NeedLine(
            need=need,
            what=str(Scope(need.scope).label),
            whom=need.contact.person.name,
            missing=(need.contact_id, need.scope) in missing,
        )
        for need in needs
    ]


def releases_to_ask(lines: Iterable[NeedLine]) -> list[tuple[str, str]]:
    """Return who has not agreed to something, with the page that asks them for just that."""
    lacking = [line.need for line in lines if line.missing]
    asked = []
    for contact in {need.contact_id: need.contact for need in lacking}.values():
        scopes = dict.fromkeys(need.scope for need in lacking if need.contact_id == contact.pk)
        page = reverse("references:contact-release", args=[contact.public_id])
        asked.append((contact.person.name, f"{page}?{urlencode({'scope': list(scopes)}, doseq=True)}"))
    return asked


@dataclass(frozen=True)
class ReviewLine:
    """Who read which version, and what they said."""

    review: CustomerReview
    pill: Pill


def review_lines(reviews: Iterable[CustomerReview]) -> list[ReviewLine]:
    """Return customers' answers in words."""
    waiting = Pill(_("Has not answered"), "wait")
    return [
        ReviewLine(review, ANSWERS[ReviewAnswer(review.answer)] if review.answer else waiting) for review in reviews
    ]


def placement_lines(placements: Iterable[Placement]) -> list[tuple[Placement, Pill]]:
    """Return places with their state."""
    return [(row, PLACES[row.state]) for row in placements]  # type: ignore[index]


def stats(found: Figures) -> list[dict[str, Any]]:
    """Return the room's figures as tiles, each with its formula."""

    def tile(name: str, value: Any, definition: str, rows: Any, url: str) -> dict[str, Any]:
        return {"name": name, "value": value, "definition": definition, "rows": rows, "url": url}

    health, share = found.health, found.share
    return [
        tile(
            _("Consent health"),
            "–" if health is None else rp.pct(health),
            _("Published stories whose every consent holds for more than 60 days / published stories: %(a)d of %(b)d.")
            % {"a": found.healthy, "b": found.published},
            _("Published stories"),
            f"{address('references:assets')}?view=out",
        ),
        tile(
            _("Content yield"),
            "–" if share is None else rp.pct(share),
            _("Won deals in which a share page was looked at / deals with a share page: %(a)d of %(b)d.")
            % {"a": found.won, "b": found.shared},
            _("Share pages"),
            reverse("references:boards"),
        ),
        tile(
            _("Cost per used story"),
            "–" if found.cost_per_used is None else rp.money_short(found.cost_per_used),
            _("What is promised and spent for stories / stories that stand somewhere or were shared: %(a)s for %(b)d.")
            % {"a": rp.money(found.cost), "b": found.used},
            _("All stories"),
            reverse("references:assets"),
        ),
    ]
