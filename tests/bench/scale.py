"""Accounts by the hundred thousand: a demo company of a few hundred, multiplied inside the database.

Deterministic: row n is the same whenever it is made. A third of the accounts are references with one person who agreed
to calls and quotes; three activities an account were held over three years, all by those; requests wait for them, and
were closed in proportion; what they agreed to show is said in a term each, and one in fifty has a published story.
Rows are copies of a row of the demo company with these fields changed, so that a new column needs no line here.
"""

from typing import Any, Final

from django.db import connection

from references.models import (
    Account,
    ActivityType,
    Ask,
    Asset,
    AssetNeed,
    AssetVersion,
    Consent,
    ConsentTerm,
    Contact,
    Product,
    ReferenceRequest,
)
from references.requests.proofs import SPEAKER
from refprogram.people.models import Person, Region, User

DEMO_MOST: Final = 1000
ASKS_EACH: Final = 3
REQUESTS: Final = 500  # that wait for somebody
CLOSED: Final = 10  # one was closed for so many accounts
STORIES: Final = 50  # one for so many accounts
ACTIVE: Final = 3  # one in so many
SEQUENCES: Final = (
    *("person", "account", "contact", "consent", "consentterm", "ask", "referencerequest"),
    *("asset", "assetversion", "assetneed"),
)

# A row like the template `t` with some fields changed; `n` numbers the copies.
COPY: Final = """
INSERT INTO {table} SELECT made.* FROM {table} t, generate_series(1, %(count)s) n,
LATERAL jsonb_populate_record(t, jsonb_build_object({fields})) made WHERE t.id = %(template)s {only}"""

PERSON: Final = {"id": "%(base)s + n", "public_id": "'p' || lpad(n::text, 11, '0')", "name": "'Person ' || n",
                 "email": "'p' || n || '@scale.example'"}  # fmt: skip
