"""The mails about batches."""

from django.utils.translation import gettext as _

from references.accounts.wording import program_of
from references.batches.wording import agreement
from references.requests.letters import on_day
from references.requests.models import BatchName
from refprogram.notices.services import Letter


def may_we_name_you(name: BatchName, link: str) -> Letter:
    """To the customer: may we name you, for this alone?"""
    batch = name.batch
    return Letter(
        _("May we name %(account)s as a reference?") % {"account": name.account.name},
        "references/name_ask",
        {
            "lead": _("A request to you from %(program)s") % {"program": program_of()},
            "name": name,
            "batch": batch,
            "words": agreement(batch, name.account.name),
            "facts": [(_("For what"), batch.name), (_("By when"), on_day(batch.needed_by))],
            "action_label": _("See it and answer"),
            "action_url": link,
            "alternatives": [(_("Please not"), f"{link}?answer=no")],
            "fine": _("No is a fine answer: nobody outside is told, and nothing changes for you."),
        },
    )
