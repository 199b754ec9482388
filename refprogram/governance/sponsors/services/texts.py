"""The words that go with a promise: each change is a version of its own."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.sponsors import kit
from refprogram.governance.sponsors.models import PledgeText, SponsorPledge
from refprogram.governance.sponsors.services.rows import locked_pledge, note_pledge, refuse, refuse_unless
from refprogram.kernel.stale import refuse_stale
from refprogram.people.models import User

LONGEST = 8000


@transaction.atomic
def write_text(*, row: SponsorPledge, subject: str, text: str, revision: int | None, by: User) -> PledgeText:
    """Keep other words; `revision` is of those that were read, 0 for none. Raises Stale when somebody was faster."""
    row = locked_pledge(row)
    refuse_unless(by, "governance.keep_promise", row)
    subject, text = " ".join(subject.split())[:200], text.strip()[:LONGEST]
    if not subject:
        refuse({"subject": _("Give it a subject.")})
    if not text:
        refuse({"text": _("Write something.")})
    known = row.texts.first() or PledgeText(revision=0)
    message = _("Somebody changed these words meanwhile.")
    refuse_stale(known, revision, message, {"subject": subject, "text": text})
    made = PledgeText(
        pledge=row, revision=known.revision + 1, subject=subject, text=text, by=by, at=timezone.now()
    )  # fmt: skip
    made.save(force_insert=True)
    note_pledge("pledge.worded", row, by, text=made.revision)
    return made


@transaction.atomic
def write_anew(*, row: SponsorPledge, by: User) -> PledgeText:
    """Write the words anew, with the program's figures of now; the ones before stay as a version."""
    drafted = kit.drafted(row)
    return write_text(row=row, subject=drafted.subject, text=drafted.text, revision=None, by=by)
