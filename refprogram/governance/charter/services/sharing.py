"""Links to the charter for people outside: made for a time, opened, withdrawn."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from refprogram.governance.charter.models import CharterLink, CharterOpening
from refprogram.governance.charter.policy import MOST_LINK_DAYS
from refprogram.governance.charter.services.rows import refuse_unless_runs
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import User

PURPOSE = "charter"


@transaction.atomic
def make_link(*, label: str, days: int, by: User) -> CharterLink:
    """Make a link for somebody outside. It shows the charter that holds on the day it is opened."""
    refuse_unless_runs(by)
    name = " ".join(label.split())[:120]
    errors = {}
    if not name:
        errors["label"] = _("Say for whom it is: that is how you find it again.")
    if not 1 <= days <= MOST_LINK_DAYS:
        errors["days"] = _("Between 1 and %(most)d days.") % {"most": MOST_LINK_DAYS}
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)
    row = CharterLink(label=name, made_by=by, expires_at=timezone.now() + dt.timedelta(days=days))
    row.save(force_insert=True)
    links.issue(purpose=PURPOSE, subject=row, person_id=None, days=days, token=_token_of(row))
    emit("charter.link_made", subject=row, actor_id=by.person_id, payload={"days": days})
    return row


@transaction.atomic
def withdraw_link(*, link: CharterLink, by: User) -> CharterLink:
    """Let a link open nothing any more."""
    refuse_unless_runs(by)
    row = CharterLink.objects.select_for_update().get(pk=link.pk)
    if row.withdrawn_at is not None:
        raise DomainError(_("This link was withdrawn already."))
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    links.withdraw(subject=row, purpose=PURPOSE)
    emit("charter.link_withdrawn", subject=row, actor_id=by.person_id)
    return row


@transaction.atomic
def opened(*, link_id: int) -> None:
    """Note that the charter was opened by a link; not by whom: nobody is known there."""
    CharterOpening.objects.create(link_id=link_id, at=timezone.now())


def address_of(link: CharterLink) -> str:
    """Return the address that somebody outside is given; its maker can read it again."""
    return links.address(_token_of(link))


def _token_of(link: CharterLink) -> str:
    return salted_hmac("governance.charter", link.public_id, algorithm="sha256").hexdigest()[:40]
