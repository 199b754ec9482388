"""The one gate: may this be shown there, to those, in that territory, on that day? Asked before every use.

It knows no content. Whatever has an account, a state, `shown_states` and `needs` (asset, part, contact, scope) passes
through it, and so does a part of it, which has an `asset`. `judge` answers for rows in memory with a sentence each;
`allowed` is the same in SQL for querysets; a test walks both over the same rows. Postgres asks the core of it a third
time, when something is published (`content.models.WITHOUT_CONSENT`).
"""

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts.enums import Membership
from references.accounts.models import Account
from references.consents.enums import Channel, Scope
from references.consents.models import ConsentTerm
from refprogram.kernel.prepared import Among, Given, Prepared
from refprogram.kernel.templatetags.rp import day


@dataclass(frozen=True)
class Missing:
    """One thing that nobody agreed to for this use: whose, what, and why the nearest agreement does not do."""

    contact_id: int
    contact: str
    scope: str
    why: str


@dataclass(frozen=True)
class Verdict:
    """The gate's answer; `reason` is a sentence for whoever wanted to show it."""

    ok: bool
    reason: str = ""
    missing: tuple[Missing, ...] = ()


YES = Verdict(True)


@dataclass(frozen=True)
class Use:
    """What is asked: where, to whom, in which territory, on which day. The last two may be holes of a statement."""

    channel: str
    audience: int
    territory: Any
    on: Any

    def met_by(self, prefix: str = "", *, asked: bool = False) -> Q:
        """Return what a term must say to allow this use; the trigger on placements says the same.

        `asked`: they were asked before this very use and said yes, as a term may demand.
        """
        facts = {
            "revoked_at__isnull": True,
            "consent__revoked_at__isnull": True,
            "expires_on__gte": self.on,
            "audience__gte": self.audience,
            "channel__in": ["", self.channel],
            "territory__in": ["", self.territory],
            **({} if asked else {"ask_first": False}),
        }
        alive = ~Q(**{f"{prefix}contact__state": Membership.DO_NOT_CONTACT})
        return Q(**{f"{prefix}{name}": value for name, value in facts.items()}) & alive


def can_use(
    asset_or_part: Any, *, channel: str, audience: int, territory: str = "", on: dt.date | None = None
) -> Verdict:
    """Say whether an asset as a whole, or one part of it, may be shown; if not, why, and what is missing of whom."""
    return judge([asset_or_part], channel=channel, audience=audience, territory=territory, on=on)[0]


def judge(
    things: Sequence[Any],
    *,
    channel: str,
    audience: int,
    territory: str = "",
    on: dt.date | None = None,
    whole: bool = True,
) -> list[Verdict]:
    """Answer for many assets or parts, in two queries. `whole` False: an asset's head alone, without its parts."""
    use = Use(channel, audience, territory, on or clock.today())
    assets = {_asset_of(thing).pk: _asset_of(thing) for thing in things}
    needs = _needs_of(assets)
    terms = _terms_of({need.contact_id for rows in needs.values() for need in rows})
    return [_verdict(thing, needs[_asset_of(thing).pk], terms, use, whole=whole) for thing in things]


def _asset_of(thing: Any) -> Any:
    return thing.asset if hasattr(thing, "asset_id") else thing


