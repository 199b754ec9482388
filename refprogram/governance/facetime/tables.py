"""How slots and talks are listed."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.facetime.models import FaceTimeSlot, FaceTimeTalk
from refprogram.governance.facetime.states import SLOTS, TALKS
from refprogram.kernel import tables


def _topics(row: FaceTimeSlot) -> str:
    return row.topic_words


def _circles(row: FaceTimeSlot) -> str:
    return row.circle_words


def _minutes(row: FaceTimeSlot) -> int:
    return row.minutes


def _topic(row: FaceTimeTalk) -> str:
    return str(row.get_topic_display())


class SlotTable(tables.Table):
    """One line per slot: whose it is, when, what about, for whom."""

    executive = tables.NameColumn(
        _("Executive"), "executive.person.name", avatar="person", order_by="executive__person__name"
    )
    starts = tables.DateColumn(_("When"), "starts_at", with_time=True, order_by="starts_at", phone="end")
    minutes = tables.NumberColumn(_("Minutes"), _minutes, csv=_minutes)
    topics = tables.TextColumn(_("About"), _topics, csv=_topics, phone="wide")
    circles = tables.TextColumn(_("For"), _circles, csv=_circles, muted=True)
    manner = tables.TextColumn(_("How"), "get_manner_display", order_by="manner", csv="manner", nowrap=True)
    place = tables.TextColumn(_("Where"), "place", muted=True)
    state = tables.PillColumn(_("State"), "state", words=SLOTS, order_by="state", phone="wide")


class TalkTable(tables.Table):
    """One line per talk: with whom, which executive, when, how far it is."""

    label = tables.NameColumn(_("Talk with"), "label", avatar="co", order_by="label")
    executive = tables.OwnerColumn(
        _("Executive"), "slot.executive.person.name", order_by="slot__executive__person__name", phone="wide"
    )
    starts = tables.DateColumn(_("When"), "slot.starts_at", with_time=True, order_by="slot__starts_at", phone="end")
    topic = tables.TextColumn(_("About"), _topic, csv=_topic)
    state = tables.PillColumn(_("State"), "state", words=TALKS, order_by="state", phone="wide")
    asked_by = tables.OwnerColumn(_("Asked by"), "asked_by.person.name", order_by="asked_by__person__name")
    asked = tables.AgoColumn(_("Asked"), "created_at", order_by="id", desc_first=True)
