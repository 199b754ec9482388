"""Which customers can be nominated: the type-ahead, good moments to ask, and the word when one cannot."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.postgres.search import TrigramWordDistance
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nominations.enums import OPEN_NOMINATIONS
from nominations.models import Nomination
from nominations.policy import GOOD_MOMENT
from nominations.states import STATE_PILLS
from references.accounts.enums import Membership, Stage
from references.accounts.selectors import pick_list
from references.models import Account, Opportunity
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.tables import Pill
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

HITS = 6
SHORTEST = 2  # letters from which on a name is looked for
FAR = 0.7  # of 1: how far off a slip of the finger in a short name may be ("Nrodvik")
TAKES_PART = Pill(gettext_lazy("Already a reference"), "ok", gettext_lazy("takes part in the program already"))
NOT_FREE = {
    Membership.ACTIVE: TAKES_PART,
    Membership.REVIEW_DUE: TAKES_PART,
    Membership.RECRUITING: Pill(gettext_lazy("Being invited"), "info", gettext_lazy("is being invited already")),
    Membership.DO_NOT_CONTACT: Pill(gettext_lazy("Do not contact"), "stop", gettext_lazy("must not be contacted")),
}


@dataclass(frozen=True)
class Hit:
    """One account as the type-ahead shows it; without `url` it cannot be chosen."""

    name: str
    sub: str
    word: str
    tone: str
    url: str = ""


@dataclass(frozen=True)
class Moment:
    """A customer who is likely to say yes now, and why."""

    name: str
    why: str
    url: str


def form_url(account: Account) -> str:
    """Return the address of the form that nominates this account."""
    return f"{reverse('nominations:new')}?account={account.public_id}"


def hits(user: User, words: str) -> list[Hit]:
    """Return the accounts whose names are like `words`, best first; two queries, a third where none is near enough."""
    words = " ".join(words.split())[:80]
    if len(words) < SHORTEST:
        return []
    found = pick_list(user, words, HITS) or list(_spelt_nearly(words))
    open_ones = open_by_account(account.pk for account in found)
    return [_hit(account, open_ones.get(account.pk), user) for account in found]


def new_customer(words: str, found: list[Hit]) -> str:
    """Return the address of the form for a customer who is not here yet; empty if one of just this name was found."""
    name = " ".join(words.split())[:200]
    if len(name) < SHORTEST or any(hit.name.casefold() == name.casefold() for hit in found):
        return ""
    return f"{reverse('nominations:new')}?{urlencode({'name': name})}"


def too_short(words: str) -> bool:
    """Return whether something was typed, but too little to look for."""
    return 0 < len("".join(words.split())) < SHORTEST


def known() -> QuerySet[Account]:
    """Return the accounts that have not been merged into others."""
    return Account.objects.filter(merged_into__isnull=True)


def _spelt_nearly(words: str) -> QuerySet[Account]:
    near = TrigramWordDistance(words.upper(), Upper("name"))
    return known().annotate(far=near).filter(far__lte=FAR).order_by("far", "name")[:HITS]


def open_by_account(account_ids: Iterable[int]) -> dict[int, Nomination]:
    """Return the open nomination of each account that has one, with its nominator's name."""
    rows = Nomination.objects.filter(account__in=list(account_ids), state__in=OPEN_NOMINATIONS)
    return {row.account_id: row for row in rows.select_related("nominator__person")}


def _hit(account: Account, nomination: Nomination | None, user: User) -> Hit:
    if nomination is not None:
        pill = STATE_PILLS[nomination.state]
        return Hit(account.name, who_and_when(nomination), str(pill.word), pill.tone)
    if account.state in NOT_FREE:
        pill = NOT_FREE[Membership(account.state)]
        return Hit(account.name, _("This customer %(why)s") % {"why": pill.small}, str(pill.word), pill.tone)
    return Hit(account.name, ". ".join(facts_of(account, user)), _("Free to nominate"), "ok", form_url(account))


def facts_of(account: Account, user: User) -> list[str]:
    """Return "Logistics, Norway" and, where it is so, "Your account"."""
    where = ", ".join(filter(None, (account.industry, account.country)))
    yours = _("Your account") if account.owner_id == user.pk else ""
    return [fact for fact in (where, yours) if fact]


def who_and_when(nomination: Nomination) -> str:
    """Return "Nominated by Tom Okafor on 3 November"."""
    return _("Nominated by %(name)s on %(day)s") % {
        "name": nomination.nominator.name,
        "day": rp.day(nomination.submitted_at),
    }


def refuse_unless_free(account: Account) -> None:
    """Raise InvalidInput, with the reason, if the account cannot be nominated."""
    nomination = open_by_account([account.pk]).get(account.pk)
    message = ""
    if nomination is not None:
        message = _("%(account)s is taken. %(who)s: %(state)s.") % {
            "account": account.name,
            "who": who_and_when(nomination),
            "state": nomination.get_state_display(),
        }
    elif account.state in NOT_FREE:
        pill = NOT_FREE[Membership(account.state)]
        message = _("%(account)s %(why)s.") % {"account": account.name, "why": pill.small}
    if message:
        raise InvalidInput(message, errors={"account": message})


def is_free(account: Account) -> bool:
    """Return whether the account can be nominated."""
    return account.state not in NOT_FREE and not open_by_account([account.pk])


def good_moments(user: User, limit: int = 3) -> list[Moment]:
    """Return customers of whom this colleague won a deal lately, and whom nobody has nominated; one query."""
    today = timezone.localdate()
    taken = Nomination.objects.filter(account=OuterRef("account"), state__in=OPEN_NOMINATIONS)
    won = (
        Opportunity.objects.filter(
            owner=user,
            stage=Stage.WON,
            closes_on__range=(today - GOOD_MOMENT, today),
            account__frozen=False,
            account__state__in=[Membership.IDENTIFIED, Membership.NOT_NOW, Membership.RETIRED],
        )
        .filter(~Exists(taken))
        .select_related("account")
        .order_by("account", "-closes_on")
        .distinct("account")
    )
    newest = sorted(won, key=lambda deal: deal.closes_on or dt.date.min, reverse=True)[:limit]
    return [Moment(deal.account.name, _won(deal, today), form_url(deal.account)) for deal in newest if deal.account]


def _won(deal: Opportunity, today: dt.date) -> str:
    days = (today - (deal.closes_on or today)).days
    return _("closed %(when)s") % {"when": rp.relative_words(-86400 * days) if days else _("today")}
