"""Figures over the API: the same door as the page."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from pydantic import Field

from refprogram.kernel import api
from refprogram.kernel.errors import NotAllowed
from refprogram.kernel.program_settings import selectors, services
from refprogram.kernel.program_settings.figures import EDIT

router = api.Router(tags=["settings"])


class FigureOut(api.Schema):
    """One figure."""

    name: str
    label: str
    value: Any = Field(description="As it is sent back in a PATCH.")
    default: Any
    words: str = Field(description="The value as people read it.")
    limits: str
    influences: str
    recounts: bool = Field(description="Whether a job recounts what is kept before the figure changes.")


class RoomOut(api.Schema):
    """The figures of one room."""

    room: str
    title: str
    url: str
    revision: int = Field(description="Send it back with a change, and nobody's change is lost.")
    figures: list[FigureOut]


class RoomsOut(api.Schema):
    """All rooms whose figures you may change."""

    items: list[RoomOut]


class FiguresIn(api.Input):
    """What to change; null puts a figure back to its default."""

    values: dict[str, Any] = Field(max_length=100)
    revision: int | None = None


def _out(shown: selectors.Shown) -> dict[str, Any]:
    return {
        "room": shown.room.key,
        "title": str(shown.room.title),
        "url": api.absolute(reverse("kernel:program-settings-room", args=[shown.room.key])),
        "revision": shown.revision,
        "figures": [
            {
                "name": line.figure.name,
                "label": str(line.figure.label),
                "value": line.figure.kind.keep(line.value),
                "default": line.figure.kind.keep(line.figure.default),
                "words": line.words,
                "limits": line.figure.kind.limits(),
                "influences": str(line.figure.influences),
                "recounts": bool(line.figure.by_job),
            }
            for line in shown.lines
        ],
    }


def _demand(user: Any) -> None:
    if not user.has_perm(EDIT):
        raise NotAllowed("Your role does not include this.")


@router.get("/settings", response=RoomsOut)
def list_settings(request: Any) -> Any:
    """Return every figure that is policy, room by room."""
    _demand(request.user)
    return {"items": [_out(shown) for shown in selectors.shown(selectors.visible_to(request.user))]}


@router.patch("/settings/{room}", response=RoomOut)
def change_settings(request: Any, room: str, data: FiguresIn) -> Any:
    """Change figures of a room; those that need a recount change when its job is done."""
    _demand(request.user)
    found = next((each for each in selectors.visible_to(request.user) if each.key == room), None)
    if found is None:
        raise Http404
    services.change(room=found, values=data.values, user=request.user, revision=data.revision)
    return _out(selectors.shown([found])[0])
