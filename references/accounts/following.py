"""What follows a step in the program: thanks when it ends, another look when something new is known."""

import datetime as dt

from django.utils.translation import gettext as _

from references.accounts import clock, selectors, services
from references.accounts.enums import Membership
from references.accounts.models import Account
from refprogram.governance.consequences.services import give_task
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from refprogram.people.models import User

THANK_WITHIN = dt.timedelta(days=7)


def thank_and_review(event: Event) -> None:
    """An account left the program: whoever answers for it thanks them, and the program looks at what still shows them."""
    account = Account.objects.select_related("owner__person", "owner__team", "csm__person").get(pk=event.subject_id)
    if account.state != Membership.RETIRED or account.merged_into_id is not None:
        return
    due, url = clock.today() + THANK_WITHIN, account.get_absolute_url()
    answering = selectors.answers_for(account)
    if answering is not None and answering.is_active:
        title = _("Thank %(name)s for having been a reference") % {"name": account.name}
        give_task(assignee=answering, title=title, due_on=due, label=account.name, url=url)
    marketer = User.objects.filter(role=Role.MARKETER, is_active=True).order_by("pk").first()
    if marketer is not None:
        title = _("Look at what still shows %(name)s") % {"name": account.name}
        detail = _("They take part no longer. What is published rests on their consent: ask, renew it, or take it down.")
        give_task(assignee=marketer, title=title, detail=detail, due_on=due, label=account.name, url=url)


def look_again(event: Event) -> None:
    """Something new is known of a customer: whoever waits for just that takes part now."""
    if event.account_id is not None:
        services.look_again(account_id=event.account_id)
