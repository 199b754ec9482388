"""What happens to accounts, their people and what is asked of them."""

from django.utils.translation import gettext_lazy as _

from references.accounts.enums import Membership
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic
from refprogram.people.enums import Role
from refprogram.people.models import User


def colleagues(user: User, event: Event) -> bool:
    """Every colleague, but no judge from outside. Which accounts they see at all is decided by `visible_to`."""
    return user.role != Role.JUDGE


_SOURCE = ("contact", "source_type", "source_id")
_CONTACT = {"contact": "contact"}

_STATES = dict(Membership.choices)

TOPICS = [
    Topic("account.opened", _("{actor} added the account"), ("origin",), visible=colleagues, icon="plus", silent=True),
    Topic("account.changed", _("{actor} changed the account’s facts"), ("fields",), visible=colleagues, icon="edit"),
    # The freeze is named by its label, which says the kind only to those who may know it.
    Topic("account.frozen", _("{actor} froze the account: {freeze}"), ("freeze",), {"freeze": "freeze"}, colleagues,
          "stop", "snow"),
    Topic("account.unfrozen", _("{actor} lifted the freeze: {freeze}"), ("freeze",), {"freeze": "freeze"}, colleagues,
          "ok", "snow", silent=True),
    Topic("account.recovered", _("A while after a solved problem: perhaps a customer to nominate now"), ("freeze",),
          visible=colleagues, tone="ok", icon="heart"),
    Topic("account.paused", _("{actor} paused all requests"), ("contact", "until"), visible=colleagues, tone="rest",
          icon="pause", silent=True),
    Topic("account.resumed", _("{actor} ended the pause"), ("contact",), visible=colleagues, tone="ok", icon="play",
          silent=True),
    Topic("account.review_due", _("Time to ask: still a happy customer?"), visible=colleagues, tone="wait",
          icon="clock"),
    Topic("account.verified", _("{actor} confirmed: still a happy customer"), visible=colleagues, tone="ok",
          icon="check", silent=True),
    Topic("account.retired", _("The account left the program"), visible=colleagues, icon="x"),
    Topic("account.barred", _("{actor} noted: they must not be contacted any more"), ("contact",), visible=colleagues,
          tone="stop", icon="x"),
    Topic("contact.moved", _("{actor} noted: {subject} now stands at: {state}"), ("was", "state"),
          visible=colleagues, icon="dot", silent=True, words={"state": _STATES, "was": _STATES}),
    Topic("membership.accepted", _("{subject} said yes; something is missing before they may be asked"),
          (*_SOURCE, "activities"), _CONTACT, colleagues, "info", "check"),
    Topic("contact.added", _("{actor} added {subject}"), visible=colleagues, icon="user", silent=True),
    Topic("contact.changed", _("{actor} changed what {subject} is willing to do"), ("fields",), visible=colleagues,
          icon="user"),
    Topic("contact.page_withdrawn", _("{actor} withdrew the address of {subject}’s own page"), visible=colleagues,
          icon="undo", silent=True),
    Topic("contact.page_sent", _("{actor} sent {subject} the address of their own page"), visible=colleagues,
          icon="mail", silent=True),
    Topic("contact.stand_in_named", _("{actor} named {stand_in} to stand in for {subject}"), ("stand_in",),
          {"stand_in": "contact"}, colleagues, icon="user"),
    Topic("contact.left", _("{subject} left the company"), visible=colleagues, tone="wait", icon="out", silent=True),
    Topic("membership.invited", _("{actor} invited {subject} to the reference program"), (*_SOURCE, "activities"),
          _CONTACT, colleagues, "info", "mail"),
    Topic("membership.activated", _("{subject} agreed to take part"), (*_SOURCE, "activities"), _CONTACT, colleagues,
          "ok", "check"),
    Topic("membership.declined", _("{subject} did not agree to take part"), (*_SOURCE, "answer"), _CONTACT, colleagues,
          "idle", "x"),
    Topic("membership.withdrawn", _("{actor} withdrew the invitation of {subject}"), _SOURCE, _CONTACT, colleagues,
          "idle", "undo"),
    Topic("consent.given", _("{contact} gave consent"), ("contact", "activities", "source"), _CONTACT, colleagues,
          "ok", "shield"),
    Topic("consent.revoked", _("{contact} took consent back"), ("contact",), _CONTACT, colleagues, "stop", "shield"),
    Topic("consent.lapsed", _("The consent of {contact} ended"), ("contact",), _CONTACT, colleagues, "wait", "shield"),
    *(
        Topic(f"ask.{state}", sentence, ("contact", "activity", "effort", "source_type", "source_id"),
              {"contact": "contact", "activity": "activitytype"}, colleagues, tone, icon,
              silent=state not in {"spent", "declined"})
        for state, sentence, tone, icon in (
            ("reserved", _("{activity} planned with {contact}"), "info", "calendar"),
            ("booked", _("{contact} agreed to: {activity}"), "ok", "check"),
            ("moved", _("{activity} with {contact} is on another day"), "idle", "calendar"),
            ("spent", _("{activity} with {contact} held"), "ok", "check"),
            ("measured", _("{activity} with {contact} took more or less than usual"), "idle", "clock"),
            ("released", _("{activity} with {contact} called off"), "idle", "x"),
            ("declined", _("{contact} declined: {activity}"), "idle", "x"),
        )
    ),
]  # fmt: skip
