"""A colleague proposes a customer, the program asks them, they answer by signed link: yes begins their entry."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests.models import Category, Contest
from awards.contests.services import can_take_entries
from awards.entries import policy
from awards.entries.enums import INVITE_MOVES, OPEN_INVITES, InviteState
from awards.entries.models import ContestEntry, EntryInvite
from awards.entries.services.beginning import begin
from awards.entries.services.locks import Actor, is_internal, lock_invite, person_of, wrong
from references.accounts.enums import OPEN_ASKS
from references.accounts.errors import AskRefused
from references.accounts.services import decline_ask, release_ask, reserve_ask, spend_ask
from references.goodwill.enums import Team
from references.models import Account, ActivityType, Contact
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError
from refprogram.kernel.moves import check, move
from refprogram.kernel.stream import emit
from refprogram.people.models import User

PURPOSE = "entry_invite"
I = InviteState  # noqa: E741


@transaction.atomic
def propose(
    *, contest: Contest, account: Account, contact: Contact, note: str, by: User, category: Category | None = None
) -> EntryInvite:
    """Propose a customer for a contest; proposing who is proposed already returns that one."""
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    if is_internal(contest):
        raise DomainError(_("This contest is for our own teams; customers are not invited."))
    if not can_take_entries(contest, category, at=max(timezone.now(), contest.opens_at)):
        raise DomainError(_("This contest takes no entries any more."))
    if contact.account_id != account.pk:
        raise wrong(_("This person works for another customer."), "contact")
    if category is not None and category.contest_id != contest.pk:
        raise wrong(_("This category belongs to another contest."), "category")
    known = EntryInvite.objects.filter(contest=contest, account=account, state__in=OPEN_INVITES).first()
    if known is not None:
        if known.proposed_by_id == by.pk:
            return known
        raise wrong(_("%(name)s proposed this customer already.") % {"name": known.proposed_by.name}, "account")
    invite = EntryInvite(
        contest=contest, category=category, account=account, contact=contact, proposed_by=by, note=note.strip()
    )
    invite.save(force_insert=True)
    _emit("entry.proposed", invite, by)
    return invite


@transaction.atomic
def invite(*, invite: EntryInvite, by: User) -> EntryInvite:
    """Write to a proposed customer, if nothing stands against it; else it stays proposed, with the reason."""
    row = lock_invite(invite.pk)
    check(row, I.INVITED, moves=INVITE_MOVES, noun=_("invitation"))
    if not can_take_entries(row.contest, row.category, at=timezone.now()):
        raise DomainError(_("The contest takes no entries now: nobody is invited."))
    try:
        with transaction.atomic():
            row.ask = reserve_ask(
                account=row.account,
                contact=row.contact,
                activity=ActivityType.objects.get(slug=policy.ACTIVITY),
                source=row,
                team=Team.PROGRAM,
                actor=by,
            )
    except AskRefused as refusal:
        row.reason = refusal.message[:300]
        row.save(update_fields=["reason"])
        return row
    row.invited_at, row.reason, row.reminders, row.reminded_at, row.answered_at = timezone.now(), "", 0, None, None
    fields = ["ask", "invited_at", "reason", "reminders", "reminded_at", "answered_at"]
    move(row, I.INVITED, moves=INVITE_MOVES, noun=_("invitation"), also=fields)
    _emit("entry.invited", row, by)
    return row


@transaction.atomic
def refuse(*, invite: EntryInvite, reason: str, by: User) -> EntryInvite:
    """Do not invite a proposed customer; who proposed them reads why."""
    row = lock_invite(invite.pk)
    if not reason.strip():
        raise wrong(_("Say why: who proposed them reads it."), "reason")
    row.reason = reason.strip()[:300]
    move(row, I.REFUSED, moves=INVITE_MOVES, noun=_("invitation"), also=["reason"])
    _emit("entry.not_invited", row, by)
    return row


@transaction.atomic
def accept(*, token: str) -> ContestEntry:
    """The customer would like to enter: their draft begins with what the colleague wrote. Twice is once."""
    row = lock_invite(links.use(token).subject_id)
    known = ContestEntry.objects.filter(invite=row).first()
    if known is not None:
        return known
    check(row, I.ACCEPTED, moves=INVITE_MOVES, noun=_("invitation"))
    entry = begin(
        contest=row.contest,
        owner=row.contact.person,
        account=row.account,
        contact=row.contact,
        invite=row,
        nominator=row.proposed_by,
        summary=row.note,
    )
    if entry.invite_id is None:  # they had begun one by themselves: it is the answer to this invitation
        entry.invite, entry.nominator = row, entry.nominator or row.proposed_by
        entry.save(update_fields=["invite", "nominator"])
    row.answered_at = timezone.now()
    move(row, I.ACCEPTED, moves=INVITE_MOVES, noun=_("invitation"), also=["answered_at"])
    if row.ask is not None and row.ask.state in OPEN_ASKS:
        spend_ask(ask=row.ask, actor=row.contact.person)
    _emit("entry.accepted", row, row.contact.person)
    return entry


@transaction.atomic
def decline(*, token: str, reason: str = "") -> EntryInvite:
    """The customer would rather not. Saying so twice is once."""
    row = lock_invite(links.use(token).subject_id)
    if row.state == I.DECLINED:
        return row
    row.answered_at, row.reason = timezone.now(), reason.strip()[:300]
    move(row, I.DECLINED, moves=INVITE_MOVES, noun=_("invitation"), also=["answered_at", "reason"])
    if row.ask is not None and row.ask.state in OPEN_ASKS:
        decline_ask(ask=row.ask, actor=row.contact.person)
    _emit("entry.declined", row, row.contact.person)
    return row


@transaction.atomic
def lapse(*, invite: EntryInvite, by: User | None = None) -> EntryInvite:
    """Nobody waits for the answer any longer; the customer is free for other asks. An entry that was begun stays."""
    row = lock_invite(invite.pk)
    if I.LAPSED not in INVITE_MOVES.get(I(row.state), ()):
        return row
    move(row, I.LAPSED, moves=INVITE_MOVES, noun=_("invitation"))
    links.withdraw(subject=row, purpose=PURPOSE)
    if row.ask is not None and row.ask.state in OPEN_ASKS:
        release_ask(ask=row.ask, actor=by)
    _emit("entry.invite_lapsed", row, by)
    return row


def _emit(topic: str, row: EntryInvite, actor: Actor) -> None:
    nominator = row.proposed_by
    credit = [[nominator.person_id, nominator.team_id, nominator.team.region_id if nominator.team else None, 100]]
    emit(
        topic,
        subject=row,
        account_id=row.account_id,
        actor_id=person_of(actor),
        payload={
            "contest": row.contest_id,
            "category": [row.category_id] if row.category_id else [],
            "credits": credit if row.contest.nominator_credit else [],
            "internal": False,
            "late": False,
        },
    )
