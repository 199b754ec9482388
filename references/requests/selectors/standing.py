"""Who may be asked for a need, and why the others not: one sentence of SQL, used whole for counts and for candidates.

Written by hand, because it is asked of every reference account at once and is the same every time. It says what
`references.accounts.askable` says for one contact; a test walks both over the same rows. In it, `a` is the account and
`c` a contact.
"""
# ruff: noqa: S608 - the text is ours alone; whatever comes from outside is a parameter

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from django.db import connection
from django.utils import timezone

from references.accounts import clock, policy
from references.accounts.enums import OPEN_ASKS, POOL, Membership, Tier
from references.accounts.kept import USES_CAP, YEAR
from references.requests.enums import CandidateState, LeftOut
from references.requests.models import ReferenceRequest

MAY_BE_ASKED: Final = ""

_POOL = "a.state = ANY(%(pool)s) AND a.merged_into_id IS NULL"
_IN_FORCE = """
    SELECT max(s.expires_on) FROM references_consent s
    WHERE s.contact_id = c.id AND s.revoked_at IS NULL AND s.expires_on >= %(today)s
      AND s.activities @> ARRAY[%(activity)s]::varchar[]"""
_AGREED = f"""
    c.account_id = a.id AND c.state = %(active)s AND c.left_company_at IS NULL
    AND c.willing @> ARRAY[%(activity)s]::varchar[] AND ({_IN_FORCE}) IS NOT NULL"""
_USES = """
    SELECT count(*) FROM references_ask u
    WHERE u.contact_id = c.id AND u.activity_id IS NOT NULL AND u.state = ANY(%(uses_cap)s)
      AND u.planned_on > %(quarter)s"""
_OF_KIND = """
    SELECT count(*) FROM references_ask k JOIN references_activitytype t ON t.id = k.activity_id
    WHERE k.contact_id = c.id AND t.slug = %(activity)s AND k.state = ANY(%(uses_cap)s)"""
# Their own cap by kind counts the quarter, ours the year (askable._kind_used).
_ROOM_FOR_KIND = f"""
    CASE WHEN c.caps ? %(activity)s
         THEN ({_OF_KIND} AND k.planned_on > %(quarter)s) < (c.caps ->> %(activity)s)::int
         ELSE ({_OF_KIND} AND k.planned_on > %(year)s) < %(kind_cap)s END"""
_AWAY = """
    SELECT 1 FROM jsonb_array_elements(c.blackouts) b
    WHERE %(today)s BETWEEN (b ->> 'from')::date AND (b ->> 'to')::date
       OR %(needed_by)s BETWEEN (b ->> 'from')::date AND (b ->> 'to')::date"""
_KEPT = """
    SELECT 1 FROM references_reservation r
    WHERE r.account_id = a.id AND r.state = 'active' AND r.team <> %(team)s AND NOT %(reserved)s
      AND (%(today)s BETWEEN r.starts_on AND r.ends_on OR %(needed_by)s BETWEEN r.starts_on AND r.ends_on)"""
_FREE = f"""
    (c.paused_until IS NULL OR c.paused_until <= %(today)s)
    AND (c.rests_until IS NULL OR c.rests_until <= %(today)s)
    AND NOT EXISTS (SELECT 1 FROM references_ask o WHERE o.contact_id = c.id AND o.state = ANY(%(open_asks)s))
    AND (c.blackouts = '[]'::jsonb OR NOT EXISTS ({_AWAY}))
    AND {_ROOM_FOR_KIND}
    AND NOT EXISTS ({_KEPT} AND r.contact_id = c.id)"""
_WORD_TOO_OLD = """
    a.state = %(review_due)s AND a.verified_at IS NOT NULL
    AND a.verified_at < (%(oldest)s::jsonb ->> a.tier)::timestamptz"""
