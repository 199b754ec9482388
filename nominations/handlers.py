"""What this room does when events arrive. Each is safe to run twice."""

from django.utils.translation import gettext_lazy

from nominations import letters, selectors, services
from nominations.enums import REFERENCES, NominationState
from nominations.models import Nomination
from nominations.standings import counting
from references.models import Account, Contact
from refprogram.governance.approvals.models import Approval
from refprogram.kernel.models import Event
from refprogram.kernel.stream import lane
from refprogram.people.models import User


def take_in(event: Event) -> None:
    """A nomination came in: whom it is for hears so, and that it is to be joined to an earlier one."""
    nomination = selectors.by_id(event.subject_id)
    if nomination.submitted_by_id is not None:
        letters.tell_of_help(nomination)
    if nomination.named_by_id is not None:
        letters.tell_holder(nomination)
    if nomination.second_to is not None:
        letters.tell_of_twin(nomination, selectors.screeners())


def ask_owner(event: Event) -> None:
    """The account's owner is asked, where there is one to ask and they have not answered by now."""
    nomination = selectors.by_id(event.subject_id)
    if nomination.waits_for_owner:
        letters.ask_owner(nomination)


def ask_in_their_place(event: Event) -> None:
    """A colleague left: what they were asked goes to whoever answers in their place."""
    for nomination in selectors.asked_of(event.subject_id):
        services.ask_in_their_place(nomination=nomination)


def ask_recheck(event: Event) -> None:
    """Somebody's word has grown old: they are asked whether it still holds."""
    nomination = selectors.by_id(event.subject_id)
    if nomination.waits_for_recheck:
        letters.ask_recheck(nomination)


@lane(counting.LANE)
def count(event: Event) -> None:
    """Keep the standings, in the event's own time."""
    counting.count(event)


def tell_screeners(event: Event) -> None:
    """A nomination came into the queue."""
    nomination = selectors.by_id(event.subject_id)
    letters.tell_screeners(nomination, selectors.screeners(), key=f"screening:{event.pk}")


def tell_nominator(event: Event) -> None:
    """Something became of it: who nominated it, and who shares in it, hears so, as it was then."""
    nomination, became = selectors.by_id(event.subject_id), _became(event)
    if became == NominationState.APPROVED and nomination.enrolled:
        return  # their yes was there before the approval: one word says both
    letters.tell_outcome(nomination, became, key=f"outcome:{event.pk}")


def _became(event: Event) -> str:
    states = {
        "nomination.enrolled": NominationState.ENROLLED,
        "nomination.first_act": NominationState.FIRST_ACT,
        "nomination.queued": NominationState.QUEUED,
        "nomination.invited": NominationState.OUTREACH,
    }
    if event.topic == "nomination.approved":  # events of earlier versions: approved was invited
        return NominationState.OUTREACH if event.payload.get("invited", True) else NominationState.APPROVED
    return states.get(event.topic) or str(event.payload["decision"])


def tell_joined(event: Event) -> None:
    """Two nominations of one customer were joined: both nominators hear how the credit is shared."""
    letters.tell_joined(selectors.by_id(event.subject_id), key=f"joined:{event.pk}")


def decide_strategic(event: Event) -> None:
    """The head of sales decided about a strategic customer."""
    if event.payload.get("subject_type") == "nomination" and event.payload.get("kind") == "nomination":
        approval = Approval.objects.get(pk=event.subject_id)
        by = User.objects.filter(person_id=event.actor_id).first() if event.actor_id else None
        services.decide_strategic(approval=approval, by=by)


def enrol(event: Event) -> None:
    """A customer agreed to take part: the nomination that led there has become a reference.

    It may have been put aside when the invitation was taken back, or refused by the customer at first: the word that
    they gave last counts, in whichever order the two arrive here. One that is approved, and whose customer nobody may
    write to yet, has what it waits for.
    """
    invited, waiting = _source(event), selectors.approved_for(event.payload["contact"])
    if waiting is not None:
        services.try_again(nomination=waiting)
    elif invited is not None and selectors.may_still_be_enrolled(invited):
        services.enrol(nomination=invited, at=event.occurred_at)


def note_first_act(event: Event) -> None:
    """A customer did something for us: the nomination that brought them has taken its last step."""
    rows = Nomination.objects.filter(account=event.account_id, state__in=REFERENCES).order_by("-enrolled_at", "-pk")
    nomination = rows.first()
    if nomination is not None and nomination.enrolled_at is not None and nomination.enrolled_at <= event.occurred_at:
        services.first_act(nomination=nomination, at=event.occurred_at)


def close_declined(event: Event) -> None:
    """A customer did not agree."""
    nomination = _invited_by(event)
    if nomination is not None:
        services.customer_declined(nomination=nomination)


def park_withdrawn(event: Event) -> None:
    """An invitation was taken back."""
    nomination = _invited_by(event)
    if nomination is not None:
        services.invitation_withdrawn(nomination=nomination)


def _invited_by(event: Event) -> Nomination | None:
    """Return the nomination whose customer has just answered; None if another room's invitation was answered."""
    nomination = _source(event)
    return nomination if nomination is not None and nomination.state == NominationState.OUTREACH else None


def _source(event: Event) -> Nomination | None:
    if event.payload.get("source_type") != Nomination._meta.model_name:
        return None
    return selectors.by_id(event.payload["source_id"])


_ENTRY_WORDS = {
    "winner": gettext_lazy("Their entry won a contest of ours"),
    "placed": gettext_lazy("Their entry was placed in a contest of ours"),
    "commended": gettext_lazy("Their entry was commended in a contest of ours"),
    "": gettext_lazy("They entered a contest of ours with measured results"),
}


def hear_entry(event: Event) -> None:
    """A contest is over: a customer's eligible entry becomes a nomination, of who brought it or looks after them."""
    facts = event.payload
    account = Account.objects.select_related("owner").filter(pk=event.account_id or 0).first()
    if facts["internal"] or not facts["eligible"] or account is None:
        return
    nominator = User.objects.filter(pk=facts["nominator"], is_active=True).first() or account.owner
    if nominator is None:
        return
    services.nominate_from_entry(
        entry=event.subject_id,
        nominator=nominator,
        account=account,
        why=str(_ENTRY_WORDS[facts["award"]]),
        contact=Contact.objects.filter(pk=facts["contact"]).first(),
    )
