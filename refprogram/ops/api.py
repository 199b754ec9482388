"""A person's data over the API: the same doors as the pages."""

import datetime as dt
from typing import Any

from django.http import Http404
from pydantic import Field

from refprogram.kernel import api, retention
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.ops import erasing, forms, selectors
from refprogram.people.auth import MemberRequest
from refprogram.people.models import Person

router = api.Router(tags=["privacy"])


class ExportOut(api.Schema):
    """All that is known of a person, by room; files are only named (the page hands them out)."""

    id: str
    rooms: dict[str, dict[str, Any]]


class EraseIn(api.Input):
    """The word that says: yes, I mean it."""

    word: str = Field(max_length=20, description="`erase`.")


class ErasedOut(api.Schema):
    """What was done."""

    id: str
    erased_at: dt.datetime
    swept: dict[str, int] = Field(description="Rows of others' texts in which the name stood, by table.")


class KeptOut(api.Schema):
    """How long something is kept."""

    name: str
    what: str
    days: int | None
    why: str
    ran_at: dt.datetime | None
    removed: int
    total: int


def _person(request: MemberRequest, public_id: str) -> Person:
    person = selectors.persons_visible_to(request.user).filter(public_id=public_id).first()
    if person is None:
        raise Http404
    return person


@router.get("/persons/{public_id}/export", response=ExportOut)
def export_person(request: MemberRequest, public_id: str) -> Any:
    """Return all that is known of a person: of yourself, or for administrators and legal of anybody."""
    person = _person(request, public_id)
    return {"id": person.public_id, "rooms": erasing.export_data(person)}


@router.post("/persons/{public_id}/erase", response=ErasedOut)
def erase_person(request: MemberRequest, public_id: str, body: EraseIn) -> Any:
    """Erase a person for good. 409 with what has to be done first, where something hinders it."""
    if not request.user.has_perm("people.erase"):
        raise NotAllowed("Only administrators and legal erase a person.")
    person = _person(request, public_id)
    if body.word != forms.WORD:
        raise InvalidInput("Say the word “erase”.", errors={"word": "Say the word “erase”."})
    done = erasing.erase(person=person, by=request.user)
    return {"id": person.public_id, "erased_at": done.person.erased_at, "swept": done.swept}


@router.get("/retention", response=list[KeptOut])
def list_retention(request: MemberRequest) -> Any:
    """Return how long the program keeps what, and when it last cleared up."""
    if not request.user.has_perm("kernel.view_retention"):
        raise NotAllowed("Your role does not include this.")
    return [
        {
            "name": line.policy.name,
            "what": str(line.policy.what),
            "days": line.policy.days,
            "why": str(line.policy.why),
            "ran_at": line.ran_at,
            "removed": line.removed,
            "total": line.total,
        }
        for line in retention.overview()
    ]