_COLUMNS = "a.id, a.state, a.tier, a.verified_at, a.frozen, a.paused_until, a.open_asks, a.rests_until"
# The first reason that holds is the one that is told.
_OF_THE_ACCOUNT = f"""
    WHEN a.id = %(prospect)s THEN '{LeftOut.PROSPECT.value}'
    WHEN EXISTS (SELECT 1 FROM references_candidate t WHERE t.request_id = %(request)s AND t.account_id = a.id
                 AND t.state <> '{CandidateState.RELEASED.value}') THEN '{LeftOut.TRIED.value}'
    WHEN a.frozen THEN '{LeftOut.FROZEN.value}'
    WHEN a.paused_until > %(today)s THEN '{LeftOut.PAUSED.value}'
    WHEN a.open_asks > 0 THEN '{LeftOut.BUSY.value}'
    WHEN a.rests_until > %(today)s THEN '{LeftOut.RESTING.value}'
    WHEN EXISTS ({_KEPT} AND r.contact_id IS NULL) THEN '{LeftOut.RESERVED.value}'
    WHEN {_WORD_TOO_OLD} THEN '{LeftOut.CHECK_DUE.value}'"""
_STANDING = f"""CASE {_OF_THE_ACCOUNT}
    WHEN EXISTS (SELECT 1 FROM references_contact c WHERE {_AGREED} AND {_FREE}) THEN '{MAY_BE_ASKED}'
    WHEN EXISTS (SELECT 1 FROM references_contact c WHERE {_AGREED}) THEN '{LeftOut.BUSY.value}'
    ELSE '{LeftOut.NO_CONSENT.value}' END"""
# Of an account's people, one of the wished role is asked, else the one who was used least.
_SPEAKER = f"""
    SELECT c.id, ({_IN_FORCE}) AS ends FROM references_contact c WHERE {_AGREED} AND {_FREE}
    ORDER BY (%(persona)s::text <> '' AND lower(c.persona) = lower(%(persona)s)) DESC, ({_USES}), c.id LIMIT 1"""
_MUSTS: Final[Mapping[str, str]] = {
    "must_industry": "a.industry = %(must_industry)s",
    "must_region_id": "a.region_id = %(must_region_id)s",
    "must_product_id": "EXISTS (SELECT 1 FROM references_account_products p"
    " WHERE p.account_id = a.id AND p.product_id = %(must_product_id)s)",
    "must_employees": "a.employees >= %(must_employees)s",
    "must_use_case": "a.use_cases @> ARRAY[%(must_use_case)s]::varchar[]",
    "must_persona": f"EXISTS (SELECT 1 FROM references_contact c WHERE {_AGREED} AND {_FREE}"
    " AND lower(c.persona) = lower(%(must_persona)s))",
}


class Speaker(NamedTuple):
    """Whom to ask at one account, and until when they agreed to this."""

    account_id: int
    contact_id: int
    agreed_until: dt.date


class Counts(NamedTuple):
    """Accounts that meet the must-haves, by standing; and how many could be asked with one must-have eased."""

    by_standing: dict[str, int]
    eased: dict[str, int]


def musts_of(request: ReferenceRequest) -> dict[str, Any]:
    """Return the must-haves that are set, by field."""
    return {name: getattr(request, name) for name in _MUSTS if getattr(request, name)}


def counts(request: ReferenceRequest, *, easier_size: int) -> Counts:
    """Count the reference accounts by standing: one statement. The size is eased to `easier_size`, others dropped."""
    musts = musts_of(request)
    flags = {name: _MUSTS[name] for name in musts}
    columns = [f"{sql} AS {name}" for name, sql in flags.items()]
    wanted = [_all(flags)] + [_all(other for other in flags if other != name) for name in flags]
    if "must_employees" in flags:
        columns.append("a.employees >= %(easier_size)s AS easier")
        wanted[1 + list(flags).index("must_employees")] += " AND easier"
    figures = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in wanted)
    # Who lacks two must-haves is in no figure: their standing is never worked out.
    lacking = " + ".join(f"(({condition}) IS NOT TRUE)::int" for condition in flags.values()) or "0"
    rows = _ask(
        f"SELECT standing, {figures} FROM"
        f" (SELECT {', '.join([f'{_STANDING} AS standing', *columns])} FROM references_account a"
        f"  WHERE {_POOL} AND {lacking} <= 1) pool GROUP BY standing",
        {**_params(request), **musts, "easier_size": easier_size},
    )
    eased: list[int] = next((list(row[2:]) for row in rows if row[0] == MAY_BE_ASKED), [0] * len(flags))
    return Counts({row[0]: row[1] for row in rows if row[1]}, dict(zip(flags, eased, strict=True)))


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(conditions) or "true"