ACCOUNT: Final = {
    "id": "%(base)s + n",
    "public_id": "'a' || lpad(n::text, 11, '0')",
    "name": "'Customer ' || n",
    "match_key": "'customer ' || n",
    "external_ref": "'S-' || n",
    "industry": "(%(industries)s::text[])[1 + n %% cardinality(%(industries)s::text[])]",
    "region_id": "(%(regions)s::bigint[])[1 + (n / 7) %% cardinality(%(regions)s::bigint[])]",
    "owner_id": "(%(owners)s::bigint[])[1 + n %% cardinality(%(owners)s::bigint[])]",
    "employees": "20 + (n::bigint * 7919) %% 20000",
    "tier": "(ARRAY['', '', '', 'silver', 'silver', 'gold', 'platinum'])[1 + n %% 7]",
    "state": f"CASE WHEN n %% {ACTIVE} = 0 THEN 'active' ELSE 'identified' END",
    "frozen": "n %% 60 = 0",
    "paused_until": "NULL::date",
    "rests_until": "NULL::date",
    "open_asks": "0",
    "merged_into_id": "NULL::bigint",
    "fatigue_key": "NULL::float",
    "last_asked_at": "NULL::timestamptz",
}
CONTACT: Final = {
    "id": "%(base)s + n",
    "public_id": "'c' || lpad(n::text, 11, '0')",
    "account_id": "%(accounts)s + n",
    "person_id": "%(persons)s + n",
    "state": f"CASE WHEN n %% {ACTIVE} = 0 THEN 'active' ELSE 'identified' END",
    "willing": f"CASE WHEN n %% {ACTIVE} = 0 THEN '[\"call\", \"quote\"]'::jsonb ELSE '[]'::jsonb END",
    "caps": "'{}'::jsonb",
    "blackouts": "'[]'::jsonb",
    "paused_until": "NULL::date",
    "rests_until": "NULL::date",
    "left_company_at": "NULL::timestamptz",
    "fatigue_key": "NULL::float",
    "merged_into_id": "NULL::bigint",
}
CONSENT: Final = {
    "id": "%(base)s + n",
    "public_id": "'k' || lpad(n::text, 11, '0')",
    "contact_id": "%(contacts)s + n",
    "activities": '\'["call", "quote"]\'::jsonb',
    "revoked_at": "NULL::timestamptz",
    "expires_on": "CURRENT_DATE + 30 + n %% 700",
}
ASK: Final = {
    "id": "%(base)s + n",
    "public_id": "'q' || lpad(n::text, 11, '0')",
    # All activities lie with references: one in ACTIVE of the copies, again and again.
    "account_id": f"%(accounts)s + {ACTIVE} * (1 + n %% %(active)s)",
    "contact_id": f"%(contacts)s + {ACTIVE} * (1 + n %% %(active)s)",
    "activity_id": "%(call)s",
    "effort": "40",
    "state": "'spent'",
    "source_type": "'scale'",
    "source_id": "n",
    "planned_on": "CURRENT_DATE - 100 - (n * 31) %% 1000",
    "ended_at": "now() - make_interval(days => 100 + (n * 31) %% 1000)",
    "reserved_by_id": "NULL::bigint",
}
REQUEST: Final = {
    "id": "%(base)s + n",
    "public_id": "'r' || lpad(n::text, 11, '0')",
    "purpose": "'Prospect ' || n",
    "activity_id": "CASE WHEN n %% 3 = 0 THEN %(quote)s ELSE %(call)s END",
    "must_industry": "(%(industries)s::text[])[1 + n %% cardinality(%(industries)s::text[])]",
    "must_region_id": "CASE WHEN n %% 2 = 0 THEN (%(regions)s::bigint[])[1 + n %% cardinality(%(regions)s::bigint[])]"
    " END",
    "must_product_id": "NULL::bigint",
    "must_employees": "CASE WHEN n %% 5 = 0 THEN 1000 END",
    "opportunity_id": "NULL::bigint",
    "state": "'submitted'",
    "submitted_at": "now() - make_interval(mins => n::int)",
}
CLOSED_REQUEST: Final = REQUEST | {
    "public_id": "'z' || lpad(n::text, 11, '0')",
    "state": "'closed'",
    "submitted_at": "now() - make_interval(days => (10 + n %% 900)::int)",
    "confirmed_at": "now() - make_interval(days => (10 + n %% 900)::int, hours => -(1 + n %% 200)::int)",
}
TERM: Final = {
    "id": "%(base)s + n",
    "public_id": "'t' || lpad(n::text, 11, '0')",
    "consent_id": "%(consents)s + n",
    "contact_id": "%(contacts)s + n",
    "scope": "'company'",
    "channel": "''",
    "territory": "''",
    "audience": "CASE WHEN n %% 4 = 0 THEN 1 ELSE 4 END",
    "expires_on": "CURRENT_DATE + 30 + n %% 700",
    "ask_first": "false",
    "revoked_at": "NULL::timestamptz",
}
# Stories are told by references: again one in ACTIVE of the copies.
TOLD_BY: Final = f"{ACTIVE} * (1 + n %% %(active)s)"
ASSET: Final = {
    "id": "%(base)s + n",
    "public_id": "'s' || lpad(n::text, 11, '0')",
    "title": "'How customer ' || n || ' saved ' || (ARRAY['time', 'money', 'stock', 'paper'])[1 + n %% 4]",
    "account_id": f"%(accounts)s + {TOLD_BY}",
    "kind": "(ARRAY['case_study', 'video', 'quote', 'slide'])[1 + n %% 4]",
    "state": "'published'",
    "updated_at": "now() - make_interval(hours => n::int)",
    "search": "to_tsvector('pg_catalog.simple', 'How customer ' || n || ' saved '"
    " || (ARRAY['time', 'money', 'stock', 'paper'])[1 + n %% 4])::text",
}
VERSION: Final = {"id": "%(base)s + n", "asset_id": "%(assets)s + n", "number": "1"}
NEED: Final = {
    "id": "%(base)s + n",
    "asset_id": "%(assets)s + n",
    "part_id": "NULL::bigint",
    "contact_id": f"%(contacts)s + {TOLD_BY}",
    "scope": "'company'",
}
# What services would have kept from these asks: the load halves every 45 days, and is stored as it was in 1970.
KEPT: Final = """
UPDATE references_account a SET last_asked_at = s.last, activities_done = s.n,
  fatigue_key = log(2, s.load::numeric)::float + extract(epoch FROM now()) / 86400 / 45
FROM (SELECT account_id, max(ended_at) AS last, count(*) AS n,
             sum(effort * power(2, -extract(epoch FROM now() - ended_at) / 86400 / 45)) AS load
      FROM references_ask WHERE source_type = 'scale' GROUP BY account_id) s
WHERE s.account_id = a.id"""
# What triggers would have kept of contacts, consents and asks.
KEPT_SPEAKERS: Final = """
DELETE FROM references_speaker;
INSERT INTO references_speaker ({columns}) SELECT {columns} FROM references_speaker_said"""


