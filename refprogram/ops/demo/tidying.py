"""What keeps a portfolio true: accounts that were one, names that were shown, who answers surveys, an assignment."""

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from references.accounts import kept
from references.accounts.enums import Membership, Tier
from references.accounts.names import match_key
from references.accounts.selectors import hidden_from
from references.assignment import services as assignment
from references.merging import moving
from references.merging.models import Merge
from references.merging.services import PEOPLE
from references.models import Account, Contact, LinkedProgram, Participation, Survey, SurveyInvitation, Unmasking
from references.profiles.services.unmasking import FOR
from references.surveys.enums import InvitationState, SurveyKind
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk

# How a second entry of one customer comes about, and what became of it.
TWINS: Final = (("Ltd", "merged"), ("Group", "undone"), ("GmbH", "seen"))
REASONS: Final = (
    "A prospect in the same line asked for somebody they know",
    "Preparing the tender of the city hospitals",
    "Their name came up in a call, I want to be sure",
)
MEMBERS: Final = 40
TERMS: Final = "Two short surveys a year. What is answered goes to who looks after the customer, and to nobody else."


def build(maker: Maker, people: Company) -> None:
    """Merge, show names, count who answers, and allocate what waits."""
    _twins(maker, people)
    _shown_names(maker, people)
    _satisfaction(maker, people)
    maker.flush()
    run = assignment.make(user=people.marketer)
    run.public_id = maker.public_id()
    run.save(update_fields=["public_id"])


def due(maker: Maker, people: Company) -> None:
    """Who signs in to look around is asked of two customers of theirs: still true? Before the map is counted."""
    last = maker.moment(maker.today - dt.timedelta(days=187))
    for user in (people.reps[0], people.managers[0]):
        mine = Account.objects.filter(owner=user, state=Membership.ACTIVE, open_asks=0, frozen=False)
        rows = list(mine.filter(member_since__lt=last).order_by("pk")[:2])
        Account.objects.filter(pk__in=[row.pk for row in rows]).update(state=Membership.REVIEW_DUE, verified_at=last)


def _twins(maker: Maker, people: Company) -> None:
    """Rename accounts of which nothing is known yet like references of their region, and merge the first of them."""
    taken: set[int] = set()
    for account, (ending, became) in zip(_references(), TWINS, strict=False):
        strangers = Account.objects.filter(
            state=Membership.IDENTIFIED, region=account.region, nominations=None, asks=None, merged_into=None,
            target_plans=None,
        ).exclude(pk__in=taken)  # fmt: skip
        twin = strangers.order_by("-pk").first()  # likely twins are looked for among the newest
        if twin is None:
            return
        taken |= {twin.pk}
        twin.name = f"{account.name} {ending}"
        twin.match_key, twin.industry = match_key(twin.name), account.industry
        twin.save(update_fields=["name", "match_key", "industry"])
        if became != "seen":
            _merge(maker, people, account, twin, undone=became == "undone")


def _references() -> QuerySet[Account]:
    return Account.objects.filter(state=Membership.ACTIVE).order_by("pk")


def _merge(maker: Maker, people: Company, account: Account, twin: Account, *, undone: bool) -> None:
    at = maker.moment(maker.day_ago(12, 2))
    note = Merge(noun="account", kept_id=account.pk, merged_id=twin.pk, made_by=people.marketer, created_at=at)
    note.facts = {"before": {}, "set": {}, "products": [], "nested": [], "ended": [], "values": {}}
    if undone:
        note.undone_at, note.undone_by = maker.moment(maker.today), people.marketer
    else:
        contacts = list(Contact.objects.filter(account=twin).order_by("pk").values_list("pk", flat=True))
        note.moved = {PEOPLE: moving.shift(Contact, "account", contacts, account.pk)}
        moving.move_steps(contacts, account.pk)
        note.moved |= moving.move_all("account", source=twin.pk, target=account.pk)
        twin.merged_into = account
        twin.save(update_fields=["merged_into"])
    bulk(maker, [note])
    for row in (account, twin):
        kept.settle(row)
    facts: dict[str, Any] = {"account_id": account.pk, "actor_id": people.marketer.person_id, "merged": twin.pk}
    maker.tell("account.merged", account, at, merge=note.pk, people={}, **facts)
    if note.undone_at is not None:
        maker.tell("account.unmerged", account, note.undone_at, merge=note.pk, **facts)


def _shown_names(maker: Maker, people: Company) -> None:
    """Some names of the best customers were shown to colleagues who do not look after them; the last one still is."""
    best = list(_references().filter(tier=Tier.PLATINUM)[:3]) or list(_references()[:1])
    Account.objects.filter(pk__in=[row.pk for row in best]).update(tier=Tier.PLATINUM)
    rows = []
    for number, (account, reason) in enumerate(zip(best, REASONS, strict=False)):
        reader = next((rep for rep in people.reps if hidden_from(rep).filter(pk=account.pk).exists()), None)
        if reader is not None:
            at = maker.moment(maker.today - dt.timedelta(days=number * 6)) if number else timezone.now()
            rows.append(Unmasking(account=account, user=reader, reason=reason, at=at, until=at + FOR))
    for row in Unmasking.objects.bulk_create(rows):
        maker.tell("account.unmasked", row.account, row.at, account_id=row.account_id, actor_id=row.user.person_id,
                   unmasking=row.pk, asked=True)  # fmt: skip


def _satisfaction(maker: Maker, people: Company) -> None:
    """Who answered the surveys about satisfaction takes part in the program to which they belong."""
    program = LinkedProgram(
        name="Voice of the customer", kind="satisfaction", cap_per_quarter=3, terms=TERMS, owner=people.marketer
    )
    bulk(maker, [program])
    measured = Survey.objects.exclude(kind=SurveyKind.WILLINGNESS)
    measured.update(program=program)
    answers = SurveyInvitation.objects.filter(survey__in=measured, state=InvitationState.ANSWERED)
    here = answers.filter(contact__merged_into=None, contact__left_company_at=None).select_related("contact__account")
    members = {row.contact_id: row for row in here.order_by("-answered_at", "-pk")[:MEMBERS] if row.answered_at}
    bulk(maker, [
        Participation(
            program=program, account=row.contact.account, contact=row.contact, state="active",
            since=row.answered_at.date() if row.answered_at else None,
        )
        for row in members.values()
    ])  # fmt: skip
    for account in {row.contact.account_id: row.contact.account for row in members.values()}.values():
        kept.settle(account)
