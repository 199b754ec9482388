"""What can be done with forms: `designs.py` builds and publishes them, `answers.py` answers them."""

from refprogram.kernel.form_builder.services.answers import keep_file, open_answer, save_answer, submit_answer
from refprogram.kernel.form_builder.services.designs import (
    archive,
    bring_back,
    create_design,
    edit_draft,
    publish,
    published,
    rename,
    save_draft,
)
from refprogram.kernel.form_builder.services.stale import StaleDraft

__all__ = [
    "StaleDraft",
    "archive",
    "bring_back",
    "create_design",
    "edit_draft",
    "keep_file",
    "open_answer",
    "publish",
    "published",
    "rename",
    "save_answer",
    "save_draft",
    "submit_answer",
]
