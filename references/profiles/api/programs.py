"""Linked programs and who takes part, over the API."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from pydantic import Field

from references.profiles import selectors, services
from references.profiles.api.doors import account_of, contact_ref, demand, named_contact, router
from references.profiles.enums import ParticipationState, ProgramKind
from references.profiles.filters import ParticipationFilter, ProgramFilter
from references.profiles.models import LinkedProgram, Participation
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest

RUN = "references.run_linked_programs"
SEE = "references.see_linked_programs"


class ProgramOut(api.Thing):
    """A program that asks the same customers. Its cap is shared with ours."""

    name: str
    kind: ProgramKind
    terms: str
    owner: api.Ref | None
    cap_per_quarter: int | None
    ended_on: dt.date | None
    members: int


class ProgramIn(api.Input):
    """A program to add."""

    name: str = Field(min_length=1, max_length=120)
    kind: ProgramKind
    terms: str = Field("", max_length=5000)
    cap_per_quarter: int | None = Field(None, ge=1, le=100)


class ParticipationOut(api.Thing):
    """Somebody in a program."""

    program: api.Ref
    account: api.Ref
    contact: api.Ref
    state: ParticipationState
    since: dt.date | None
    until: dt.date | None

    @staticmethod
    def resolve_url(obj: Participation) -> str:
        return api.absolute(obj.program.get_absolute_url())

    @staticmethod
    def resolve_contact(obj: Participation) -> Any:
        return contact_ref(obj.contact)


class ParticipationIn(api.Input):
    """Who takes part in what."""

    program: str
    contact: str
    invited: bool = False
    since: dt.date | None = None
    until: dt.date | None = None


def _program(request: MemberRequest, public_id: str, permission: str = SEE) -> LinkedProgram:
    row: LinkedProgram = api.found(selectors.programs_visible_to(request.user), public_id)
    demand(request, permission)
    return row


@api.listing(router, "/linked-programs", ProgramOut, filters=ProgramFilter)
def list_programs(request: MemberRequest) -> QuerySet[LinkedProgram]:
    """List the programs that ask the same customers."""
    demand(request, SEE)
    return selectors.programs_visible_to(request.user)


@router.get("/linked-programs/{public_id}", response=ProgramOut)
def get_program(request: MemberRequest, public_id: str) -> LinkedProgram:
    """Return one program."""
    return _program(request, public_id)


@router.post("/linked-programs", response={201: ProgramOut})
def create_program(request: MemberRequest, data: ProgramIn) -> Any:
    """Add a program."""
    demand(request, RUN)
    row = services.open_program(by=request.user, **data.dict())
    return api.Status(201, _program(request, row.public_id))


@router.patch("/linked-programs/{public_id}", response=ProgramOut)
def change_program(request: MemberRequest, public_id: str, data: api.PatchDict[ProgramIn]) -> LinkedProgram:
    """Change a program; another cap counts at once."""
    services.edit_program(program=_program(request, public_id, RUN), by=request.user, **dict(data))
    return _program(request, public_id)


@router.post("/linked-programs/{public_id}/end", response=ProgramOut)
def end_program(request: MemberRequest, public_id: str) -> LinkedProgram:
    """End a program."""
    services.end_program(program=_program(request, public_id, RUN), by=request.user)
    return _program(request, public_id)


@api.listing(router, "/participations", ParticipationOut, filters=ParticipationFilter)
def list_participations(request: MemberRequest) -> QuerySet[Participation]:
    """List who takes part in which program, of accounts that you may open."""
    demand(request, SEE)
    return selectors.participations_visible_to(request.user)


@router.post("/accounts/{public_id}/participations", response={201: ParticipationOut})
def add_participation(request: MemberRequest, public_id: str, data: ParticipationIn) -> Any:
    """Note that somebody of an account takes part in a program, or was invited."""
    account = account_of(request, public_id)
    demand(request, "references.note_participation", account)
    contact = named_contact(request, account, data.contact)
    program = selectors.open_programs().filter(public_id=data.program).first()
    if program is None or contact is None:
        message = "There is no such program, or it has ended."
        raise InvalidInput(message, errors={"program": message})
    facts = data.dict(exclude={"program", "contact"})
    row = services.add_participation(program=program, contact=contact, by=request.user, **facts)
    return api.Status(201, api.found(selectors.participations_visible_to(request.user), row.public_id))


def _moved(request: MemberRequest, public_id: str, verb: Any) -> Participation:
    row: Participation = api.found(selectors.participations_visible_to(request.user), public_id)
    demand(request, "references.note_participation", row.account)
    verb(participation=row, by=request.user)
    found: Participation = api.found(selectors.participations_visible_to(request.user), public_id)
    return found


@router.post("/participations/{public_id}/begin", response=ParticipationOut)
def begin_participation(request: MemberRequest, public_id: str) -> Participation:
    """Note that an invited person takes part."""
    return _moved(request, public_id, services.begin_participation)


@router.post("/participations/{public_id}/end", response=ParticipationOut)
def end_participation(request: MemberRequest, public_id: str) -> Participation:
    """Note that somebody takes part no longer."""
    return _moved(request, public_id, services.end_participation)
