"""What people are told about nominations: the line in the program, and the mail."""

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nominations.enums import NominationState
from nominations.models import Nomination
from nominations.policy import GO_ON_WITHOUT_OWNER_AFTER, WHY_IN_MAIL
from refprogram.kernel import links
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute
from refprogram.notices.services import Letter, tell
from refprogram.people.models import User

N = NominationState


def ask_owner(nomination: Nomination, *, again: bool = False) -> None:
    """Ask the account's owner "still a happy customer?"; the link needs no sign-in. `again` is the one reminder."""
    owner = nomination.owner_asked
    if owner is None:
        return
    account, nominator = nomination.account.name, nomination.nominator.name
    link = links.issue(purpose="owner_check", subject=nomination, person_id=owner.person_id)
    text = _("%(account)s: still a happy customer? %(nominator)s would like to ask them to speak for us.")
    subject = (
        _("Still waiting: is %(account)s still a happy customer?")
        if again
        else _("Is %(account)s still a happy customer?")
    )
    tell(
        person=owner.person,
        kind="owner_check",
        key=f"owner-check:{nomination.pk}:{'again' if again else 'first'}",
        text=text % {"account": account, "nominator": nominator},
        url=nomination.get_absolute_url(),
        letter=Letter(
            subject=subject % {"account": account},
            template="nominations/owner_check",
            context={
                "lead": _("For you, who know the customer"),
                "nomination": nomination,
                "why": Truncator(nomination.why).chars(WHY_IN_MAIL),
                "again": again,
                "for_another": owner.pk != nomination.account.owner_id,
                "action_label": _("Answer in two taps"),
                "action_url": link,
                "fine": _("Without an answer in %(days)d working days, the screeners go on without your word.")
                % {"days": GO_ON_WITHOUT_OWNER_AFTER},
            },
        ),
    )


def tell_screeners(nomination: Nomination, screeners: list[User], *, key: str) -> None:
    """Say that a nomination can be screened: a line now, one mail a day."""
    for screener in screeners:
        tell(
            person=screener.person,
            kind="screening",
            key=key,
            text=_("%(account)s is ready to be screened, nominated by %(nominator)s")
            % {"account": nomination.account.name, "nominator": nomination.nominator.name},
            url=f"{reverse('nominations:screening')}?n={nomination.public_id}",
        )


OUTCOME_TEMPLATES = {
    N.OUTREACH: "",  # a line is enough: the mail comes with the customer's answer
    N.ENROLLED: "enrolled",
    N.NOT_APPROVED: "not_approved",
    N.PARKED: "parked",
    N.CUSTOMER_DECLINED: "customer_declined",
}


def tell_outcome(nomination: Nomination, state: str, *, key: str) -> None:
    """Tell the nominator what became of it, with the reason, in the state that the event told of."""
    words = {"account": nomination.account.name}
    texts = {
        N.OUTREACH: _("%(account)s: approved. The customer is invited now."),
        N.ENROLLED: _("%(account)s is a reference now. Thank you: you made it happen."),
        N.NOT_APPROVED: _("%(account)s: not approved this time. The reason is with the nomination."),
        N.PARKED: _("%(account)s: parked for now. It comes back by itself."),
        N.CUSTOMER_DECLINED: _("%(account)s: the customer would rather not. Thank you for trying."),
    }
    subjects = {
        N.ENROLLED: _("%(account)s said yes. Thank you!"),
        N.NOT_APPROVED: _("Your nomination of %(account)s"),
        N.PARKED: _("%(account)s: parked for now"),
        N.CUSTOMER_DECLINED: _("%(account)s would rather not, for now"),
    }
    template = OUTCOME_TEMPLATES[N(state)]
    tell(
        person=nomination.nominator.person,
        kind="nomination_outcome",
        key=key,
        text=texts[N(state)] % words,
        url=nomination.get_absolute_url(),
        letter=Letter(
            subject=subjects[N(state)] % words,
            template=f"nominations/{template}",
            context={
                "nomination": nomination,
                "action_label": _("See the nomination"),
                "action_url": absolute(nomination.get_absolute_url()),
            },
        )
        if template
        else None,
    )


def nudge_nominator(nomination: Nomination) -> None:
    """Ask the nominator for a hand, once per state: an address is missing, or the customer has not answered."""
    account = nomination.account.name
    if nomination.state == N.OUTREACH:
        text = _("%(account)s has not answered the invitation since %(day)s. A word from you may be all it takes.")
        text %= {"account": account, "day": rp.day(nomination.state_since)}
    else:
        text = _("%(account)s cannot be invited yet: whom shall we write to? Add a contact with an address.")
        text %= {"account": account}
    tell(
        person=nomination.nominator.person,
        kind="nomination_help",
        key=f"nomination-help:{nomination.pk}:{nomination.state}",
        text=text,
        url=nomination.get_absolute_url(),
        letter=Letter(
            subject=_("%(account)s needs a hand from you") % {"account": account},
            template="nominations/help",
            context={
                "nomination": nomination,
                "text": text,
                "action_label": _("Open the nomination"),
                "action_url": absolute(nomination.get_absolute_url()),
            },
        ),
    )
