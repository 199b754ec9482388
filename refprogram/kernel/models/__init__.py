"""The kernel's rows: the stream, signed links, jobs, roll-ups, and what pages keep."""

from refprogram.kernel.models.base import Noun, new_public_id
from refprogram.kernel.models.custom_field import CustomField, CustomValue
from refprogram.kernel.models.form_design import FormAnswer, FormDesign, FormVersion
from refprogram.kernel.models.idempotency import IdempotencyKey
from refprogram.kernel.models.job import Job
from refprogram.kernel.models.money import MoneyField
from refprogram.kernel.models.program_setting import ProgramSetting
from refprogram.kernel.models.retention import RetentionRun
from refprogram.kernel.models.rollup import Rollup
from refprogram.kernel.models.saved_view import SavedView
from refprogram.kernel.models.signed_link import SignedLink
from refprogram.kernel.models.stored_file import StoredFile
from refprogram.kernel.models.stream import Delivery, Event
from refprogram.kernel.models.submitted_form import SubmittedForm

__all__ = [
    "CustomField",
    "CustomValue",
    "Delivery",
    "Event",
    "FormAnswer",
    "FormDesign",
    "FormVersion",
    "IdempotencyKey",
    "Job",
    "MoneyField",
    "Noun",
    "ProgramSetting",
    "RetentionRun",
    "Rollup",
    "SavedView",
    "SignedLink",
    "StoredFile",
    "SubmittedForm",
    "new_public_id",
]
