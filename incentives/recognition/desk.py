"""What recognition puts on the desk of executives: letters that wait for them, and that they are behind."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.recognition import selectors
from incentives.recognition.enums import LetterState
from incentives.recognition.models import Letter
from incentives.recognition.services.letters import WRITERS
from refprogram.kernel import rollups
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

SHOWN = 5
LAST_MONTH = 0  # of a quarter: its number divides by three


def desk_items(user: User) -> list[DeskItem]:
    """Return the drafts in one's name, and in the last month of a quarter how many letters are missing."""
    if user.role not in WRITERS:
        return []
    own = selectors.cadence(user)[0]
    items = [_draft(row) for row in _DRAFTS(user)] if own.waiting else []
    if rollups.day_of(timezone.now()).month % 3 == LAST_MONTH and own.behind:
        items.append(_behind(own))
    return items


def _drafts(viewer: User) -> QuerySet[Letter]:
    rows = Letter.objects.filter(writer=viewer.pk, state=LetterState.DRAFT).select_related("about")
    return rows.order_by("created_at", "pk")[:SHOWN]


_DRAFTS = PreparedFor(_drafts)


def _draft(row: Letter) -> DeskItem:
    return DeskItem(
        title=_("A letter to %(name)s waits for your words") % {"name": row.about.name},
        detail=row.subject,
        tone="info",
        icon="mail",
        actions=(DeskAction(_("Read and send it"), row.get_absolute_url(), primary=True),),
        since=row.created_at,
        urgency=6,
    )


def _behind(one: selectors.Cadence) -> DeskItem:
    words = ngettext("%(n)d letter is missing this quarter", "%(n)d letters are missing this quarter", one.behind)
    return DeskItem(
        title=words % {"n": one.behind},
        detail=_("Sent so far: %(n)d of %(due)d.") % {"n": one.sent, "due": one.due},
        tone="wait",
        icon="mail",
        actions=(DeskAction(_("Thank somebody"), reverse("incentives:new-letter"), primary=True),),
        since=selectors.quarter_begins(),
        urgency=7,
    )