def fill(count: int) -> None:
    """Bring the database to so many accounts, and REQUESTS open requests."""
    more = count - Account.objects.count()
    if more <= 0:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no triggers: nothing of this is history
        _fill(cursor, more)
        cursor.execute("SET session_replication_role = DEFAULT")
        for table in SEQUENCES:
            app = "people" if table == "person" else "references"
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{app}_{table}', 'id'), max(id)) FROM {app}_{table}")
        cursor.execute("ANALYZE")


def _fill(cursor: Any, more: int) -> None:
    facts: dict[str, Any] = {
        "industries": sorted(set(Account.objects.exclude(industry="").values_list("industry", flat=True))),
        "regions": list(Region.objects.order_by("pk").values_list("pk", flat=True)),
        "owners": list(User.objects.filter(role="rep").order_by("pk").values_list("pk", flat=True)),
        "active": more // ACTIVE - 1,
        "call": ActivityType.objects.get(slug="call").pk,
        "quote": ActivityType.objects.get(slug="quote").pk,
    }
    contact = Contact.objects.filter(state="active", account__state="active").order_by("pk")[0]
    facts["persons"] = copies(cursor, Person, contact.person_id, PERSON, more, facts)
    facts["accounts"] = copies(cursor, Account, contact.account_id, ACCOUNT, more, facts)
    facts["contacts"] = copies(cursor, Contact, contact.pk, CONTACT, more, facts)
    only = f"AND n %% {ACTIVE} = 0"
    facts["consents"] = copies(cursor, Consent, Consent.objects.order_by("pk")[0].pk, CONSENT, more, facts, only)
    copies(cursor, ConsentTerm, ConsentTerm.objects.order_by("pk")[0].pk, TERM, more, facts, only)
    copies(cursor, Ask, Ask.objects.order_by("pk")[0].pk, ASK, more * ASKS_EACH, facts)
    request = ReferenceRequest.objects.filter(state="submitted").order_by("pk")[0]
    copies(cursor, ReferenceRequest, request.pk, REQUEST, REQUESTS, facts)
    copies(cursor, ReferenceRequest, request.pk, CLOSED_REQUEST, more // CLOSED, facts)
    _stories(cursor, more // STORIES, facts)
    product = Product.objects.order_by("pk")[0].pk
    cursor.execute(
        "INSERT INTO references_account_products (account_id, product_id)"
        " SELECT id, %s FROM references_account WHERE id > %s AND id %% 2 = 0",
        [product, facts["accounts"]],
    )
    cursor.execute(KEPT)
    cursor.execute(KEPT_SPEAKERS.format(columns=SPEAKER))


def _stories(cursor: Any, count: int, facts: dict[str, Any]) -> None:
    story = Asset.objects.filter(state="published").order_by("pk")[0]
    facts["assets"] = copies(cursor, Asset, story.pk, ASSET, count, facts)
    version = AssetVersion.objects.filter(asset=story).order_by("-number")[0]
    copies(cursor, AssetVersion, version.pk, VERSION, count, facts)
    copies(cursor, AssetNeed, AssetNeed.objects.order_by("pk")[0].pk, NEED, count, facts)


def copies(
    cursor: Any, model: Any, template: int, fields: dict[str, str], count: int, facts: dict[str, Any], only: str = ""
) -> int:
    """Copy a row so many times with these fields changed; return the id that the copies begin after."""
    table = model._meta.db_table
    base = model.objects.order_by("-pk").values_list("pk", flat=True)[0]
    said = ", ".join(f"'{name}', {value}" for name, value in fields.items())
    sql = COPY.format(table=table, fields=said, only=only)
    cursor.execute(sql, {**facts, "base": base, "count": count, "template": template})
    return int(base)
