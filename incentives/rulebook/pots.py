"""Pots that rules pay from: what they hold, what they gave, and who fills them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from incentives.ledger import services as ledger
from incentives.ledger.enums import Book, BookingKind, WalletKind
from incentives.ledger.models import Entry, Wallet
from incentives.rulebook.enums import RuleState
from incentives.rulebook.models import Rule
from incentives.rulebook.notice_kinds import POTS
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.notices.mails import as_reader
from refprogram.notices.services import tell
from refprogram.people.enums import Role
from refprogram.people.models import User

VIEW, FILL = "incentives.view_rules", "incentives.fill_pots"
MOST = 10_000_000
# From which share of what was put in the page warns, and how loudly.
WARNINGS = ((100, "stop"), (90, "stop"), (70, "wait"))
EMPTY = 100
TOLD = (Role.SALES_HEAD, Role.FINANCE, Role.MARKETER)

_FILLINGS = Q(postings__book=Book.BUDGET) & (
    Q(postings__entry__kind=BookingKind.FUNDED) | Q(postings__entry__reverses__kind=BookingKind.FUNDED)
)


@dataclass(frozen=True)
class Pot:
    """A pot: what was put in so far, what it still holds, and the rules that it pays for."""

    wallet: Wallet
    filled: int
    rules: tuple[Rule, ...] = ()

    @property
    def given(self) -> int:
        """How much of what was put in is given, or promised."""
        return self.filled - self.wallet.budget

    @property
    def percent(self) -> int:
        """How much of what was put in is gone, in percent; all of it only when nothing is left."""
        return self.given * 100 // self.filled if self.filled else 0

    @property
    def level(self) -> int:
        """The last of the warnings that it came to: 70, 90, 100 (nothing is left), or 0."""
        if not self.wallet.budget:
            return EMPTY
        return next((level for level, _tone in WARNINGS if self.percent >= level), 0)

    @property
    def tone(self) -> str:
        """How urgently it wants to be filled: from 70, 90 and 100 percent; nothing: it does not."""
        if not self.wallet.budget:
            return "stop"
        return next((tone for percent, tone in WARNINGS if self.percent >= percent), "")

    @property
    def warning(self) -> str:
        """The same in words."""
        if not self.wallet.budget:
            return _("empty: its rules give nothing")
        return _("%(percent)d %% used") % {"percent": self.percent} if self.tone else ""

    @property
    def live(self) -> list[Rule]:
        """The rules on now that it pays for."""
        return [rule for rule in self.rules if rule.state == RuleState.LIVE]


def visible_to(user: User) -> QuerySet[Wallet]:
    """Return the pots, with all that was put in (`filled`): who reads rules sees them."""
    pots = _with_fillings(Wallet.objects.filter(kind=WalletKind.POT))
    return pots if user.has_perm(VIEW) else pots.none()


def _with_fillings(pots: QuerySet[Wallet]) -> QuerySet[Wallet]:
    return pots.annotate(filled=Coalesce(Sum("postings__amount", filter=_FILLINGS), 0))


def drawn(wallets: Iterable[Wallet]) -> list[Pot]:
    """Return pots as they are shown; `wallets` as `visible_to` returns them. One query for their rules."""
    rows = list(wallets)
    paid = _rules_of({wallet.pk for wallet in rows}) if rows else {}
    return [Pot(wallet, wallet.filled, tuple(paid.get(wallet.pk, ()))) for wallet in rows]  # type: ignore[attr-defined]


# ---------------------------------------------------------------- running low


def warn(before: Mapping[int, int]) -> None:
    """Tell who fills pots, and who looks after rules, which of them came to 70, 90 or 100 percent by what was given.

    `before` is what each held before, by id. One query where none did. Filled up and used up again is told again.
    """
    for wallet in _with_fillings(Wallet.objects.filter(pk__in=before)).order_by("pk"):
        filled = wallet.filled  # type: ignore[attr-defined]
        was, now = Pot(Wallet(budget=before[wallet.pk]), filled), Pot(wallet, filled)
        if now.level > was.level:
            _tell(now, f"pot:{wallet.pk}:{now.level}:{filled}")


def _tell(pot: Pot, key: str) -> None:
    for user in User.objects.filter(is_active=True, role__in=TOLD).select_related("person").order_by("pk"):
        with as_reader(user.person):
            text = _("The pot “%(name)s” is empty: its rules give nothing")
            if pot.level < EMPTY:
                text = _("The pot “%(name)s” is %(percent)d %% used")
            words = text % {"name": pot.wallet.name, "percent": pot.percent}
            tell(person=user.person, kind=POTS, key=key, text=words, url=reverse("incentives:pots"))


def _rules_of(pots: Iterable[int]) -> Mapping[int, list[Rule]]:
    found: dict[int, list[Rule]] = defaultdict(list)
    for rule in Rule.objects.filter(definition__pot__in=list(pots)).order_by("name"):
        found[rule.definition["pot"]].append(rule)
    return found


def pot_of(rule: Rule) -> Pot | None:
    """Return the pot that pays for a rule; None where the program does."""
    if rule.says.pot is None:
        return None
    wallet = _with_fillings(Wallet.objects.filter(pk=rule.says.pot))
    return next((Pot(one, one.filled, (rule,)) for one in wallet), None)  # type: ignore[attr-defined]


# ---------------------------------------------------------------- filling


@transaction.atomic
def open_pot(*, name: str, points: int, reason: str, key: str, actor: User) -> Wallet:
    """Set up a pot and put the first points in."""
    _may_fill(actor)
    called = " ".join(name.split())
    if not called or Wallet.objects.filter(kind=WalletKind.POT, name__iexact=called).exists():
        message = _("Give the pot a name that no other pot has.")
        raise InvalidInput(message, errors={"name": message})
    wallet = ledger.pot(called)
    fill(wallet=wallet, points=points, reason=reason, key=key, actor=actor)
    return wallet


@transaction.atomic
def fill(*, wallet: Wallet, points: int, reason: str, key: str, actor: User) -> Entry:
    """Put points into a pot; with a minus take them out again. The same `key` again changes nothing."""
    _may_fill(actor)
    words = " ".join(reason.split())
    if not 0 < abs(points) <= MOST:
        message = _("At least one point, at most %(most)d at once.") % {"most": MOST}
        raise InvalidInput(message, errors={"points": message})
    if not words:
        message = _("Say what it is for.")
        raise InvalidInput(message, errors={"reason": message})
    return ledger.fund(wallet=wallet, points=points, key=f"pot:{wallet.pk}:{key}", memo=words[:200], actor=actor)


def _may_fill(actor: User) -> None:
    if not actor.has_perm(FILL):
        raise NotAllowed(_("Pots are filled by the head of sales or finance: who writes rules does not pay for them."))


def fillings(wallet: Wallet, n: int) -> list[Entry]:
    """Return how a pot was filled last, newest first, with the points of each (`points`)."""
    entries = Entry.objects.filter(postings__wallet=wallet, postings__book=Book.BUDGET, kind=BookingKind.FUNDED)
    return list(entries.annotate(points=Sum("postings__amount")).select_related("actor__person").order_by("-id")[:n])
