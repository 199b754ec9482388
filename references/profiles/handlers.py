"""What this room does when something happened: who proposed a correction hears what became of it."""

from django.utils.translation import gettext as _

from references.accounts.provenance import WORDS
from references.profiles import counting
from references.profiles.enums import CorrectionState
from references.profiles.models import Correction
from refprogram.kernel.models import Event
from refprogram.notices.services import tell


def recount(event: Event) -> None:
    """Something that readiness is made of changed."""
    if event.account_id is not None:
        counting.settle([event.account_id])


def tell_author(event: Event) -> None:
    """The CRM says so now, or somebody refused: the author hears, once."""
    rows = Correction.objects.select_related("account", "proposed_by__person")
    row = rows.filter(pk=event.subject_id).first()
    if row is None or row.proposed_by is None or row.proposed_by.person_id == event.actor_id:
        return
    words = {"field": WORDS.get(row.field, row.field), "account": row.account.name, "reason": row.note}
    done = row.state == CorrectionState.DONE
    text = (
        _("The CRM has your correction: %(field)s of %(account)s")
        if done
        else _("Your correction of %(field)s of %(account)s was refused: %(reason)s")
    )
    tell(
        person=row.proposed_by.person,
        kind="references.correction",
        key=f"correction:{row.public_id}:{row.state}",
        text=text % words,
        url=row.get_absolute_url(),
    )
