"""The kernel's rows: the stream, signed links, jobs, roll-ups, and what pages keep."""

from refprogram.kernel.models.base import Noun, new_public_id
from refprogram.kernel.models.idempotency import IdempotencyKey
from refprogram.kernel.models.job import Job
from refprogram.kernel.models.rollup import Rollup
from refprogram.kernel.models.saved_view import SavedView
from refprogram.kernel.models.signed_link import SignedLink
from refprogram.kernel.models.stream import Delivery, Event
from refprogram.kernel.models.submitted_form import SubmittedForm

__all__ = [
    "Delivery",
    "Event",
    "IdempotencyKey",
    "Job",
    "Noun",
    "Rollup",
    "SavedView",
    "SignedLink",
    "SubmittedForm",
    "new_public_id",
]
