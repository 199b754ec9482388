"""`…/{id}/edits` of every noun that shows its edits."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from refprogram.kernel import api
from refprogram.kernel.edit_history.nouns import EditNoun, nouns
from refprogram.kernel.edit_history.reading import Edit, edits_of


class ChangeOut(api.Schema):
    """One field before and after, in words; `hidden`: you may know that it changed, not from what to what."""

    field: str
    label: str
    was: str
    now: str
    hidden: bool


class EditOut(api.Schema):
    """What somebody changed at one go."""

    at: dt.datetime
    by: str = Field(description="Who, as you may know them.")
    way: str = Field(description="Empty: on a page. Else in words: over the API, by a link, with a file.")
    changes: list[ChangeOut]

    @staticmethod
    def resolve_by(obj: Edit) -> str:
        return obj.who.text


class EditsOut(api.Schema):
    """Some edits, newest first, and the address of the earlier ones (null: that was all)."""

    items: list[EditOut]
    next: str | None


class Before(api.Schema):
    """Where to go on."""

    before: str = Field("", max_length=40, description="Follow `next` rather than making one.")


router = api.Router(tags=["edits"])


def _operation(name: str, noun: EditNoun) -> Callable[..., Any]:
    def operation(request: HttpRequest, public_id: str, cut: Query[Before]) -> Any:
        row = api.found(noun.visible(request.user), public_id)
        items, more = edits_of(noun, row, viewer=request.user, before=cut.before)
        after = f"{request.path}?before={more.replace('+', '%2B')}"
        return {"items": items, "next": api.absolute(after) if more else None}

    operation.__name__ = f"list_{name}_edits"
    operation.__doc__ = "Return who changed what from what to what, newest first."
    return operation


for _name, _noun in nouns().items():
    router.get(f"{_noun.path}/{{public_id}}/edits", response=EditsOut)(_operation(_name, _noun))
