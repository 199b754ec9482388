"""What this room does when events arrive. Each is safe to run twice."""

from refprogram.governance.stakeholders import letters, services
from refprogram.governance.stakeholders.models import Pulse
from refprogram.kernel.models import Event


def ask_by_mail(event: Event) -> None:
    """A colleague gets the question by mail; who is outside is sent the link by whoever knows them."""
    pulse = Pulse.objects.select_related("stakeholder__user__person").get(pk=event.payload["pulse"])
    reader = pulse.stakeholder.user
    if reader is not None and reader.is_active and pulse.answered_at is None:
        letters.pulse_asked(pulse, reader, services.address_of(pulse), key=f"stakeholder.pulse:{pulse.pk}")


def tell_of_answer(event: Event) -> None:
    """Who asked hears what the answer was."""
    rows = Pulse.objects.filter(stakeholder=event.subject_id, answered_at__isnull=False)
    pulse = rows.select_related("stakeholder", "asked_by__person").order_by("-answered_at").first()
    if pulse is not None and pulse.asked_by is not None:
        letters.pulse_given(pulse, pulse.asked_by, key=f"stakeholder.answered:{pulse.pk}")
