"""Reading one's own notices, and how one wants to be told."""

from django.db.models import QuerySet

from refprogram.notices import kinds
from refprogram.notices.enums import Channel, MailState
from refprogram.notices.kinds import Kind
from refprogram.notices.models import Mail, Notice, Preference
from refprogram.people.models import Person, User

RECENT = 8


def visible_to(user: User) -> QuerySet[Notice]:
    """Return the user's own notices, newest first: nobody reads another's."""
    return Notice.objects.filter(person=user.person_id).order_by("-id")


def recent(user: User) -> list[Notice]:
    """Return what the bell shows."""
    return list(visible_to(user)[:RECENT])


def was_told(person: Person, key: str) -> bool:
    """Return whether `tell` was called for this person with this key: telling it again would do nothing."""
    return Notice.objects.filter(person=person, key=key).exists()


def choices_of(user: User) -> list[tuple[Kind, Channel]]:
    """Return every kind that this colleague may be told, with how it is wanted by mail."""
    wishes = dict(Preference.objects.filter(person=user.person_id).values_list("kind", "channel"))
    return [
        (kind, Channel.NOW if kind.required else Channel(wishes.get(kind.name, kind.default)))
        for kind in kinds.registry().values()
        if not kind.customers and (not kind.roles or user.role in kind.roles)
    ]


def waiting_mails(to: str = "") -> list[Mail]:
    """Return mails that have not left yet, next first: quiet hours, or a server that does not answer."""
    waiting = Mail.objects.filter(state=MailState.QUEUED, to__icontains=to)
    return list(waiting.defer("text", "html").order_by("send_after", "pk")[:RECENT])


def mail_by_id(pk: int) -> Mail:
    """Return the mail that an unsubscribe link stood in."""
    return Mail.objects.get(pk=pk)
