"""Telling people, and letting them say how they want to be told."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel import links
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.queueing import enqueue
from refprogram.notices import kinds, mails
from refprogram.notices.enums import Channel, MailState
from refprogram.notices.kinds import Kind
from refprogram.notices.mails import Letter
from refprogram.notices.models import Mail, Notice, Preference
from refprogram.people.models import Person, User

__all__ = ["Letter", "choose", "forward", "post", "read", "read_all", "set_preferences", "tell", "turn_down"]


@transaction.atomic
def tell(
    *, person: Person, kind: str, key: str, text: str, url: str = "", letter: Letter | None = None
) -> Notice | None:
    """Tell a person one thing: a line in the program and, with `letter`, one mail as the person wants such mail.

    `key` is unique per person: telling it again does nothing and returns None. `url` is a page of ours. Without a
    letter nothing is sent at once, but the line still goes into the digest of who wants this kind there.
    """
    sort = kinds.registry()[kind]
    channel = channel_of(person, sort)
    notice = Notice(
        person=person,
        kind=kind,
        key=key,
        text=mails.one_line(text)[:300],
        url=url,
        for_digest=channel == Channel.DIGEST and mails.has_mailbox(person),
    )
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError:
        return None
    User.objects.filter(person=person).update(unread_notices=F("unread_notices") + 1)
    if letter is not None and channel == Channel.NOW and mails.has_mailbox(person):
        post(person=person, kind=sort, key=key, letter=letter)
    return notice


def channel_of(person: Person, kind: Kind) -> Channel:
    """Return how the person wants this kind by mail; what is required always comes at once."""
    if kind.required:
        return Channel.NOW
    wish = Preference.objects.filter(person=person, kind=kind.name).values_list("channel", flat=True).first()
    return Channel(wish) if wish else kind.default


@transaction.atomic
def post(*, person: Person, kind: Kind, key: str, letter: Letter) -> Mail:
    """Write one mail and put it in the queue; it leaves after this transaction, outside the reader's quiet hours."""
    now = timezone.now()
    mail = Mail(person=person, kind=kind.name, key=key, to=person.email, send_after=mails.not_before(person, now))
    mail.save(force_insert=True)
    if not kind.required:
        mail.unsubscribe_url = links.issue(purpose="unsubscribe", subject=mail, person_id=person.pk)
    mails.write(mail, letter, kind=kind)
    mail.save(update_fields=["unsubscribe_url", "subject", "text", "html", "calendar", "reply_to"])
    if mail.send_after <= now:
        enqueue("notices.send_waiting")
    return mail


@transaction.atomic
def forward(*, person: Person, kind: str, message: EmailMultiAlternatives) -> Mail:
    """Queue a mail that others have written and its reader waits for: no quiet hours, nothing to turn down."""
    html = next((str(words) for words, kind_of in message.alternatives if kind_of == "text/html"), "")
    mail = Mail.objects.create(
        person=person,
        kind=kind,
        key=f"{kind}:{uuid.uuid4()}",
        to=person.email,
        subject=mails.one_line(str(message.subject))[:200],
        text=str(message.body),
        html=html,
    )
    enqueue("notices.send_waiting")
    return mail


@transaction.atomic
def read(*, user: User, notice: Notice) -> None:
    """Mark one of the user's own notices read; twice is once."""
    _count_down(user, Notice.objects.filter(pk=notice.pk, person=user.person_id, read_at__isnull=True))


@transaction.atomic
def read_all(*, user: User, until: dt.datetime | None = None) -> int:
    """Mark everything read that was told `until` then (what the page showed); return how many."""
    unread = Notice.objects.filter(person=user.person_id, read_at__isnull=True)
    return _count_down(user, unread if until is None else unread.filter(created_at__lte=until))


def _count_down(user: User, unread: QuerySet[Notice]) -> int:
    read = unread.update(read_at=timezone.now())
    if read:
        User.objects.filter(pk=user.pk).update(unread_notices=Greatest(F("unread_notices") - read, 0))
    return read


@transaction.atomic
def set_preferences(
    *,
    person: Person,
    channels: Mapping[str, str],
    quiet_from: dt.time | None,
    quiet_until: dt.time | None,
    time_zone: str,
) -> None:
    """Keep how the person wants each kind by mail, and when. What may not be switched off is left as it is."""
    if (quiet_from is None) != (quiet_until is None):
        message = _("Give both ends of the quiet hours, or none.")
        raise InvalidInput(message, errors={"quiet_until": message})
    for name, channel in sorted(channels.items()):
        choose(person=person, kind=kinds.registry()[name], channel=Channel(channel))
    person.quiet_from, person.quiet_until, person.time_zone = quiet_from, quiet_until, time_zone
    person.save(update_fields=["quiet_from", "quiet_until", "time_zone"])


@transaction.atomic
def choose(*, person: Person, kind: Kind, channel: Channel) -> None:
    """Keep how the person wants one kind by mail; what already waits and is no longer wanted is dropped."""
    if kind.required:
        return
    Preference.objects.update_or_create(person=person, kind=kind.name, defaults={"channel": channel})
    if channel != Channel.NOW:
        waiting = Mail.objects.filter(person=person, kind=kind.name, state=MailState.QUEUED)
        waiting.update(state=MailState.DROPPED, subject="", text="", html="", calendar="")
    if channel != Channel.DIGEST:
        Notice.objects.filter(person=person, kind=kind.name, for_digest=True).update(for_digest=False)


@transaction.atomic
def turn_down(*, token: str, channel: Channel) -> Mail:
    """Obey a mail's own unsubscribe link; return the mail it stood in."""
    link = links.use(token)
    mail = Mail.objects.select_related("person").get(pk=link.subject_id)
    choose(person=mail.person, kind=kinds.registry()[mail.kind], channel=channel)
    return mail
