"""Winners and what is written about them, over the API: the same doors as the pages."""

from typing import Any

from pydantic import Field

from awards.contests.api import demand
from awards.contests.enums import AFTER_PUBLICATION
from awards.contests.selectors import visible_to
from awards.models import Award, Contest
from awards.promotion import selectors, services, shown
from awards.promotion.models import WinnerKit
from awards.results.enums import AwardKind, AwardState
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["awards"])


class MeasuredOut(api.Schema):
    """A measured result that may be published, values with their unit."""

    what: str
    before: str
    after: str
    period: str


class SaidOut(api.Schema):
    """Words that a winner released, with who they are."""

    text: str
    name: str
    title: str


class WinnerOut(api.Schema):
    """One winner. `named` says whether the public page names them; `page` is empty where there is none."""

    id: str
    category: api.Ref
    kind: AwardKind
    people_choice: bool
    state: AwardState
    who: str
    title: str
    named: bool
    measured: MeasuredOut | None
    quote: SaidOut | None
    page: str


class KitOut(api.Schema):
    """What is written around the winners, Markdown. A mark is sent back with a change: an old text replaces nothing."""

    press_draft: str
    press_mark: str
    run_of_show: str
    show_mark: str


class KitPatch(api.Input):
    """New texts, each with the mark of the text that it replaces."""

    press_draft: str = Field("", max_length=services.LONGEST)
    press_mark: str = Field("", max_length=32)
    run_of_show: str = Field("", max_length=services.LONGEST)
    show_mark: str = Field("", max_length=32)


def _winner(award: Award) -> dict[str, Any]:
    one, named = shown.winner(award), selectors.may(award, "site")
    public = named and shown.is_public(award.contest) and award.contest.state in AFTER_PUBLICATION
    return {
        "id": award.public_id,
        "category": award.place.category,
        "kind": award.kind,
        "people_choice": award.people_choice,
        "state": award.state,
        "who": one.who,
        "title": one.title,
        "named": named,
        "measured": vars(one.measured) if one.measured is not None else None,
        "quote": vars(one.quote) if one.quote is not None else None,
        "page": shown.public_address(award) if public else "",
    }


def _kit(kit: WinnerKit) -> dict[str, Any]:
    return {
        "press_draft": kit.press_draft,
        "press_mark": services.mark_of(kit.press_draft),
        "run_of_show": kit.run_of_show,
        "show_mark": services.mark_of(kit.run_of_show),
    }


def _writable(request: MemberRequest, public_id: str) -> Contest:
    contest: Contest = api.found(visible_to(request.user), public_id)
    demand(request, "awards.write_about_winners", contest)
    return contest


@router.get("/contests/{public_id}/winners", response=list[WinnerOut])
def list_contest_winners(request: MemberRequest, public_id: str) -> list[dict[str, Any]]:
    """Who won, as far as the reader may know: who writes about winners from the certified results on."""
    contest: Contest = api.found(visible_to(request.user), public_id)
    demand(request, "awards.see_contests", contest)
    return [_winner(award) for award in selectors.winners_for(request.user, contest)]


@router.get("/contests/{public_id}/kit", response=KitOut)
def get_contest_kit(request: MemberRequest, public_id: str) -> dict[str, Any]:
    """Press draft and run-of-show."""
    return _kit(selectors.kit_of(_writable(request, public_id)))


@router.patch("/contests/{public_id}/kit", response=KitOut)
def change_contest_kit(request: MemberRequest, public_id: str, data: api.PatchDict[KitPatch]) -> dict[str, Any]:
    """Change one of the texts, or both."""
    contest, said = _writable(request, public_id), dict(data)
    services.write_both(
        contest=contest, by=request.user,
        texts={
            what: (said[field], said.get(mark, ""))
            for what, field, mark in (("press", "press_draft", "press_mark"), ("show", "run_of_show", "show_mark"))
            if field in said
        },
    )  # fmt: skip
    return _kit(selectors.kit_of(contest))


@router.post("/contests/{public_id}/kit/press", response=KitOut)
def write_contest_press(request: MemberRequest, public_id: str) -> dict[str, Any]:
    """Write the press draft anew from what is known."""
    return _kit(services.write_anew(contest=_writable(request, public_id), what=services.PRESS, by=request.user))


@router.post("/contests/{public_id}/kit/show", response=KitOut)
def write_contest_show(request: MemberRequest, public_id: str) -> dict[str, Any]:
    """Write the run-of-show anew from what is known."""
    return _kit(services.write_anew(contest=_writable(request, public_id), what=services.SHOW, by=request.user))
