"""Being sent a survey of a satisfaction program makes somebody a member of it: invited, taking part, gone.

The program is a linked program like a council: its terms stand on the account and on the customer's own page, and its
cap is shared with ours.
"""

from references.profiles import services as programs
from references.profiles.enums import ParticipationState
from references.profiles.models import Participation
from references.surveys.models import SurveyInvitation
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Event


def _of(event: Event) -> tuple[SurveyInvitation, Participation | None] | None:
    """Return the invitation, and whether its person is in the survey's program by now; None without a program."""
    rows = SurveyInvitation.objects.select_related("survey__program", "survey__created_by", "contact")
    row = rows.filter(pk=event.subject_id, survey__program__ended_on__isnull=True).first()
    if row is None or row.survey.program is None:
        return None
    here = Participation.objects.filter(program=row.survey.program, contact=row.contact)
    return row, here.exclude(state=ParticipationState.ENDED).first()


def invite(event: Event) -> None:
    """Somebody was sent a survey of the program: they are invited to it, unless they are in it already."""
    found = _of(event)
    if found is not None and found[1] is None:
        _add(found[0], invited=True)


def begin(event: Event) -> None:
    """They answered: they take part from that day."""
    found = _of(event)
    if found is None:
        return
    row, participation = found
    if participation is None:
        _add(row, invited=False)
    elif participation.state == ParticipationState.INVITED:
        programs.begin_participation(participation=participation, by=row.survey.created_by)


def leave(event: Event) -> None:
    """They want no survey any more: that ends it."""
    found = _of(event) if event.payload.get("never") else None
    if found is not None and found[1] is not None:
        programs.end_participation(participation=found[1], by=None)


def _add(row: SurveyInvitation, *, invited: bool) -> None:
    program = row.survey.program
    if program is None:
        return
    try:
        programs.add_participation(program=program, contact=row.contact, by=row.survey.created_by, invited=invited)
    except DomainError:
        return  # they left the company, or the program ended, while this waited
