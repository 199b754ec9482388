"""What this room does when something happened: who proposed a correction hears what became of it."""

from django.utils.translation import gettext as _

from references.accounts.provenance import WORDS
from references.accounts.selectors import answers_for
from references.profiles import counting
from references.profiles.enums import CorrectionState
from references.profiles.models import Correction, Unmasking
from refprogram.kernel.models import Event
from refprogram.notices.services import tell


def recount(event: Event) -> None:
    """Something that readiness is made of changed."""
    if event.account_id is not None:
        counting.settle([event.account_id])


def tell_of_unmasking(event: Event) -> None:
    """Somebody asked for the name of a masked customer: whoever looks after the customer hears, with the reason."""
    rows = Unmasking.objects.select_related("user__person", "account__owner__person", "account__csm__person")
    row = rows.filter(pk=event.payload["unmasking"]).first()
    colleague = answers_for(row.account) if row is not None else None
    if row is None or colleague is None or not event.payload["asked"] or colleague.pk == row.user_id:
        return
    words = {"who": row.user.name, "account": row.account.name, "reason": row.reason}
    tell(
        person=colleague.person,
        kind="references.unmasked",
        key=f"unmasked:{row.pk}",
        text=_("%(who)s was shown who %(account)s is: %(reason)s") % words,
        url=row.account.get_absolute_url(),
    )


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
