"""What recognition does when something happened: posts, and tells. Each is safe to run twice."""

from django.utils.translation import gettext as _

from incentives.badges.models import BadgeGrant
from incentives.recognition import letters, services
from incentives.recognition.enums import LetterState, PostKind
from incentives.recognition.models import Letter, Thanks
from incentives.recognition.notice_kinds import THANKS
from refprogram.kernel.models import Event
from refprogram.notices.mails import as_reader
from refprogram.notices.services import tell


def post_badge(event: Event) -> None:
    """Somebody got a badge: it stands in the feed."""
    grant = BadgeGrant.objects.get(pk=event.subject_id)
    if grant.revoked_at is None:
        services.post(
            kind=PostKind.BADGE, key=f"badge:{grant.pk}", at=grant.occurred_at, person_id=grant.person_id,
            actor_id=event.actor_id, grant=grant,
        )  # fmt: skip


def drop_badge(event: Event) -> None:
    """A badge was taken back: it stands there no longer."""
    services.take_down(key=f"badge:{event.subject_id}")


def post_thanks(event: Event) -> None:
    """Somebody was thanked: they hear so, and it stands in the feed."""
    row = Thanks.objects.select_related("giver", "receiver").get(pk=event.subject_id)
    if row.taken_back_at is not None:
        return
    services.post(
        kind=PostKind.THANKS, key=f"thanks:{row.pk}", at=row.given_at, person=row.receiver, actor=row.giver, thanks=row
    )
    with as_reader(row.receiver):
        text = _("%(giver)s thanks you: %(words)s") % {"giver": row.giver.name, "words": row.words}
        tell(person=row.receiver, kind=THANKS, key=f"thanks:{row.pk}", text=text, url=row.get_absolute_url())


def drop_thanks(event: Event) -> None:
    """Thanks were taken back: they stand there no longer."""
    services.take_down(key=f"thanks:{event.subject_id}")


def tell_writer(event: Event) -> None:
    """A letter was drafted in somebody's name: they hear so."""
    row = _letter(event)
    if row.state == LetterState.DRAFT and row.drafted_by_id != row.writer_id:
        letters.ask_writer(row)


def deliver_letter(event: Event) -> None:
    """A letter was sent: its reader gets it, their manager a copy, and the feed where its writer said so."""
    row = _letter(event)
    letters.deliver(row)
    if row.public and row.sent_at is not None:
        services.post(
            kind=PostKind.LETTER, key=f"letter:{row.pk}", at=row.sent_at, person=row.about, actor=row.writer.person,
            letter=row,
        )  # fmt: skip


def _letter(event: Event) -> Letter:
    rows = Letter.objects.select_related("writer__person", "about", "drafted_by__person", "copied_to__person")
    return rows.get(pk=event.subject_id)


def post_reference(event: Event) -> None:
    """A customer whom a colleague nominated became a reference: a win."""
    person = event.payload.get("nominator")
    if person is not None and event.account_id is not None:
        services.post(
            kind=PostKind.WIN, key=f"enrolled:{event.pk}", at=event.occurred_at, person_id=person,
            account_id=event.account_id, event=event,
        )  # fmt: skip


def post_winners(event: Event) -> None:
    """The winners of a contest were announced: a win of all."""
    services.post(kind=PostKind.WIN, key=f"published:{event.pk}", at=event.occurred_at, event=event)
