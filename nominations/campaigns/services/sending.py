"""Sending a campaign's messages: once to each person, whatever happens.

Who gets a message is written down first (`MessageSend`, one row a person); then each copy is a transaction of its own:
the ask, the mail and the mark that it was sent. Whoever dies in between has sent what is marked, and nothing else.
"""

import datetime as dt
import hashlib
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.campaigns import letters, policy
from nominations.campaigns.enums import CampaignState, MessageChannel
from nominations.campaigns.notice_kinds import COLLEAGUES, CUSTOMERS
from nominations.campaigns.selectors.audience import all_asked, asked_now, customers_of
from nominations.models import CampaignMessage, MessageSend
from references.accounts import clock
from references.accounts.errors import AskRefused
from references.accounts.services import reserve_ask, spend_ask
from references.goodwill.enums import Team
from references.models import ActivityType, Contact
from refprogram.governance.pilots.enums import PilotKind
from refprogram.governance.pilots.selectors import cohort_of
from refprogram.kernel import links
from refprogram.kernel.stream import emit
from refprogram.notices import kinds, mails
from refprogram.notices.enums import Channel
from refprogram.notices.services import channel_of, tell

BATCH = 1_000


def send_due() -> int:
    """Send what is due of running campaigns; return how many copies left. Safe twice and side by side."""
    due = CampaignMessage.objects.filter(
        sent_at__isnull=True, send_on__lte=clock.today(), campaign__state=CampaignState.RUNNING
    ).exclude(channel=MessageChannel.OUTSIDE)
    sent = 0
    for message_id in due.order_by("send_on", "pk").values_list("pk", flat=True):
        address(message_id=message_id)
        while (step := send_next(message_id=message_id)) is not None:
            sent += step
    return sent


@transaction.atomic
def address(*, message_id: int) -> int:
    """Write down who gets a message; return how many are new. With waves, those whose cohort has opened by now."""
    message = _held(message_id)
    if message is None:
        return 0
    people = _readers(message).order_by("pk").values_list("person", flat=True)
    known = set(message.sends.values_list("person", flat=True))
    rows = [
        MessageSend(message=message, person_id=person, other_subject=gets_other(message, person))
        for person in dict.fromkeys(people)
        if person not in known
    ]
    MessageSend.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _readers(message: CampaignMessage) -> QuerySet[Any]:
    """Return whom it goes to now; while it is tried, the pilot's people, or the customers of their accounts."""
    cohort = cohort_of(PilotKind.MESSAGE, message.public_id)
    if message.channel == MessageChannel.CUSTOMERS:
        contacts = customers_of(message)
        return contacts if cohort is None else contacts.filter(account__owner__in=cohort.users)
    colleagues = asked_now(message.campaign, _after(message))
    return colleagues if cohort is None else colleagues.filter(pk__in=cohort.users)


def _after(message: CampaignMessage) -> dt.timedelta:
    """Return how long after the beginning a message comes."""
    return message.send_on - message.campaign.starts_on


def gets_other(message: CampaignMessage, person_id: int) -> bool:
    """Say whether somebody is in the half that gets the other subject: by a hash, so always the same half."""
    if not message.other_subject:
        return False
    return bool(hashlib.sha256(f"{message.public_id}:{person_id}".encode()).digest()[0] & 1)


@transaction.atomic
def send_next(*, message_id: int) -> int | None:
    """Send one copy, or note why not: 1 sent, 0 refused; None when there is nothing more to do now."""
    message = _held(message_id)
    if message is None:
        return None
    customers = message.channel == MessageChannel.CUSTOMERS
    if customers and sent_today() >= policy.now().customers_a_day:
        return None
    waiting = message.sends.select_for_update(of=("self",)).filter(sent_at__isnull=True, refused="")
    send = waiting.select_related("person").order_by("pk").first()
    if send is None:
        _finish(message)
        return None
    send.message = message
    return _to_customer(send) if customers else _to_colleague(send)


def _held(message_id: int) -> CampaignMessage | None:
    """Lock a message of a running campaign; None while another worker sends it, or when it was sent."""
    rows = CampaignMessage.objects.select_for_update(of=("self",), skip_locked=True)
    found = rows.select_related("campaign__sponsor__person", "campaign__owner__person")
    return found.filter(pk=message_id, sent_at__isnull=True, campaign__state=CampaignState.RUNNING).first()


def sent_today() -> int:
    """Count what campaigns wrote to customers on this day, in the program's zone."""
    midnight = dt.datetime.combine(clock.today(), dt.time.min, tzinfo=clock.zone())
    return MessageSend.objects.filter(message__channel=MessageChannel.CUSTOMERS, sent_at__gte=midnight).count()


