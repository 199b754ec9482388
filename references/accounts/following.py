"""What follows a step in the program: thanks when it ends, another look when something new is known."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from references.accounts import clock, selectors, services
from references.accounts.enums import Membership
from references.accounts.models import Account, Freeze
from refprogram.governance.consequences.services import give_task
from refprogram.kernel.models import Event
from refprogram.notices.services import Letter, tell
from refprogram.people.enums import Role
from refprogram.people.models import User

THANK_WITHIN = dt.timedelta(days=7)


def thank_and_review(event: Event) -> None:
    """An account left the program: who answers for it thanks them, the program looks at what still shows them."""
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
        detail = _("They take part no longer. What is published rests on consent: renew it, or take it down.")
        give_task(assignee=marketer, title=title, detail=detail, due_on=due, label=account.name, url=url)


def invite_to_nominate(event: Event) -> None:
    """A while after a solved escalation: invite support, who helped them, to nominate the recovered customer."""
    account = Account.objects.select_related("owner__person", "owner__team", "csm__person").get(pk=event.subject_id)
    freeze = Freeze.objects.select_related("imposed_by__person").get(pk=event.payload["freeze"])
    named = [one for one in (account.csm, freeze.imposed_by) if one is not None and one.role == Role.SUPPORT]
    colleague = next((one for one in named if one.is_active), None) or selectors.answers_for(account)
    if colleague is None or not selectors.may_open(colleague, [account.pk]):
        return
    subject = _("%(name)s is well again: somebody to nominate?") % {"name": account.name}
    tell(
        person=colleague.person,
        kind="references.recovered",
        key=f"recovered:{freeze.pk}",
        text=subject,
        url=account.get_absolute_url(),
        letter=Letter(
            subject=subject,
            template="references/recovered",
            context={
                "account": account,
                "action_label": _("Nominate them"),
                "action_url": f"{settings.BASE_URL}{reverse('nominations:new')}?account={account.public_id}",
            },
        ),
    )


def look_again(event: Event) -> None:
    """Something new is known of a customer: whoever waits for just that takes part now."""
    if event.account_id is not None:
        services.look_again(account_id=event.account_id)