def nearest(request: ReferenceRequest, *, industry: str, region_id: int | None, limit: int) -> list[Speaker]:
    """Return whom to ask, account by account, where the must-haves are met and somebody may be asked: one statement.

    At most `limit`: those of this industry and region first, then the freshest.
    """
    musts = musts_of(request)
    conditions = " AND ".join([_POOL, *(_MUSTS[name] for name in musts)])
    # OFFSET 0 keeps the order inside: people are then looked at only until `limit` are found. Who has nobody who agreed
    # and is free drops out with the join: that is the rest of the standing.
    rows = _ask(
        "SELECT a.id, speaker.id, speaker.ends FROM"
        f" (SELECT {_COLUMNS} FROM references_account a WHERE {conditions}"
        "   ORDER BY (a.industry = %(near_industry)s)::int"
        "            + (a.region_id IS NOT DISTINCT FROM %(near_region)s)::int DESC,"
        "   a.fatigue_key NULLS FIRST, a.id OFFSET 0) a"
        f" CROSS JOIN LATERAL ({_SPEAKER}) speaker"
        f" WHERE CASE {_OF_THE_ACCOUNT} ELSE '{MAY_BE_ASKED}' END = '{MAY_BE_ASKED}' LIMIT %(limit)s",
        {**_params(request), **musts, "near_industry": industry, "near_region": region_id, "limit": limit},
    )
    return [Speaker(*row) for row in rows]


def standing_of(request: ReferenceRequest, account_id: int) -> str:
    """Return why one account cannot be asked; empty if it can."""
    rows = _ask(
        f"SELECT {_STANDING} FROM references_account a WHERE a.id = %(account)s",
        {**_params(request), "account": account_id},
    )
    return str(rows[0][0])


def speaker_of(request: ReferenceRequest, account_id: int) -> Speaker:
    """Return whom to ask at an account where somebody may be asked."""
    rows = _ask(
        f"SELECT a.id, speaker.id, speaker.ends FROM references_account a CROSS JOIN LATERAL ({_SPEAKER}) speaker"
        " WHERE a.id = %(account)s",
        {**_params(request), "account": account_id},
    )
    return Speaker(*rows[0])


def everybody(activity: str) -> list[tuple[int, int, int]]:
    """Return everybody who may be asked for an activity, for whomever: (account, contact, asks of this quarter).

    What depends on one request is left to the reader: who is its prospect or was tried, which team keeps somebody, who
    is away on its day. A NULL in their place makes those conditions say nothing.
    """
    return [
        (row[0], row[1], row[2])
        for row in _ask(
            f"SELECT a.id, c.id, ({_USES}) FROM"
            f" (SELECT {_COLUMNS} FROM references_account a WHERE {_POOL}"
            f"   AND CASE {_OF_THE_ACCOUNT} ELSE '{MAY_BE_ASKED}' END = '{MAY_BE_ASKED}' OFFSET 0) a"
            f" JOIN references_contact c ON {_AGREED} AND {_FREE} ORDER BY 1, 3, 2",
            {
                **_of_today(),
                "activity": activity,
                "needed_by": None,
                "team": None,
                "reserved": False,
                "request": None,
                "prospect": None,
            },
        )
    ]


def _params(request: ReferenceRequest) -> dict[str, Any]:
    return {
        **_of_today(),
        "needed_by": request.needed_by or clock.today(),  # type: ignore[truthy-bool]  # a draft has none yet
        "team": request.wanting,
        "reserved": request.reserved,
        "activity": request.activity.slug,
        "persona": request.must_persona or str(request.nice.get("persona", "")),
        "request": request.pk,
        "prospect": request.opportunity.account_id if request.opportunity else None,
    }


def _of_today() -> dict[str, Any]:
    today, now = clock.today(), timezone.now()
    oldest = {tier.value: (now - policy.verify_every(tier) - policy.now().verify_grace).isoformat() for tier in Tier}
    return {
        "pool": [state.value for state in POOL],
        "active": Membership.ACTIVE.value,
        "review_due": Membership.REVIEW_DUE.value,
        "open_asks": [state.value for state in OPEN_ASKS],
        "uses_cap": [state.value for state in USES_CAP],
        "today": today,
        "quarter": today - policy.now().quarter,
        "year": today - YEAR,
        "kind_cap": policy.now().kind_per_year,
        "oldest": json.dumps(oldest),
    }


def _ask(sql: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
