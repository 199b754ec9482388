"""Who is thanked after a contest, each person once, and whom no letter reaches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from awards.closing.enums import Circle
from awards.closing.selectors.feedback import counted_ballots
from awards.entries.enums import EntryState
from awards.models import Contest, ContestEntry, ContestMember, EntryHelper, EntryInvite, Judge
from references.accounts.enums import Membership
from references.models import Contact
from refprogram.notices.mails import has_mailbox
from refprogram.people.models import Person

TOOK_PART = (EntryState.CLOSED, EntryState.INELIGIBLE, EntryState.DUPLICATE)


@dataclass
class Recipient:
    """Somebody to thank. `why_not`: why no letter reaches them; `entries`: what they wrote, or brought."""

    person: Person
    circle: Circle
    why_not: str = ""
    entries: list[ContestEntry] = field(default_factory=list)
    judge: Judge | None = None


def recipients(contest: Contest) -> list[Recipient]:
    """Return everybody who took part, in one circle each: the first that they belong to. Seven queries."""
    found: dict[int, Recipient] = {}
    for circle, person, entry, judge in _everybody(contest):
        mine = found.setdefault(person.pk, Recipient(person, circle))
        if mine.circle == circle:
            mine.judge = judge
            mine.entries += [entry] if entry is not None and entry not in mine.entries else []
    stops = _stops(found)
    for recipient in found.values():
        recipient.why_not = _unreachable(recipient.person) or stops.get(recipient.person.pk, "")
    return sorted(found.values(), key=lambda one: (list(Circle).index(one.circle), one.person.name, one.person.pk))


Row = tuple[Circle, Person, ContestEntry | None, Judge | None]


def _everybody(contest: Contest) -> Iterator[Row]:
    entries = ContestEntry.objects.filter(contest=contest, anchor=False, state__in=TOOK_PART)
    entries = entries.select_related("owner__user", "nominator__person__user", "account", "team").order_by("pk")
    entered = list(entries)
    yield from ((Circle.ENTRANTS, one.owner, one, None) for one in entered if one.owner is not None)
    judged = counted_ballots().filter(assignment__round__contest=contest)
    judges = Judge.objects.filter(pk__in=judged.values("assignment__judge"))
    judges = judges.annotate(scored=Count("assignments__ballots", filter=Q(assignments__ballots__in=judged)))
    judges = judges.select_related("person__user", "contest").order_by("pk")
    yield from ((Circle.JUDGES, judge.person, None, judge) for judge in judges)
    helpers = EntryHelper.objects.filter(entry__in=entered).select_related("person__user").order_by("pk")
    yield from ((Circle.HELPERS, helper.person, None, None) for helper in helpers)
    team = ContestMember.objects.filter(contest=contest).select_related("user__person__user").order_by("pk")
    yield from ((Circle.HELPERS, member.user.person, None, None) for member in team)
    yield from ((Circle.NOMINATORS, one.nominator.person, one, None) for one in entered if one.nominator is not None)
    proposed = EntryInvite.objects.filter(contest=contest).select_related("proposed_by__person__user").order_by("pk")
    yield from ((Circle.NOMINATORS, invite.proposed_by.person, None, None) for invite in proposed)


def _unreachable(person: Person) -> str:
    user = getattr(person, "user", None)
    if user is not None and not user.is_active:
        return _("has no access any more")
    return "" if has_mailbox(person) else _("has no mail address")


def _stops(people: Iterable[int]) -> dict[int, str]:
    """Return, by person, why a customer is not written to just now."""
    rows = Contact.objects.filter(person__in=list(people)).select_related("account")
    found = {}
    for contact in rows.order_by("pk"):
        if Membership.DO_NOT_CONTACT in (contact.state, contact.account.state):
            found[contact.person_id] = _("does not want to be contacted")
        elif contact.account.frozen:
            found.setdefault(contact.person_id, _("is frozen: nobody writes to them now"))
    return found


def reachable(people: Iterable[Person]) -> set[int]:
    """Return which of these people may be written to now, by their ids. One query."""
    known = {person.pk: person for person in people}
    stops = _stops(known)
    return {pk for pk, person in known.items() if not _unreachable(person) and pk not in stops}
