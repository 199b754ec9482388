"""The API of what a version is made of: lines, marks, steps, questions. A change names the revision it was read at."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from pydantic import Field

from refprogram.governance.charter import selectors, services
from refprogram.governance.charter.api import PlanStepOut, RoadMarkOut, ScopeLineOut
from refprogram.governance.charter.enums import Horizon, MarkKind
from refprogram.governance.charter.models import Part
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import colleagues

router = api.Router(tags=["governance"])
PEOPLE: Final = ("redirect_to", "owner")
READ_AT: Final = "Of the charter, as you read it: 409 `stale` if somebody changed it since."


class _Kept(api.Schema):
    """The revision of the version after the change: what the next one is sent with."""

    revision: int

    @staticmethod
    def resolve_revision(obj: Any) -> int:
        return int(obj.version.revision)


class KeptLineOut(_Kept, ScopeLineOut):
    """A line of the scope as it is kept now."""


class KeptMarkOut(_Kept, RoadMarkOut):
    """A mark of the road as it is kept now."""


class KeptStepOut(_Kept, PlanStepOut):
    """A step of the plan as it is kept now."""


class KeptQuestionOut(_Kept):
    """A question as it is kept now."""

    id: str = Field(alias="public_id")
    text: str
    right: str
    wrong: list[str]
    sentence: str


class _PartIn(api.Input):
    revision: int | None = Field(None, ge=0, description=READ_AT)


class ScopeLineIn(_PartIn):
    """A kind of work that is in or out of scope; `because` is asked for what is out, `redirect_to` is an id."""

    inside: bool
    name: str = Field(max_length=120)
    kind: str = Field("", max_length=60)
    words: list[str] = Field([], max_length=40)
    hours: Decimal = Field(gt=0, le=9999, max_digits=6, decimal_places=2)
    because: str = Field("", max_length=2000)
    redirect_to: str = Field("", max_length=32)


class ScopeLinePatch(_PartIn):
    """What changes of a line."""

    inside: bool | None = None
    name: str | None = Field(None, max_length=120)
    kind: str | None = Field(None, max_length=60)
    words: list[str] | None = Field(None, max_length=40)
    hours: Decimal | None = Field(None, gt=0, le=9999, max_digits=6, decimal_places=2)
    because: str | None = Field(None, max_length=2000)
    redirect_to: str | None = Field(None, max_length=32)


class RoadMarkIn(_PartIn):
    """A driver, or a milestone with any day of its month."""

    horizon: Horizon
    kind: MarkKind = MarkKind.MILESTONE
    name: str = Field(max_length=120)
    month: dt.date | None = None


class RoadMarkPatch(_PartIn):
    """What changes of a mark."""

    horizon: Horizon | None = None
    kind: MarkKind | None = None
    name: str | None = Field(None, max_length=120)
    month: dt.date | None = None


class PlanStepIn(_PartIn):
    """What happens to the program's system in a month of the plan; `owner` is an id."""

    month: dt.date
    name: str = Field(max_length=160)
    owner: str = Field("", max_length=32)


class PlanStepPatch(_PartIn):
    """What changes of a step."""

    month: dt.date | None = None
    name: str | None = Field(None, max_length=160)
    owner: str | None = Field(None, max_length=32)


class CharterQuestionIn(_PartIn):
    """A question of the quiz; `sentence` is what the charter says about it."""

    text: str = Field(max_length=200)
    right: str = Field(max_length=160)
    wrong: list[str] = Field(min_length=1, max_length=4)
    sentence: str = Field(max_length=300)


class CharterQuestionPatch(_PartIn):
    """What changes of a question."""

    text: str | None = Field(None, max_length=200)
    right: str | None = Field(None, max_length=160)
    wrong: list[str] | None = Field(None, min_length=1, max_length=4)
    sentence: str | None = Field(None, max_length=300)


