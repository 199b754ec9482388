"""What every verb of the charter begins with."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from refprogram.governance.approvals.services import withdraw_for
from refprogram.governance.charter.enums import WRITABLE
from refprogram.governance.charter.models import CharterVersion
from refprogram.kernel.errors import DomainError, NotAllowed
from refprogram.kernel.stale import refuse_stale
from refprogram.people.models import User

NOUN = "charter"


def locked(version: CharterVersion) -> CharterVersion:
    """Return the row, held until the transaction ends."""
    return CharterVersion.objects.select_for_update().get(pk=version.pk)


def refuse_unless_runs(by: User) -> None:
    """Raise NotAllowed for whoever does not look after the charter."""
    if not by.has_perm("governance.run_charter"):
        raise NotAllowed(_("The charter is looked after by the reference managers."))


def writable(
    version: CharterVersion, by: User, revision: int | None = None, typed: Mapping[str, Any] | None = None
) -> CharterVersion:
    """Hold a version whose words may change now. Raises Stale where somebody was faster, DomainError when settled."""
    refuse_unless_runs(by)
    row = locked(version)
    if row.state not in WRITABLE:
        raise DomainError(_("These words are settled: begin a new version to change them."))
    message = _("Somebody has changed this version meanwhile. Look at it again, please.")
    refuse_stale(row, revision, message, typed)
    return row


def changed(row: CharterVersion, by: User) -> None:
    """Count the change. A yes is for the words that were read: what approvers were asked about is taken back."""
    row.revision += 1
    row.save(update_fields=["revision"])
    if row.asked_revision is not None:
        row.asked_revision = None
        row.save(update_fields=["asked_revision"])
        withdraw_for(subject=row, by=by, reason=_("The words of the charter changed."))
