"""Which customers can be nominated: the type-ahead, and the word when one cannot."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nominations import policy
from nominations.enums import OPEN_NOMINATIONS, UNDECIDED
from nominations.models import Nomination
from nominations.moments import form_url
from nominations.selectors import visible_to
from nominations.sought import NOTHING, Sought
from nominations.states import STATE_PILLS
from references.accounts.enums import Membership
from references.accounts.selectors import pick_list
from references.models import Account
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.prepared import Among, Given, PreparedCount
from refprogram.kernel.tables import Pill
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor

HITS = 6
SHORTEST = 2  # letters from which on a name is looked for
TAKES_PART = Pill(gettext_lazy("Already a reference"), "ok", gettext_lazy("takes part in the program already"))
NOT_FREE = {
    Membership.ACTIVE: TAKES_PART,
    Membership.REVIEW_DUE: TAKES_PART,
    Membership.RECRUITING: Pill(gettext_lazy("Being invited"), "info", gettext_lazy("is being invited already")),
    Membership.DO_NOT_CONTACT: Pill(gettext_lazy("Do not contact"), "stop", gettext_lazy("must not be contacted")),
}


@dataclass(frozen=True)
class Hit:
    """One account as the type-ahead shows it. `url` nominates it, or opens the nomination that there is; else empty."""

    name: str
    sub: str
    word: str
    tone: str
    url: str = ""


def hits(user: User, words: str, sought: Sought = NOTHING) -> list[Hit]:
    """Return the accounts whose names are like `words`, best first; two queries, a third where none is near enough.

    The ways to nominate them lead on for what is sought.
    """
    words = " ".join(words.split())[:80]
    if len(words) < SHORTEST:
        return []
    found = pick_list(user, words, HITS)
    open_ones = open_by_account((account.pk for account in found), user)
    return [_hit(account, open_ones.get(account.pk), user, sought) for account in found]


def new_customer(words: str, found: list[Hit], sought: Sought = NOTHING) -> str:
    """Return the address of the form for a customer who is not here yet; empty if there is one of just this name."""
    name = " ".join(words.split())[:200]
    if len(name) < SHORTEST or any(hit.name.casefold() == name.casefold() for hit in found):
        return ""
    if _CALLED(name=name):  # the list is short, and may leave out just this one
        return ""
    return sought.carried(f"{reverse('nominations:new')}?{urlencode({'name': name})}")


def too_short(words: str) -> bool:
    """Return whether something was typed, but too little to look for."""
    return 0 < len("".join(words.split())) < SHORTEST


def known() -> QuerySet[Account]:
    """Return the accounts that have not been merged into others."""
    return Account.objects.filter(merged_into__isnull=True)


_CALLED: Final = PreparedCount(lambda: known().filter(name__iexact=Given("name", TextField()))[:1])


def open_by_account(account_ids: Iterable[int], reader: User) -> dict[int, Nomination]:
    """Return the accounts' open nominations, with their nominators, whether the reader `may_open` them, and whether
    one of theirs is joined to it already (`has_theirs`).
    """
    ids = list(account_ids)
    return {row.account_id: row for row in _OPEN(reader, accounts=ids)} if ids else {}


def _open_for(reader: User) -> QuerySet[Nomination]:
    rows = Nomination.objects.filter(Among("account", "accounts"), state__in=OPEN_NOMINATIONS, second_to__isnull=True)
    seen = Exists(visible_to(reader).filter(pk=OuterRef("pk")))
    theirs = Exists(Nomination.objects.filter(second_to=OuterRef("pk"), nominator=reader.pk))
    return rows.select_related("nominator__person").annotate(may_open=seen, has_theirs=theirs)


_OPEN: Final = PreparedFor(_open_for)


def _hit(account: Account, nomination: Nomination | None, user: User, sought: Sought) -> Hit:
    if nomination is not None:
        pill, url = STATE_PILLS[nomination.state], _page_of(nomination)
        if not url and may_be_seconded(nomination, user):
            url = sought.carried(form_url(account))
        return Hit(account.name, who_and_when(nomination, user), str(pill.word), pill.tone, url)
    if account.state in NOT_FREE:
        pill = NOT_FREE[Membership(account.state)]
        return Hit(account.name, _("This customer %(why)s") % {"why": pill.small}, str(pill.word), pill.tone)
    return Hit(
        account.name,
        ". ".join(facts_of(account, user)),
        _("Free to nominate"),
        "ok",
        sought.carried(form_url(account)),
    )


def facts_of(account: Account, user: User) -> list[str]:
    """Return "Logistics, Norway" and, where it is so, "Your account"."""
    where = ", ".join(filter(None, (account.industry, account.country)))
    yours = _("Your account") if account.owner_id == user.pk else ""
    return [fact for fact in (where, yours) if fact]


def who_and_when(nomination: Nomination, reader: User) -> str:
    """Return "Nominated by Tom Okafor on 3 November", or "Nominated by you on …"."""
    day = rp.day(nomination.submitted_at)
    if nomination.nominator_id == reader.pk:
        return _("Nominated by you on %(day)s") % {"day": day}
    return _("Nominated by %(name)s on %(day)s") % {"name": nomination.nominator.name, "day": day}


def _page_of(nomination: Nomination) -> str:
    return nomination.get_absolute_url() if nomination.may_open else ""  # type: ignore[attr-defined]


def open_nomination_url(account: Account, reader: User) -> str:
    """Return the page of the account's open nomination; empty if there is none, or it is not the reader's to see."""
    nomination = open_by_account([account.pk], reader).get(account.pk)
    return _page_of(nomination) if nomination else ""


def refuse_unless_free(account: Account, *, reader: User) -> None:
    """Raise InvalidInput, with the reason, if the account cannot be nominated."""
    nomination = open_by_account([account.pk], reader).get(account.pk)
    message = ""
    if nomination is not None:
        message = _("%(account)s is taken. %(who)s: %(state)s.") % {
            "account": account.name,
            "who": who_and_when(nomination, reader),
            "state": nomination.get_state_display(),
        }
    elif account.state in NOT_FREE:
        pill = NOT_FREE[Membership(account.state)]
        message = _("%(account)s %(why)s.") % {"account": account.name, "why": pill.small}
    if message:
        raise InvalidInput(message, errors={"account": message})


def first_or_free(account: Account, *, reader: User) -> Nomination | None:
    """Return the open nomination that a second one would be joined to, locked; None where the account is free.

    Raises InvalidInput, with the reason, if this colleague cannot nominate it.
    """
    rows = Nomination.objects.select_for_update(of=("self",)).select_related("nominator__person")
    first = rows.filter(account=account, state__in=OPEN_NOMINATIONS, second_to__isnull=True).first()
    if first is not None and may_be_seconded(first, reader):
        return first
    if first is not None or account.state in NOT_FREE:
        refuse_unless_free(account, reader=reader)
    return None


def may_be_seconded(first: Nomination, reader: User) -> bool:
    """Whether this colleague may nominate the same customer too: nothing is decided, and they have not yet."""
    if not policy.now().take_seconds or first.state not in UNDECIDED or first.second_to_id is not None:
        return False
    if reader.pk == first.nominator_id:
        return False
    theirs = getattr(first, "has_theirs", None)
    return not (first.seconds.filter(nominator=reader).exists() if theirs is None else theirs)


def is_free(account: Account) -> bool:
    """Return whether the account can be nominated."""
    taken = Nomination.objects.filter(account=account, state__in=OPEN_NOMINATIONS)
    return account.state not in NOT_FREE and not taken.exists()
