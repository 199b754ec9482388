"""The owner's word, asked for before anybody writes to the customer."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.enums import OWNER_MAY_SAY, NominationState, OwnerAnswer
from nominations.models import Nomination
from nominations.services.steps import locked, tell_stream, to_screening
from refprogram.kernel import links
from refprogram.kernel.errors import IllegalMove, InvalidInput
from refprogram.people.models import User
from refprogram.people.selectors import who_answers_for

N = NominationState


def ask_owner(nomination: Nomination) -> Nomination:
    """Note whom to ask "still a happy customer?", or go straight to screening where there is nobody to ask."""
    owner = nomination.account.owner
    if owner is None:
        return to_screening(nomination, OwnerAnswer.NO_OWNER)
    asked = who_answers_for(owner)
    if nomination.nominator_id in {owner.pk, asked.pk}:
        return to_screening(nomination, OwnerAnswer.NOT_NEEDED)
    if not asked.is_active:
        return to_screening(nomination, OwnerAnswer.NO_ANSWER)
    nomination.owner_asked = asked
    nomination.save(update_fields=["owner_asked"])
    tell_stream("nomination.owner_asked", nomination, None, owner=asked.person_id)
    return nomination


@transaction.atomic
def owner_answer(*, nomination: Nomination, answer: str, actor: User, note: str = "") -> Nomination:
    """Record the owner's word. It counts until the nomination is decided, also when it comes late."""
    if answer not in OWNER_MAY_SAY:
        message = _("Choose one of the answers.")
        raise InvalidInput(message, errors={"answer": message})
    nomination = locked(nomination)
    if not nomination.may_be_answered:
        answered = nomination.owner_answered_at is not None
        said = nomination.get_owner_answer_display() if answered else nomination.get_state_display()
        raise IllegalMove(_("question") if answered else _("nomination"), said)
    nomination.owner_answer = OwnerAnswer(answer)
    nomination.owner_note = note.strip()
    nomination.owner_answered_at = timezone.now()
    nomination.save(update_fields=["owner_answer", "owner_note", "owner_answered_at"])
    owner = nomination.owner_asked.person_id if nomination.owner_asked else None
    tell_stream("nomination.owner_answered", nomination, actor, owner=owner, answer=nomination.owner_answer)
    return to_screening(nomination, nomination.owner_answer) if nomination.state == N.SUBMITTED else nomination


@transaction.atomic
def owner_answer_by_link(*, token: str, answer: str, note: str = "") -> Nomination:
    """Record the word of an owner who came by a signed link."""
    link = links.use(token)
    nomination = Nomination.objects.get(pk=link.subject_id)
    actor = User.objects.get(person_id=link.person_id or 0)
    return owner_answer(nomination=nomination, answer=answer, actor=actor, note=note)


@transaction.atomic
def go_on_without_owner(*, nomination: Nomination) -> Nomination:
    """Screen without the owner's word: nobody answered in time."""
    nomination = locked(nomination)
    if not nomination.waits_for_owner:
        return nomination
    return to_screening(nomination, OwnerAnswer.NO_ANSWER)
