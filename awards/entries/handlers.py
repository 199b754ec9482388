"""What this room does when events arrive. Each is safe to run twice."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from awards.contests.enums import Part
from awards.contests.models import Contest, ContestMember
from awards.entries import letters, services
from awards.entries.enums import HelperPart, InviteState
from awards.entries.models import ContestEntry, EntryInvite, EntryVersion
from refprogram.kernel.models import Event
from refprogram.people.models import Person, User


def _entry(event: Event) -> ContestEntry:
    rows = ContestEntry.objects.select_related(
        "contest", "account__owner__person", "team", "owner", "nominator__person"
    )
    return rows.get(pk=event.subject_id)


def _invite(event: Event) -> EntryInvite:
    rows = EntryInvite.objects.select_related(
        "contest", "account__owner__person", "contact__person", "proposed_by__person"
    )
    return rows.get(pk=event.subject_id)


def ask_customer(event: Event) -> None:
    """A customer is invited: they get the mail with their own link."""
    invite = _invite(event)
    if invite.state == InviteState.INVITED and not invite.reminders:
        letters.send_invitation(invite)


def tell_of_proposal(event: Event) -> None:
    """A customer was proposed: who runs the contest hears so."""
    invite = _invite(event)
    text = _("%(name)s proposes %(account)s for %(contest)s") % {
        "name": invite.proposed_by.name, "account": invite.account.name, "contest": invite.contest.name,
    }  # fmt: skip
    for user in _team(invite.contest_id, Part.MANAGER):
        letters.tell_field(user.person, text, invite.get_absolute_url(), key=f"entry-proposed:{event.pk}")


def tell_proposer(event: Event) -> None:
    """A proposed customer answered, or is not invited: who proposed them hears so."""
    invite = _invite(event)
    words = {
        "entry.accepted": _("%(account)s would like to enter %(contest)s"),
        "entry.declined": _("%(account)s would rather not enter %(contest)s"),
        "entry.not_invited": _("%(account)s is not invited to %(contest)s: %(reason)s"),
    }
    text = words[event.topic] % {
        "account": invite.account.name, "contest": invite.contest.name, "reason": invite.reason,
    }  # fmt: skip
    for person in _once([invite.proposed_by.person, _owner_of(invite)]):
        letters.tell_field(person, text, invite.get_absolute_url(), key=f"entry-answer:{event.pk}")


def _owner_of(row: EntryInvite | ContestEntry) -> Person | None:
    owner = row.account.owner if row.account is not None else None
    return owner.person if owner is not None else None


def _once(people: Iterable[Person | None]) -> list[Person]:
    return list({person.pk: person for person in people if person is not None}.values())


def _team(contest_id: int, *parts: Part) -> list[User]:
    members = ContestMember.objects.filter(contest=contest_id, part__in=parts).values("user")
    return list(User.objects.filter(pk__in=members, is_active=True).select_related("person"))


def welcome(event: Event) -> None:
    """An entry was begun: its owner gets the address at which it lies."""
    letters.send_entry_link(_entry(event), key=f"entry-begun:{event.pk}")


def ask_helper(event: Event) -> None:
    """Somebody was asked to help: they get their own link."""
    entry = _entry(event)
    helper = entry.helpers.filter(person=event.payload["who"]).select_related("person").first()
    if helper is not None:
        letters.ask_to_help(entry, helper, key=f"entry-help:{event.pk}")


def ask_approvers(event: Event) -> None:
    """An entry waits for approval: who approves is asked."""
    entry = _entry(event)
    for helper in entry.helpers.filter(part=HelperPart.APPROVER).select_related("person"):
        letters.ask_for_approval(entry, helper, key=f"entry-approval:{event.pk}")


def tell_of_approval(event: Event) -> None:
    """Somebody approved, or wants something changed: the owner hears so."""
    entry = _entry(event)
    helper = entry.helpers.filter(person=event.payload["who"]).select_related("person").first()
    if helper is not None:
        approved = event.topic == "entry.approved"
        letters.tell_approved(entry, helper.person, helper.note, approved=approved, key=f"entry-word:{event.pk}")


def send_receipt(event: Event) -> None:
    """An entry was handed in: the receipt goes out, and the field hears of it."""
    entry = _entry(event)
    version = EntryVersion.objects.filter(entry=entry, at__lte=event.at).order_by("-number").first()
    if version is not None:
        letters.send_receipt(entry, version)
    _tell_field(entry, _("%(who)s entered %(contest)s"), key=f"entry-in:{event.pk}")
    text = _("An entry to %(contest)s waits to be screened") % {"contest": entry.contest.name}
    for user in _team(entry.contest_id, Part.SCREENER):
        letters.tell_screener(user, entry.contest, text, key=f"entry-screen:{event.pk}")


def _tell_field(entry: ContestEntry, words: str, *, key: str) -> None:
    who = entry.account.name if entry.account is not None else entry.team.name if entry.team is not None else entry.code
    text = words % {"who": who, "contest": entry.contest.name}
    nominator = entry.nominator.person if entry.nominator is not None else None
    for person in _once([nominator, _owner_of(entry)]):
        if person.pk != entry.owner_id:
            letters.tell_field(person, text, entry.get_absolute_url(), key=key)


def tell_field_of_end(event: Event) -> None:
    """An entry is eligible: who brought the customer, and who looks after them, hears so."""
    _tell_field(_entry(event), _("%(who)s is eligible for %(contest)s"), key=f"entry-eligible:{event.pk}")


def tell_entrant(event: Event) -> None:
    """Something became of an entry: its owner reads what, and why."""
    entry = _entry(event)
    tellers = {
        "entry.needs_fix": letters.tell_needs_fix,
        "entry.ineligible": letters.tell_ineligible,
        "entry.disqualified": letters.tell_disqualified,
        "entry.extended": letters.tell_extended,
        "entry.withdrawn": letters.tell_withdrawn,
    }
    tellers[event.topic](entry, key=f"{event.topic}:{event.pk}")


def ask_about_vote(event: Event) -> None:
    """A contest is to have a public vote: who handed in before is asked whether they may stand there."""
    contest = Contest.objects.filter(pk=event.subject_id).first()
    if contest is not None and contest.people_choice and "people_choice" in event.payload["fields"]:
        services.ask_about_vote(contest)


def tell_second(event: Event) -> None:
    """Somebody asked to disqualify: the others who run or screen the contest decide."""
    entry = _entry(event)
    text = _("%(code)s: a second person has to confirm that it is disqualified") % {"code": entry.code}
    for user in _team(entry.contest_id, Part.MANAGER, Part.SCREENER):
        if user.person_id != event.actor_id:
            letters.tell_field(user.person, text, entry.get_absolute_url(), key=f"entry-second:{event.pk}")
