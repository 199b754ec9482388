"""What this room does when events arrive. Each is safe to run twice."""

from refprogram.governance.readiness import letters
from refprogram.governance.readiness.models import Change, ChangeStep
from refprogram.kernel.models import Event
from refprogram.people.models import User


def tell_of_late_steps(event: Event) -> None:
    """Who sees to steps hears that they are overdue; what was done meanwhile is left out."""
    change = Change.objects.get(pk=event.subject_id)
    reader = User.objects.select_related("person").get(pk=event.payload["to"])
    steps = ChangeStep.objects.filter(pk__in=event.payload["steps"], done_on__isnull=True).order_by("due_on", "pk")
    if steps and reader.is_active and change.is_open:
        letters.steps_late(change, list(steps), reader, key=f"change.step_late:{event.pk}")
