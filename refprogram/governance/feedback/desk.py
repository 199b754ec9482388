"""What feedback puts on desks: what waits for this colleague's answer, the longest first."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from refprogram.governance.feedback.enums import NoteState
from refprogram.governance.feedback.models import FieldNote
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.templatetags import rp
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

SHOWN = 10
IN_A_LINE = 90


def desk_items(user: User) -> list[DeskItem]:
    """Return what waits for this colleague's answer: one query."""
    return [_item(row) for row in _WAITING(user)]


def _waiting(user: User) -> QuerySet[FieldNote]:
    """As `selectors.readers` names them, and for who runs the program also what others leave lying (late)."""
    mine = Q(goes_to=user.pk)
    if user.role == Role.MARKETER:
        mine |= Q(goes_to__isnull=True) | Q(goes_to__is_active=False)
    rows = FieldNote.objects.filter(mine, state=NoteState.NEW).exclude(sender=user.pk)
    return rows.select_related("sender__person", "change", "clock").order_by("clock__due_at", "pk")[:SHOWN]


_WAITING = ForDesk(_waiting)


def _item(row: FieldNote) -> DeskItem:
    due = row.clock.due_at if row.clock else None
    is_late = due is not None and due < timezone.now()
    name = row.sender.name if row.sender else _("Somebody")
    words = {"name": name, "words": Truncator(" ".join(row.words.split())).chars(IN_A_LINE)}
    parts = [row.get_kind_display(), row.change.name if row.change else ""]
    if due is not None:
        when = {"day": rp.day(timezone.localdate(due))}
        parts.append((_("answer was due on %(day)s") if is_late else _("answer due on %(day)s")) % when)
    return DeskItem(
        title=_("%(name)s: “%(words)s”") % words,
        detail=" · ".join(part for part in parts if part),
        tone="stop" if is_late else "wait",
        icon="chat",
        actions=(DeskAction(_("Answer"), row.get_absolute_url(), primary=True),),
        since=row.created_at,
        urgency=2 if is_late else 4,
    )
