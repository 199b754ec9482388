"""How long it is kept who offered time and what was said."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from refprogram.governance.facetime.enums import FeedbackState, SlotState
from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeSlot
from refprogram.kernel.retention import Policy

_EMPTY = Q(gained="", wish="", reply="", because="")


def _forget_words(rows: list[Any]) -> None:
    FaceTimeFeedback.objects.filter(pk__in=[row.pk for row in rows]).update(gained="", wish="", reply="", because="")


POLICIES = [
    Policy(
        "face_time_words",
        _("What guests said of talks with executives, and our answers"),
        1095,
        _("After three years what was to follow from it has followed; the marks stay as figures."),
        lambda before: FaceTimeFeedback.objects.filter(
            state__in=(FeedbackState.ANSWERED, FeedbackState.SILENT), updated_at__lt=before
        ).exclude(_EMPTY),
        _forget_words,
    ),
    Policy(
        "unused_face_time",
        _("Hours of executives that nobody asked for"),
        730,
        _("For two years it can be shown what was offered; then the figures of the quarters are enough."),
        lambda before: FaceTimeSlot.objects.filter(
            state__in=(SlotState.WITHDRAWN, SlotState.LAPSED), ends_at__lt=before, talks__isnull=True
        ),
    ),
]
