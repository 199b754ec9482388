"""What this room does when events arrive. Each is safe to run twice."""

from refprogram.governance.approvals.models import Approval
from refprogram.governance.consequences import letters, selectors, services
from refprogram.governance.consequences.enums import CaseState
from refprogram.kernel.models import Event
from refprogram.people.models import User


def carry_out(event: Event) -> None:
    """Whether a policy is switched on was decided."""
    if event.payload.get("subject_type") == "consequencepolicy":
        services.decide(approval=Approval.objects.get(pk=event.subject_id), by=_actor(event))


def send_notice(event: Event) -> None:
    """The board let it become a notice: the person hears what, why, and how to appeal; their manager hears too."""
    case = selectors.by_id(event.subject_id)
    if case.state == CaseState.NOTIFIED:
        letters.notice(case, key=f"case.notified:{case.pk}")
        letters.tell_manager(case, key=f"case.notified:{case.pk}:team")


def ask_for_answer(event: Event) -> None:
    """An appeal was made: whoever may answer it is asked."""
    case = selectors.by_id(event.subject_id)
    if case.state == CaseState.APPEALED:
        letters.appeal_made(case, key=f"case.appealed:{case.pk}")


def tell_outcome(event: Event) -> None:
    """An appeal was turned down, or the case waived: the person hears why. Who never had a notice hears nothing."""
    case = selectors.by_id(event.subject_id)
    if case.notified_at is not None:
        letters.outcome(case, waived=event.topic == "case.waived", key=f"{event.topic}:{event.pk}")


def tell_of_end(event: Event) -> None:
    """It is over: the person hears that they may again, in the program only."""
    case = selectors.by_id(event.subject_id)
    letters.over(case, key=f"case.served:{case.pk}")


def see_lifted(event: Event) -> None:
    """A privilege was given back on the person's page: the case behind it is waived."""
    key = event.payload.get("restriction")
    if key is not None:
        services.note_lifted(restriction_id=key, by=_actor(event))


def tell_of_task(event: Event) -> None:
    """A task was given."""
    letters.task_given(selectors.task_by_id(event.subject_id), key=f"task.given:{event.subject_id}")


def tell_giver(event: Event) -> None:
    """A task is done."""
    letters.task_done(selectors.task_by_id(event.subject_id), key=f"task.done:{event.subject_id}")


def _actor(event: Event) -> User | None:
    return User.objects.filter(person_id=event.actor_id).first() if event.actor_id else None
