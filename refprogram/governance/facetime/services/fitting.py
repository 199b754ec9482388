"""Whether a talk fits a slot: what the slot was offered for, and what its executive still has to give."""

from django.utils.translation import gettext as _

from refprogram.governance.facetime.enums import TalkTopic
from refprogram.governance.facetime.hours import earliest, room_for
from refprogram.governance.facetime.models import FaceTimeSlot, FaceTimeTalk
from refprogram.governance.facetime.services.rows import refuse
from refprogram.kernel.templatetags.rp import number
from refprogram.people.models import User


def demand_topic(slot: FaceTimeSlot, topic: str, circle: str) -> None:
    """Raise InvalidInput where a slot was offered for something else, or for others."""
    if topic not in TalkTopic.values or topic not in slot.topics:
        refuse("topic", _("This slot is for something else: %(topics)s.") % {"topics": slot.topic_words})
    if circle not in slot.circles:
        refuse("slot", _("This slot is meant for %(circles)s.") % {"circles": slot.circle_words})


def demand_room(slot: FaceTimeSlot) -> None:
    """Hold the executive against a second ask at this moment, then look whether one more talk still fits."""
    User.objects.select_for_update(no_key=True).get(pk=slot.executive_id)
    room = room_for(slot)
    facts = {
        "name": slot.executive.name,
        "hours": number(room.terms.hours, 1 if room.terms.hours % 1 else 0),
        "n": room.terms.most_a_week,
    }
    if slot.starts_at < earliest(room.terms):
        words = _("%(name)s wants to know of it %(days)d days before.")
        refuse("slot", words % {**facts, "days": room.terms.notice_days})
    if slot.hours > room.hours_left:
        words = _("%(name)s gives %(hours)s hours in that quarter, and they are spoken for.")
        refuse("slot", words % facts)
    if room.in_week >= room.terms.most_a_week:
        refuse("slot", _("%(name)s gives at most %(n)d a week, and that week is full.") % facts)


def suits_as_agreed(talk: FaceTimeTalk, slot: FaceTimeSlot) -> bool:
    """Whether an executive who agreed to a talk has nothing new to agree to: the same kind of hour, and no longer."""
    return (
        talk.topic in slot.topics
        and talk.circle in slot.circles
        and slot.manner == talk.slot.manner
        and slot.minutes <= talk.slot.minutes
    )
