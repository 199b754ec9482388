"""The kinds of things that happen to an account, as its timeline can be narrowed to them."""

import functools
import operator
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# What a kind is called, and how the topics of it begin.
KINDS: Final = {
    "asks": (_("Asks"), ("request.", "candidate.", "reference.", "feedback.", "reservation.")),
    "consent": (_("Consent"), ("consent.", "terms.", "release.", "membership.")),
    "gifts": (_("Gifts"), ("gift.", "goodwill.")),
    "content": (_("Content"), ("asset.", "claim.", "placement.", "board.")),
    "outcomes": (_("Outcomes"), ("outcome.", "survey.")),
    "freezes": (_("Freezes"), (
        "account.frozen", "account.unfrozen", "account.paused", "account.resumed", "account.recovered",
    )),
}  # fmt: skip


def of_kind(kind: str) -> Q:
    """Return what makes an event one of this kind; anything for a kind that there is not."""
    if kind not in KINDS:
        return Q()
    return functools.reduce(operator.or_, (Q(topic__startswith=begin) for begin in KINDS[kind][1]))