def _to_colleague(send: MessageSend) -> int:
    message = send.message
    mail = message.channel == MessageChannel.MAIL
    key = f"campaign:{message.public_id}"
    url = _link(send) if mail else ""
    tell(
        person=send.person,
        kind=COLLEAGUES,
        key=key,
        text=letters.subject_of(send),
        url=letters.page_for(message),
        letter=letters.to_colleague(send, url) if mail else None,
    )
    return _done(send)


def _to_customer(send: MessageSend) -> int:
    message = send.message
    contact = customers_of(message).filter(person=send.person_id).select_related("account").first()
    kind = kinds.registry()[CUSTOMERS]
    if contact is None:
        return _refused(send, _("They take part no longer."))
    if not mails.has_mailbox(send.person) or channel_of(send.person, kind) != Channel.NOW:
        return _refused(send, _("No address, or they want no such mail."))
    try:
        with transaction.atomic():
            _spend(send, contact)
    except AskRefused as refusal:
        return _refused(send, refusal.message)
    letter = letters.to_customer(send, contact, _link(send))
    tell(person=send.person, kind=CUSTOMERS, key=f"campaign:{message.public_id}", text=letter.subject, letter=letter)
    return _done(send)


def _spend(send: MessageSend, contact: Contact) -> None:
    """Ask for the customer's goodwill; the mail itself is what it costs."""
    actor = send.message.campaign.owner
    ask = reserve_ask(
        account=contact.account,
        contact=contact,
        activity=ActivityType.objects.get(slug=policy.ACTIVITY),
        source=send.message,
        team=Team.PROGRAM,
        actor=actor,
    )
    send.ask = spend_ask(ask=ask, actor=actor)


def _link(send: MessageSend) -> str:
    return links.issue(purpose="campaign", subject=send, person_id=send.person_id, days=policy.now().link_days)


def _done(send: MessageSend) -> int:
    send.sent_at = timezone.now()
    send.save(update_fields=["sent_at", "ask"])
    return 1


def _refused(send: MessageSend, why: str) -> int:
    send.refused = why[:200]
    send.save(update_fields=["refused"])
    return 0


def _finish(message: CampaignMessage) -> None:
    """Note that everybody has it; with waves not before the last cohort has opened, nor while it is tried."""
    if cohort_of(PilotKind.MESSAGE, message.public_id) is not None:
        return
    if message.channel != MessageChannel.CUSTOMERS and not all_asked(message.campaign, _after(message)):
        return
    _close(message)


@transaction.atomic
def close(*, message: CampaignMessage) -> None:
    """Send it to nobody more; twice is once."""
    row = CampaignMessage.objects.select_for_update().select_related("campaign").get(pk=message.pk)
    if row.sent_at is None:
        _close(row)


def _close(message: CampaignMessage) -> None:
    message.sent_at = timezone.now()
    message.save(update_fields=["sent_at"])
    payload = {
        "message": message.pk,
        "channel": message.channel,
        "sent": message.sends.filter(sent_at__isnull=False).count(),
        "refused": message.sends.exclude(refused="").count(),
    }
    emit("campaign.message_sent", subject=message.campaign, payload=payload)


@transaction.atomic
def mark_done(*, message: CampaignMessage) -> CampaignMessage:
    """Note that what goes outside the program (a poster, a call) is done; twice is once."""
    row = CampaignMessage.objects.select_for_update().select_related("campaign").get(pk=message.pk)
    if row.sent_at is None and row.channel == MessageChannel.OUTSIDE:
        row.sent_at = timezone.now()
        row.save(update_fields=["sent_at"])
        payload = {"message": row.pk, "channel": row.channel, "sent": 0, "refused": 0}
        emit("campaign.message_sent", subject=row.campaign, payload=payload)
    return row


@transaction.atomic
def follow(*, token: str) -> MessageSend:
    """Note that somebody pressed the button behind a message's link. Opening it counts nothing: scanners do that."""
    link = links.use(token)
    rows = MessageSend.objects.select_for_update(of=("self",)).select_related("message__campaign", "person")
    send = rows.get(pk=link.subject_id)
    if send.followed_at is None:
        send.followed_at = timezone.now()
        send.save(update_fields=["followed_at"])
        payload = {"who": send.person_id, "message": send.message_id, "other_subject": send.other_subject}
        emit("campaign.followed", subject=send.message.campaign, actor_id=send.person_id, payload=payload)
    return send