def _needs_of(assets: dict[int, Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    if assets:
        model: Any = type(next(iter(assets.values())))
        for need in _prepared_needs(model)(ids=list(assets)):
            found[need.asset_id].append(need)
    return found


@functools.cache
def _prepared_needs(asset_model: type[Model]) -> Prepared[Any]:
    needs = _needs_model(asset_model).objects.filter(Among("asset", "ids"))
    return Prepared(lambda: needs.select_related("contact__person").order_by("pk"))


def _terms_of(contacts: Iterable[int]) -> dict[tuple[int, str], list[ConsentTerm]]:
    found: dict[tuple[int, str], list[ConsentTerm]] = defaultdict(list)
    for term in _TERMS(ids=list(contacts)):
        found[term.contact_id, term.scope].append(term)
    return found


_TERMS = Prepared(
    lambda: (
        ConsentTerm.objects.filter(Among("contact", "ids"))
        .select_related("consent", "contact")
        .order_by("-expires_on", "-pk")
    )
)


def _verdict(
    thing: Any, needs: list[Any], terms: dict[tuple[int, str], list[ConsentTerm]], use: Use, *, whole: bool
) -> Verdict:
    asset = _asset_of(thing)
    if shut := _shut(asset):
        return Verdict(False, shut)
    if not any(need.part_id is None for need in needs):
        return Verdict(False, _("Nobody has said yet whose consent this needs."))
    part = thing.pk if thing is not asset else None
    asked = [need for need in needs if need.part_id is None or need.part_id == part or (part is None and whole)]
    missing = tuple(
        Missing(need.contact_id, need.contact.person.name, need.scope, why)
        for need in asked
        if (why := _why_not(need, terms[need.contact_id, need.scope], use))
    )
    return Verdict(False, _sentence(missing), missing) if missing else YES


def _shut(asset: Any) -> str:
    """Return why nothing of an asset may be shown now, whatever was agreed to."""
    account: Account = asset.account
    if asset.state not in asset.shown_states:
        return _("It is not approved: %(state)s.") % {"state": asset.get_state_display()}
    if account.merged_into_id is not None:
        return _("This account was merged into another one.")
    if account.state == Membership.DO_NOT_CONTACT:
        return _("This customer must not be named.")
    if account.frozen:
        return _("The customer is frozen: nothing of theirs is shown until that is lifted.")
    return ""


def _why_not(need: Any, terms: list[ConsentTerm], use: Use) -> str:
    """Return why none of the terms allows the use; empty if one does. The nearest miss is named."""
    if need.contact.state == Membership.DO_NOT_CONTACT:
        return _("must not be contacted")
    reasons = [_miss(term, use) for term in terms]
    if "" in reasons:
        return ""
    return reasons[0] if reasons else _("never agreed to it")


def _miss(term: ConsentTerm, use: Use) -> str:
    """Return what keeps a term from allowing the use; empty if nothing does."""
    back = term.revoked_at or term.consent.revoked_at
    checks: tuple[tuple[bool, Callable[[], str]], ...] = (
        (back is not None, lambda: _("took it back on %(day)s") % {"day": day(back)}),
        (term.expires_on < use.on, lambda: _("agreed until %(day)s only") % {"day": day(term.expires_on)}),
        (
            term.channel not in {"", use.channel},
            lambda: _("agreed to it elsewhere: %(place)s") % {"place": Channel(term.channel).label},
        ),
        (
            term.audience < use.audience,
            lambda: _("agreed to it for fewer readers: %(audience)s") % {"audience": term.get_audience_display()},
        ),
        (
            term.territory not in {"", use.territory},
            lambda: _("agreed to it for %(territory)s only") % {"territory": term.territory},
        ),
        (term.ask_first, lambda: _("wants to be asked before each use")),
    )
    return next((words() for failed, words in checks if failed), "")


def _sentence(missing: tuple[Missing, ...]) -> str:
    said = [f"{one.contact}, {str(Scope(one.scope).label).lower()}: {one.why}" for one in missing]
    return _("Consent is missing. %(what)s.") % {"what": "; ".join(said)}


# ---------------------------------------------------------------- the same in SQL


def allowed(
    rows: QuerySet[Any],
    *,
    channel: str,
    audience: int,
    territory: str | Given = "",
    on: dt.date | Given | None = None,
    whole: bool = True,
) -> QuerySet[Any]:
    """Narrow assets, or parts of assets, to what may be shown; `whole` False: assets whose head may.

    Territory and day may be holes of a prepared statement.
    """
    use = Use(channel, audience, territory, on or clock.today())
    part = any(field.name == "asset" for field in rows.model._meta.get_fields())
    path, key = ("asset__", OuterRef("asset_id")) if part else ("", OuterRef("pk"))
    asset_model = rows.model._meta.get_field("asset").related_model if part else rows.model
    needs = _needs_model(asset_model).objects.filter(asset=key)
    own = Q(part__isnull=True) | Q(part=OuterRef("pk")) if part else Q(part__isnull=True)
    asked = needs if whole and not part else needs.filter(own)
    open_ones = rows.filter(
        **{f"{path}state__in": asset_model.shown_states},
        **{f"{path}account__frozen": False, f"{path}account__merged_into__isnull": True},
    ).exclude(**{f"{path}account__state": Membership.DO_NOT_CONTACT})
    return open_ones.filter(Exists(needs.filter(part__isnull=True)), ~Exists(asked.filter(~Exists(_terms_for(use)))))


def _terms_for(use: Use) -> QuerySet[ConsentTerm]:
    """Return the terms that meet a need, which the query around names."""
    return ConsentTerm.objects.filter(use.met_by(), contact=OuterRef("contact_id"), scope=OuterRef("scope")).order_by()


def unmet(needs: QuerySet[Any], *, on: dt.date | None = None) -> QuerySet[Any]:
    """Narrow the needs of something placed to those without consent for that place.

    For rows with `channel`, `audience` and `territory` of their own around the query (`OuterRef` of `OuterRef`).
    """
    place = {name: OuterRef(OuterRef(name)) for name in ("channel", "audience", "territory")}
    fits = ConsentTerm.objects.filter(
        Q(channel="") | Q(channel=place["channel"]),
        Q(territory="") | Q(territory=place["territory"]),
        contact=OuterRef("contact_id"),
        scope=OuterRef("scope"),
        revoked_at__isnull=True,
        consent__revoked_at__isnull=True,
        expires_on__gte=on or clock.today(),
        audience__gte=place["audience"],
    )
    barred = Membership.DO_NOT_CONTACT
    fits = fits.exclude(contact__state=barred).exclude(contact__account__state=barred)
    return needs.filter(~Exists(fits))


def _needs_model(asset_model: type[Model]) -> Any:
    return asset_model._meta.get_field("needs").related_model
