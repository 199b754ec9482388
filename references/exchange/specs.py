"""What each kind of file may hold: its fields, how columns are called out there, and the table it ends in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from references.accounts.enums import Membership
from references.exchange import parsing
from references.exchange.models import ImportKind
from refprogram.governance.fulfilment.enums import GiftPolicy

Parse = Callable[[str], Any]


@dataclass(frozen=True)
class Field:
    """One field that a column can fill.

    `lookup` names what the value must be found in (a wrong one is an error until a repair is accepted); `known` names a
    vocabulary that only suggests repairs; `barred` names values that are refused. `column` is the column of the target
    table, empty for what is handled apart.
    """

    name: str
    label: Any
    parse: Parse
    synonyms: tuple[str, ...] = ()
    required: bool = False
    lookup: str = ""
    known: str = ""
    barred: str = ""
    column: str = ""
    sql_type: str = "text"


@dataclass(frozen=True)
class Spec:
    """One kind of file. `key` is the field that tells two rows apart; `constants` fill a new row's other columns.

    `match` says how a staged row `s` knows its row `t` of the table: one way after the other, for those that are not
    known yet. Ways that are told apart can each be matched by a hash; one condition with OR would look at every pair.
    """

    kind: ImportKind
    fields: tuple[Field, ...]
    key: str
    table: str = ""
    match: tuple[str, ...] = ()
    constants: dict[str, Any] = field(default_factory=dict)

    def by_name(self, name: str) -> Field:
        """Return the field of that name."""
        return next(f for f in self.fields if f.name == name)


def _text(name: str, label: Any, *synonyms: str, longest: int = 80, **more: Any) -> Field:
    return Field(name, label, parsing.text(longest), synonyms, column=more.pop("column", name), **more)


PRODUCTS = Spec(
    ImportKind.PRODUCTS,
    (
        _text("name", _("Product"), "product", "product name", required=True),
        _text("line", _("Product line"), "series", "family", "product family"),
        Field("price", _("Price"), parsing.amount, ("sales_price", "list price"), column="price", sql_type="numeric"),
    ),
    key="name",
    table="references_product",
    match=("lower(t.name) = lower(s.name)",),
    constants={"line": ""},
)
TEAMS = Spec(
    ImportKind.TEAMS,
    (
        _text("agent", _("Agent"), "sales_agent", "sales rep", "rep", longest=120, required=True),
        _text("manager", _("Manager"), "sales manager", longest=120),
        _text("region", _("Region"), "regional_office", "office", longest=80),
    ),
    key="agent",
)
ACCOUNTS = Spec(
    ImportKind.ACCOUNTS,
    (
        _text("name", _("Account"), "account", "account name", "company", longest=200, required=True),
        _text("external_ref", _("CRM id"), "account id", "account_id", "id", longest=120),
        _text("industry", _("Industry"), "sector", "vertical", known="industry"),
        Field("founded", _("Founded"), parsing.year, ("year_established",), column="founded", sql_type="smallint"),
        Field("revenue", _("Revenue, millions"), parsing.amount, (), column="revenue", sql_type="numeric"),
        Field(
            "employees", _("Employees"), parsing.integer, ("headcount", "size"), column="employees", sql_type="integer"
        ),
        _text("country", _("Country"), "office_location", "billing country", known="country"),
        _text("city", _("City"), "billing city"),
        _text("region", _("Region"), "sales region", lookup="region", column="region_id", sql_type="bigint"),
        _text(
            "owner", _("Owner"), "account owner", "sales_agent", lookup="agent", column="owner_id", sql_type="bigint"
        ),
        Field("tier", _("Tier"), parsing.tier, (), column="tier"),
        Field(
            "live_since",
            _("Live since"),
            parsing.day,
            ("go-live date", "go live date", "go_live_date", "go-live", "go live", "live date", "live on"),
            column="live_since",
            sql_type="date",
        ),
        _text("parent", _("Parent account"), "subsidiary_of", "parent", longest=200, column=""),
    ),
    key="name",
    table="references_account",
    match=(
        "t.external_ref = s.external_ref",
        # By name only where the file names no id, or one that nobody has: else a twin without id would take another's.
        "t.match_key = s.match_key AND (s.external_ref IS NULL OR t.external_ref IS NULL)",
    ),
    constants={
        "industry": "",
        "country": "",
        "city": "",
        "use_cases": "{}",
        "competitor": "",
        "provenance": "{}",
        "tier": "",
        "state": Membership.IDENTIFIED.value,
        "gift_policy": GiftPolicy.ALLOWED.value,
        "gift_note": "",
        "frozen": False,
        "open_asks": 0,
        "activities_done": 0,
    },
)
CONTACTS = Spec(
    ImportKind.CONTACTS,
    (
        _text("name", _("Name"), "contact", "contact name", "full name", longest=120, required=True),
        Field(
            "email",
            _("E-mail"),
            parsing.email,
            ("e-mail", "mail", "email address"),
            required=True,
            barred="colleague",
        ),
        _text("account", _("Account"), "account name", "company", longest=200, required=True, lookup="account"),
        _text("title", _("Title"), "job title", "position", longest=120),
        _text("phone", _("Phone"), "telephone", longest=40),
    ),
    key="email",
)
OPPORTUNITIES = Spec(
    ImportKind.OPPORTUNITIES,
    (
        _text("external_ref", _("CRM id"), "opportunity_id", "opportunity id", "id", longest=120, required=True),
        _text("name", _("Name"), "opportunity", "opportunity name", "deal name", longest=200),
        _text(
            "owner",
            _("Owner"),
            "sales_agent",
            "opportunity owner",
            lookup="agent",
            column="owner_id",
            sql_type="bigint",
        ),
        _text("product", _("Product"), lookup="product", column="product_id", sql_type="bigint"),
        _text(
            "account",
            _("Account"),
            "account name",
            longest=200,
            lookup="account",
            column="account_id",
            sql_type="bigint",
        ),
        Field("stage", _("Stage"), parsing.stage, ("deal_stage",), required=True, column="stage"),
        Field("opened_on", _("Opened"), parsing.day, ("engage_date", "created"), column="opened_on", sql_type="date"),
        Field("closes_on", _("Closes"), parsing.day, ("close_date",), column="closes_on", sql_type="date"),
        Field("amount", _("Amount"), parsing.amount, ("close_value", "value"), column="amount", sql_type="numeric"),
    ),
    key="external_ref",
    table="references_opportunity",
    match=("t.external_ref = s.external_ref",),
    constants={"name": ""},
)

# In the order in which a folder is taken: each kind may name rows of those before it.
SPECS = {spec.kind: spec for spec in (TEAMS, PRODUCTS, ACCOUNTS, CONTACTS, OPPORTUNITIES)}


def guess_columns(spec: Spec, header: list[str]) -> dict[str, str]:
    """Return field name -> column title for every column whose title is a field's name, label or synonym."""
    titles = {title.casefold(): title for title in header if title}
    found: dict[str, str] = {}
    for each in spec.fields:
        for name in (each.name, str(each.label), *each.synonyms):
            title = titles.get(name.casefold()) or titles.get(name.replace("_", " ").casefold())
            if title is not None and title not in found.values():
                found[each.name] = title
                break
    return found


def guess_kind(header: list[str]) -> ImportKind | None:
    """Return the kind whose required fields are all found and which fills most columns; None if none does."""
    best: tuple[int, ImportKind] | None = None
    for kind, spec in SPECS.items():
        columns = guess_columns(spec, header)
        complete = all(f.name in columns for f in spec.fields if f.required)
        if complete and (best is None or len(columns) > best[0]):
            best = (len(columns), kind)
    return best[1] if best else None
