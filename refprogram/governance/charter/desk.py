"""What the charter puts on somebody's desk: an opinion that is wanted, a charter to know."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.charter.enums import ASKED, CharterState
from refprogram.governance.charter.models import Acknowledgement, CharterOpinion, CharterVersion
from refprogram.kernel.addresses import address
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User


def desk_items(user: User) -> list[DeskItem]:
    """Return what this colleague has to read: one query, none where a glance found nothing."""
    return [_opinion(row) if row.state == CharterState.CONSULT else _to_know(row) for row in _WAITING(user)]


def _waiting(user: User) -> QuerySet[CharterVersion]:
    if user.role == Role.JUDGE:
        return CharterVersion.objects.none()
    wanted = CharterOpinion.objects.filter(version=OuterRef("pk"), user=user.pk, said_at__isnull=True)
    reading = Q(Exists(wanted), state=CharterState.CONSULT)
    if user.role in ASKED:
        known = Acknowledgement.objects.filter(version=OuterRef("pk"), user=user.pk, acknowledged_at__isnull=False)
        reading |= Q(~Exists(known), state=CharterState.PUBLISHED)
    return CharterVersion.objects.filter(reading).order_by(F("number").desc())


_WAITING = ForDesk(_waiting)


def _opinion(row: CharterVersion) -> DeskItem:
    late = row.consult_until is not None and row.consult_until < timezone.localdate()
    until = _("Until %(day)s") % {"day": rp.day(row.consult_until)} if row.consult_until else ""
    return DeskItem(
        title=_("Your opinion of the charter is wanted"),
        detail=until,
        tone="stop" if late else "wait",
        icon="book",
        actions=(DeskAction(_("Read and comment"), row.get_absolute_url(), primary=True),),
        since=row.updated_at,
        urgency=2 if late else 4,
    )


def _to_know(row: CharterVersion) -> DeskItem:
    return DeskItem(
        title=_("The program’s charter, version %(n)d") % {"n": row.number},
        detail=_("Read it and answer three questions: two minutes."),
        tone="info",
        icon="book",
        actions=(DeskAction(_("Answer three questions"), address("governance:charter-acknowledge"), primary=True),),
        since=row.published_at or row.created_at,
        urgency=6,
    )
