"""Nominating: submit, take up a draft, change, withdraw; and its turn in the queue."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations import gaps, picking
from nominations.campaigns.selectors import running_for
from nominations.enums import NominationChannel, NominationState
from nominations.models import Campaign, Nomination
from nominations.policy import LONGEST_WHY
from nominations.services import sharing
from nominations.services.joining import let_stand
from nominations.services.owner import ask_owner
from nominations.services.steps import Speaker, contact_of, locked, move, tell_stream
from nominations.waves.selectors import intake
from references.accounts.errors import TwinFound
from references.accounts.services import open_account
from references.accounts.services.records import known_activities
from references.models import Account, Contact, RecruitingTarget
from refprogram.kernel import links
from refprogram.kernel.custom_fields.definitions import PREFIX
from refprogram.kernel.custom_fields.values import save_values
from refprogram.kernel.errors import IllegalMove, InvalidInput
from refprogram.people.models import Person, User

N = NominationState
ORIGIN = "nomination"
ENTRY = "contestentry"  # what `source_type` says of nominations that were made from entries


@transaction.atomic
def submit(
    *,
    nominator: User,
    account: Account | str,
    why: str,
    activities: Sequence[str] = (),
    contact: Contact | Speaker | None = None,
    custom: Mapping[str, Any] | None = None,
    target: RecruitingTarget | None = None,
    submitted_by: User | None = None,
    channel: NominationChannel = NominationChannel.PAGE,
    named_by: Person | None = None,
    campaign: Campaign | None = None,
    source: tuple[str, int] | None = None,
) -> Nomination:
    """Nominate an account (or, by its name, a customer whom the program does not know yet).

    `target` is the recruiting target for which the customer was looked for, `submitted_by` the colleague who typed it
    for the nominator, `named_by` the customer's or partner's person who named it, `source` what it was made from.
    A customer who is nominated already gets a second nomination, to be joined to the first, where policy allows that.
    Raises InvalidInput, saying who was first and when, if it cannot be nominated.
    """
    why = checked_why(why)
    typist = submitted_by or nominator
    if isinstance(account, str):
        account = _new_account(account, typist)
    nomination = Nomination(
        nominator=_able(nominator),
        account=account,
        contact=contact_of(account, contact, typist),
        activities=known_activities(activities),
        why=why,
        target=target,
        submitted_by=submitted_by if typist.pk != nominator.pk else None,
        channel=NominationChannel.ON_BEHALF
        if typist.pk != nominator.pk and channel == NominationChannel.PAGE
        else channel,
        named_by=named_by,
        campaign=campaign,
        source_type=source[0] if source else "",
        source_id=source[1] if source else None,
    )
    return _hand_in(nomination, custom)


@transaction.atomic
def take_up(
    *,
    nomination: Nomination,
    why: str,
    activities: Sequence[str] = (),
    contact: Contact | Speaker | None = None,
    custom: Mapping[str, Any] | None = None,
) -> Nomination:
    """Make a nomination of a draft: its nominator says why in their own words."""
    draft = locked(nomination)
    if draft.state != N.DRAFT:
        raise IllegalMove(_("draft"), draft.get_state_display())
    draft.why, draft.activities = checked_why(why), known_activities(activities)
    draft.contact = contact_of(draft.account, contact, draft.nominator) if contact is not None else draft.contact
    draft.submitted_at = timezone.now()
    return _hand_in(draft, custom)


@transaction.atomic
def nominate_from_entry(
    *, entry: int, nominator: User, account: Account, why: str, contact: Contact | None = None
) -> Nomination | None:
    """Make a nomination of a contest entry that is over. Once per entry; None where the customer cannot be nominated.

    A customer who takes part already, or whom this colleague has nominated, needs none.
    """
    if Nomination.objects.filter(source_type=ENTRY, source_id=entry).exists():
        return None
    try:
        with transaction.atomic():
            return submit(
                nominator=nominator,
                account=account,
                why=why,
                contact=contact,
                channel=NominationChannel.ENTRY,
                source=(ENTRY, entry),
            )
    except InvalidInput as refusal:
        if "account" not in refusal.errors:
            raise
        return None


def _hand_in(nomination: Nomination, custom: Mapping[str, Any] | None) -> Nomination:
    """Write a nomination down with all that is kept as it was on this day; ask the owner, or let it wait."""
    nominator, account = nomination.nominator, nomination.account
    first = picking.first_or_free(account, reader=nominator)
    turn = intake(nominator, account)
    nomination.team, nomination.region_id = nominator.team, nominator.team.region_id if nominator.team else None
    nomination.campaign = nomination.campaign or running_for(nominator)
    nomination.cohort, nomination.in_gap = turn.cohort, gaps.lies_in_a_gap(account)
    nomination.second_to, nomination.vouched_at = first, nomination.submitted_at
    nomination.state, nomination.state_since = N.SUBMITTED.value, timezone.now()
    try:
        with transaction.atomic():
            nomination.save()
    except IntegrityError:  # somebody nominated the same account in this very moment
        nomination.second_to = first = picking.first_or_free(account, reader=nominator)
        if first is None:
            raise InvalidInput(_("This customer was nominated a moment ago.")) from None
        nomination.save()
    save_values(noun="nomination", object_id=nomination.pk, values=custom)
    sharing.give_all(nomination)
    tell_stream("nomination.submitted", nomination, nomination.submitted_by or nominator, facts=True)
    if first is not None:
        return nomination
    if turn.queue:
        nomination.expected_on = turn.expected_on
        move(nomination, N.QUEUED, "expected_on")
        day = turn.expected_on.isoformat() if turn.expected_on else None
        tell_stream("nomination.queued", nomination, None, expected_on=day)
        return nomination
    return ask_owner(nomination)


@transaction.atomic
def admit(*, nomination: Nomination) -> Nomination:
    """Its turn has come: ask the owner, or screen it. Twice is once."""
    nomination = locked(nomination)
    if nomination.state != N.QUEUED:
        return nomination
    nomination.expected_on = None
    move(nomination, N.SUBMITTED, "expected_on")
    return ask_owner(nomination)


@transaction.atomic
def amend(
    *,
    nomination: Nomination,
    actor: User,
    why: str | None = None,
    activities: Sequence[str] | None = None,
    contact: Contact | Speaker | None = None,
    custom: Mapping[str, Any] | None = None,
) -> Nomination:
    """Change what a nomination says, until it is decided. Only what is given changes."""
    nomination = locked(nomination)
    if not nomination.may_be_changed:
        raise IllegalMove(_("nomination"), nomination.get_state_display())
    said: dict[str, Any] = {}
    if why is not None:
        said["why"] = checked_why(why)
    if activities is not None:
        said["activities"] = known_activities(activities)
    if contact is not None:
        said["contact"] = contact_of(nomination.account, contact, actor)
    changed = sorted(name for name, value in said.items() if getattr(nomination, name) != value)
    for name in changed:
        setattr(nomination, name, said[name])
    nomination.save(update_fields=changed)
    changed += [f"{PREFIX}{key}" for key in save_values(noun="nomination", object_id=nomination.pk, values=custom)]
    if not changed:
        return nomination
    tell_stream("nomination.amended", nomination, actor, fields=changed)
    return nomination


@transaction.atomic
def withdraw(*, nomination: Nomination, actor: User | None) -> Nomination:
    """Take a nomination back, as long as nothing is decided; a draft is dropped."""
    nomination = locked(nomination)
    was_draft = nomination.state == N.DRAFT
    move(nomination, N.WITHDRAWN)
    links.withdraw(subject=nomination)
    if not was_draft:
        tell_stream("nomination.withdrawn", nomination, actor)
    let_stand(nomination)
    return nomination


def checked_why(why: str) -> str:
    """Return the reason for a nomination, tidied. Raises InvalidInput if it is empty or too long."""
    why = why.strip()
    if not why:
        message = _("Say in a sentence what they achieved and why they would speak for us.")
    elif len(why) > LONGEST_WHY:
        message = _("Please shorten it to %(most)d characters; it has %(now)d.") % {
            "most": LONGEST_WHY,
            "now": len(why),
        }
    else:
        return why
    raise InvalidInput(message, errors={"why": message})


def _able(nominator: User) -> User:
    if not nominator.is_active or not nominator.has_perm("nominations.nominate"):
        message = _("%(name)s cannot nominate.") % {"name": nominator.name}
        raise InvalidInput(message, errors={"on_behalf_of": message})
    return nominator


def _new_account(name: str, actor: User) -> Account:
    if not name.strip():
        message = _("Which customer? Give their name.")
        raise InvalidInput(message, errors={"account_name": message})
    try:
        return open_account(name=name, actor=actor, origin=ORIGIN)
    except TwinFound as error:
        message = _("“%(name)s” is here already: search for it and choose it.") % {"name": error.twin.name}
        raise InvalidInput(message, errors={"account_name": message}) from error
