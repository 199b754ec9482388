"""What follows when a customer did something on their own page that somebody of ours has to carry on."""

import datetime as dt

from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.enums import Membership
from references.accounts.models import Contact
from refprogram.governance.consequences.services import give_task
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from refprogram.people.models import User

INVITE_WITHIN = dt.timedelta(days=7)
INVITABLE = (Membership.IDENTIFIED, Membership.NOT_NOW, Membership.RETIRED)


def have_stand_in_invited(event: Event) -> None:
    """A customer named somebody to stand in: the program invites them, for nobody agrees in another's name."""
    stand_in = Contact.objects.select_related("person").get(pk=event.payload["stand_in"])
    contact = Contact.objects.select_related("person", "account").get(pk=event.subject_id)
    still_named = contact.stand_in_id == stand_in.pk
    marketer = User.objects.filter(role=Role.MARKETER, is_active=True).order_by("pk").first()
    if marketer is None or not still_named or stand_in.state not in INVITABLE:
        return
    words = {"stand_in": stand_in.person.name, "contact": contact.person.name}
    give_task(
        assignee=marketer,
        title=_("Ask %(stand_in)s whether they would stand in for %(contact)s") % words,
        detail=_("%(contact)s named them on their own page. They agree for themselves: invite them.") % words,
        due_on=clock.today() + INVITE_WITHIN,
        label=contact.account.name,
        url=stand_in.get_absolute_url(),
    )
