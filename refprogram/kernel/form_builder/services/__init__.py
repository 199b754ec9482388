"""What can be done with forms: `designs.py` builds and publishes them, `answers.py` answers them."""

from refprogram.kernel.form_builder.services.answers import (
    hold,
    keep_file,
    open_answer,
    save_answer,
    submit_answer,
    submit_new_answer,
    with_files,
)
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
    "hold",
    "keep_file",
    "open_answer",
    "publish",
    "published",
    "rename",
    "save_answer",
    "save_draft",
    "submit_answer",
    "submit_new_answer",
    "with_files",
]