def _facts(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body with colleagues for their ids, none for an empty one."""
    named = {name: data[name] for name in PEOPLE if name in data}
    people = {name: api.one_of(colleagues(), said, name) if said else None for name, said in named.items()}
    return {name: value for name, value in data.items() if name != "revision"} | people


def _part(request: MemberRequest, public_id: str, kind: str, part_id: str) -> Part:
    rows = selectors.parts_for(request.user, kind).filter(version__public_id=public_id)
    part: Part = api.found(rows, part_id)
    return part


def _add(request: MemberRequest, public_id: str, kind: str, data: api.Input) -> Any:
    version = api.found(selectors.visible_to(request.user), public_id)
    said, model = data.dict(), selectors.PARTS[kind]
    made = services.add_part(
        version=version, model=model, facts=_facts(said), by=request.user, revision=said["revision"]
    )
    return api.Status(201, _part(request, public_id, kind, made.public_id))


def _change(request: MemberRequest, public_id: str, kind: str, part_id: str, data: Mapping[str, Any]) -> Part:
    part = _part(request, public_id, kind, part_id)
    services.change_part(part=part, facts=_facts(data), by=request.user, revision=data.get("revision"))
    return _part(request, public_id, kind, part_id)


def _remove(request: MemberRequest, public_id: str, kind: str, part_id: str, revision: int | None) -> Any:
    services.remove_part(part=_part(request, public_id, kind, part_id), by=request.user, revision=revision)
    return api.Status(204, None)


# ---------------------------------------------------------------- scope


@router.post("/charters/{public_id}/lines", response={201: KeptLineOut})
def create_charter_line(request: MemberRequest, public_id: str, data: ScopeLineIn) -> Any:
    """Add a line to the scope of a version whose words are not settled."""
    return _add(request, public_id, "line", data)


@router.patch("/charters/{public_id}/lines/{part_id}", response=KeptLineOut)
def change_charter_line(
    request: MemberRequest, public_id: str, part_id: str, data: api.PatchDict[ScopeLinePatch]
) -> Any:
    """Change a line of the scope."""
    return _change(request, public_id, "line", part_id, data)


@router.delete("/charters/{public_id}/lines/{part_id}", response={204: None})
def delete_charter_line(request: MemberRequest, public_id: str, part_id: str, revision: int | None = None) -> Any:
    """Take a line out of the scope."""
    return _remove(request, public_id, "line", part_id, revision)


# ---------------------------------------------------------------- the road


@router.post("/charters/{public_id}/marks", response={201: KeptMarkOut})
def create_charter_mark(request: MemberRequest, public_id: str, data: RoadMarkIn) -> Any:
    """Put a driver or a milestone on the road."""
    return _add(request, public_id, "mark", data)


@router.patch("/charters/{public_id}/marks/{part_id}", response=KeptMarkOut)
def change_charter_mark(
    request: MemberRequest, public_id: str, part_id: str, data: api.PatchDict[RoadMarkPatch]
) -> Any:
    """Change a driver or a milestone."""
    return _change(request, public_id, "mark", part_id, data)


@router.delete("/charters/{public_id}/marks/{part_id}", response={204: None})
def delete_charter_mark(request: MemberRequest, public_id: str, part_id: str, revision: int | None = None) -> Any:
    """Take a driver or a milestone off the road."""
    return _remove(request, public_id, "mark", part_id, revision)


# ---------------------------------------------------------------- the plan


@router.post("/charters/{public_id}/plan", response={201: KeptStepOut})
def create_charter_step(request: MemberRequest, public_id: str, data: PlanStepIn) -> Any:
    """Add a step to the plan of eighteen months."""
    return _add(request, public_id, "step", data)


@router.patch("/charters/{public_id}/plan/{part_id}", response=KeptStepOut)
def change_charter_step(
    request: MemberRequest, public_id: str, part_id: str, data: api.PatchDict[PlanStepPatch]
) -> Any:
    """Change a step of the plan."""
    return _change(request, public_id, "step", part_id, data)


@router.delete("/charters/{public_id}/plan/{part_id}", response={204: None})
def delete_charter_step(request: MemberRequest, public_id: str, part_id: str, revision: int | None = None) -> Any:
    """Take a step out of the plan."""
    return _remove(request, public_id, "step", part_id, revision)


# ---------------------------------------------------------------- questions


@router.post("/charters/{public_id}/questions", response={201: KeptQuestionOut})
def create_charter_question(request: MemberRequest, public_id: str, data: CharterQuestionIn) -> Any:
    """Write a question of the quiz; those that are written come before those made of the charter's lines."""
    return _add(request, public_id, "question", data)


@router.patch("/charters/{public_id}/questions/{part_id}", response=KeptQuestionOut)
def change_charter_question(
    request: MemberRequest, public_id: str, part_id: str, data: api.PatchDict[CharterQuestionPatch]
) -> Any:
    """Change a question."""
    return _change(request, public_id, "question", part_id, data)


@router.delete("/charters/{public_id}/questions/{part_id}", response={204: None})
def delete_charter_question(request: MemberRequest, public_id: str, part_id: str, revision: int | None = None) -> Any:
    """Take a question out."""
    return _remove(request, public_id, "question", part_id, revision)
