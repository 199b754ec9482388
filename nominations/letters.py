"""What people are told about nominations: the line in the program, and the mail."""

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nominations import policy
from nominations.enums import NominationState
from nominations.models import Nomination
from nominations.policy import WHY_IN_MAIL
from refprogram.kernel import links
from refprogram.kernel.templatetags import rp
from refprogram.notices.mails import absolute
from refprogram.notices.services import Letter, tell
from refprogram.people.models import Person, User

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
        key=f"owner-check:{nomination.pk}:{_since(nomination)}:{'again' if again else 'first'}",
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
                % {"days": policy.now().go_on_without_owner_after},
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
    N.QUEUED: "",
    N.APPROVED: "",
    N.OUTREACH: "",  # a line is enough: the mail comes with the customer's answer
    N.FIRST_ACT: "",
    N.ENROLLED: "enrolled",
    N.NOT_APPROVED: "not_approved",
    N.PARKED: "parked",
    N.CUSTOMER_DECLINED: "customer_declined",
}


def tell_outcome(nomination: Nomination, state: str, *, key: str) -> None:
    """Tell everybody credited what became of it, with the reason, in the state that the event told of."""
    day = rp.day(nomination.expected_on) if nomination.expected_on else ""
    words = {"account": nomination.account.name, "day": day, "reason": nomination.reason}
    texts = {
        N.QUEUED: _("%(account)s: thank you. More came in than can be looked at now; its turn is about %(day)s.")
        if day
        else _("%(account)s: thank you. More came in than can be looked at now; it waits for its turn."),
        N.APPROVED: _("%(account)s: approved. The customer is invited as soon as that may be. %(reason)s"),
        N.OUTREACH: _("%(account)s: approved. The customer is invited now."),
        N.ENROLLED: _("%(account)s is a reference now. Thank you: you made it happen."),
        N.FIRST_ACT: _("%(account)s did something for us for the first time. That began with you."),
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
    letter = None
    if template:
        letter = Letter(
            subject=subjects[N(state)] % words,
            template=f"nominations/{template}",
            context={
                "nomination": nomination,
                "action_label": _("See the nomination"),
                "action_url": absolute(nomination.get_absolute_url()),
            },
        )
    for person in _credited(nomination):
        tell(
            person=person,
            kind="nomination_outcome",
            key=key,
            text=texts[N(state)] % words,
            url=nomination.get_absolute_url(),
            letter=letter,
        )


def _credited(nomination: Nomination) -> list[Person]:
    """Return whose nomination it is, the nominator first."""
    shared = [row.user.person for row in nomination.credits.select_related("user__person").order_by("since", "pk")]
    nominator = nomination.nominator.person
    return [nominator, *(person for person in shared if person.pk != nominator.pk)]


def _since(nomination: Nomination) -> int:
    """Return what tells one time of asking from the next, in the key of a mail."""
    return int(nomination.state_since.timestamp())


def ask_recheck(nomination: Nomination, *, again: bool = False) -> None:
    """Ask whether it still holds, of whoever answers for the customer or nominated it; the link needs no sign-in."""
    asked = nomination.owner_asked
    if asked is None:
        return
    account = nomination.account.name
    link = links.issue(purpose="nomination_recheck", subject=nomination, person_id=asked.person_id)
    subject = _("Still waiting: does it still hold about %(account)s?") if again else _("Still true about %(account)s?")
    tell(
        person=asked.person,
        kind="owner_check",
        key=f"recheck:{nomination.pk}:{_since(nomination)}:{'again' if again else 'first'}",
        text=_("%(account)s was nominated a while ago. Is it still true?") % {"account": account},
        url=nomination.get_absolute_url(),
        letter=Letter(
            subject=subject % {"account": account},
            template="nominations/recheck",
            context={
                "lead": _("Before anybody writes to the customer"),
                "nomination": nomination,
                "why": Truncator(nomination.why).chars(WHY_IN_MAIL),
                "own": nomination.nominator_id == asked.pk,
                "action_label": _("Answer in two taps"),
                "action_url": link,
                "fine": _("Without an answer in %(days)d working days it is put aside.")
                % {"days": policy.now().recheck_waits},
            },
        ),
    )


def tell_of_help(nomination: Nomination) -> None:
    """Tell a colleague that somebody nominated in their name."""
    typist = nomination.submitted_by
    tell(
        person=nomination.nominator.person,
        kind="nomination_outcome",
        key=f"on-behalf:{nomination.pk}",
        text=_("%(name)s nominated %(account)s for you. It counts for you.")
        % {"name": typist.name if typist else "", "account": nomination.account.name},
        url=nomination.get_absolute_url(),
    )


def tell_holder(nomination: Nomination) -> None:
    """Tell the holder of an open link who nominated by it."""
    who = nomination.named_by.name if nomination.named_by else ""
    tell(
        person=nomination.nominator.person,
        kind="nomination_outcome",
        key=f"by-link:{nomination.pk}",
        text=_("%(name)s nominated %(account)s by your link.") % {"name": who, "account": nomination.account.name},
        url=nomination.get_absolute_url(),
    )


def tell_of_twin(nomination: Nomination, screeners: list[User]) -> None:
    """The same customer was nominated before: its second nominator hears so, the reference managers join the two."""
    first = nomination.second_to
    if first is None:
        return
    words = {
        "account": nomination.account.name,
        "first": first.nominator.name,
        "second": nomination.nominator.name,
        "day": rp.day(first.submitted_at),
    }
    tell(
        person=nomination.nominator.person,
        kind="nomination_outcome",
        key=f"second:{nomination.pk}",
        text=_("%(first)s nominated %(account)s on %(day)s. The two are joined, and you share the credit.") % words,
        url=nomination.get_absolute_url(),
    )
    for screener in screeners:
        tell(
            person=screener.person,
            kind="screening",
            key=f"second:{nomination.pk}",
            text=_("%(second)s nominated %(account)s too, after %(first)s: join the two") % words,
            url=reverse("nominations:join", args=[nomination.public_id]),
        )


def tell_joined(nomination: Nomination, *, key: str) -> None:
    """Tell both nominators that theirs is one nomination now, and what is whose."""
    into = nomination.merged_into
    if into is None:
        return
    percents = {row.user_id: row.percent for row in into.credits.all()}
    for user, other in ((nomination.nominator, into.nominator), (into.nominator, nomination.nominator)):
        words = {"account": into.account.name, "other": other.name, "percent": percents.get(user.pk, 0)}
        text = _("%(account)s: your nomination and the one by %(other)s are one now. Your share is %(percent)d %%.")
        tell(person=user.person, kind="nomination_outcome", key=key, text=text % words, url=into.get_absolute_url())


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
