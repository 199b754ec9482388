"""Who may be asked for a need, and why the others not: one sentence of SQL, used whole for counts and for candidates.

Written by hand, because it is asked of every reference account at once and is the same every time. It says what
`references.accounts.askable` says for one contact; a test walks both over the same rows. In it, `a` is the account and
`c` a row of `references_speaker`: one contact and one kind of activity they agreed to, kept by the database itself.
"""
# ruff: noqa: S608 - the text is ours alone; whatever comes from outside is a parameter

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from django.utils import timezone

from references.accounts import clock, policy
from references.accounts.enums import POOL, Membership, Tier
from references.accounts.kept import USES_CAP, YEAR
from references.requests.enums import CandidateState, LeftOut
from references.requests.models import ReferenceRequest
from refprogram.kernel.prepared import Written

MAY_BE_ASKED: Final = ""
COUNTED_TO: Final = 10_000  # accounts that meet the must-haves: a larger figure tells its reader nothing more
EASED_TO: Final = 1_000  # accounts more, with one must-have eased

# In these very words, because the indexes `account_nearest…` hold these rows alone.
_POOL = f"a.state IN ({', '.join(repr(state.value) for state in POOL)}) AND a.merged_into_id IS NULL"
_AGREED = "c.activity = %(activity)s AND c.agreed_until >= %(today)s"
_USES = """
    SELECT count(*) FROM references_ask u
    WHERE u.contact_id = c.contact_id AND u.activity_id IS NOT NULL AND u.state = ANY(%(uses_cap)s)
      AND u.planned_on > %(quarter)s"""
# Asks of this kind, the newest first: there is room while the one that would fill the cap is missing or long ago.
# Their own cap by kind counts the quarter, ours the year (askable._kind_used).
_ROOM_FOR_KIND = """
    CASE WHEN c.own_cap IS NULL
         THEN %(kind_cap)s > 0 AND coalesce(c.asked_on[%(kind_cap)s] <= %(year)s, true)
         ELSE c.own_cap > 0 AND coalesce(c.asked_on[c.own_cap] <= %(quarter)s, true) END"""
_AWAY = """
    SELECT 1 FROM jsonb_array_elements(c.blackouts) b
    WHERE %(today)s BETWEEN (b ->> 'from')::date AND (b ->> 'to')::date
       OR %(needed_by)s BETWEEN (b ->> 'from')::date AND (b ->> 'to')::date"""
_KEPT = """
    SELECT r.account_id FROM references_reservation r
    WHERE r.state = 'active' AND r.team <> %(team)s AND NOT %(reserved)s
      AND (%(today)s BETWEEN r.starts_on AND r.ends_on OR %(needed_by)s BETWEEN r.starts_on AND r.ends_on)"""
_FREE = f"""
    NOT c.busy
    AND (c.paused_until IS NULL OR c.paused_until <= %(today)s)
    AND (c.rests_until IS NULL OR c.rests_until <= %(today)s)
    AND (c.blackouts = '[]'::jsonb OR NOT EXISTS ({_AWAY}))
    AND {_ROOM_FOR_KIND}
    AND NOT EXISTS ({_KEPT} AND r.account_id = c.account_id AND r.contact_id = c.contact_id)"""
_WORD_TOO_OLD = """
    a.state = %(review_due)s AND a.verified_at IS NOT NULL
    AND a.verified_at < (%(oldest)s::jsonb ->> a.tier)::timestamptz"""
# Why an account is left out, whoever speaks for it. The first reason that holds is the one that is told. Lists are
# ARRAYs, not EXISTS: the database then knows that few are in them, and walks the index that ends after `limit` rows.
_REASONS: Final[Mapping[LeftOut, str]] = {
    LeftOut.PROSPECT: "a.id = %(prospect)s",
    LeftOut.TRIED: "a.id = ANY (ARRAY(SELECT t.account_id FROM references_candidate t"
    f" WHERE t.request_id = %(request)s AND t.state <> '{CandidateState.RELEASED.value}'))",
    LeftOut.FROZEN: "a.frozen",
    LeftOut.PAUSED: "a.paused_until > %(today)s",
    LeftOut.BUSY: "a.open_asks > 0",
    LeftOut.RESTING: "a.rests_until > %(today)s",
    LeftOut.RESERVED: f"a.id = ANY (ARRAY({_KEPT} AND r.contact_id IS NULL))",
    LeftOut.CHECK_DUE: _WORD_TOO_OLD,
}
_OF_THE_ACCOUNT = " ".join(f"WHEN {condition} THEN '{reason.value}'" for reason, condition in _REASONS.items())
_NO_REASON = " AND ".join(f"({condition}) IS NOT TRUE" for condition in _REASONS.values())
# Of each account, those who agreed to this: whether one of them is free. No row: nobody agreed.
_STANDING = f"""CASE {_OF_THE_ACCOUNT} WHEN agreed.free THEN '{MAY_BE_ASKED}'
    WHEN agreed.free IS NULL THEN '{LeftOut.NO_CONSENT.value}' ELSE '{LeftOut.BUSY.value}' END"""
_AGREED_THERE = f"""LATERAL (SELECT bool_or(({_FREE}) IS TRUE) AS free FROM references_speaker c
    WHERE c.account_id = a.id AND {_AGREED}) agreed"""
# One account after the other (OFFSET 0): joined, the database would look at every speaker there is before it stops.
_MAY_BE_ASKED = f"""{_NO_REASON}
    AND EXISTS (SELECT 1 FROM references_speaker c WHERE c.account_id = a.id AND {_AGREED} AND {_FREE} OFFSET 0)"""
# Of an account's people, one of the wished role is asked, else the one who was used least.
_SPEAKER = f"""
    SELECT c.contact_id, c.agreed_until FROM references_speaker c
    WHERE c.account_id = a.id AND {_AGREED} AND {_FREE}
    ORDER BY (%(persona)s::text <> '' AND lower(c.persona) = lower(%(persona)s)) DESC, ({_USES}), c.contact_id
    LIMIT 1"""
_MUSTS: Final[Mapping[str, str]] = {
    "must_industry": "a.industry = %(must_industry)s",
    "must_region_id": "a.region_id = %(must_region_id)s",
    "must_product_id": "EXISTS (SELECT 1 FROM references_account_products p"
    " WHERE p.account_id = a.id AND p.product_id = %(must_product_id)s)",
    "must_employees": "a.employees >= %(must_employees)s",
    "must_use_case": "a.use_cases @> ARRAY[%(must_use_case)s]::varchar[]",
    "must_persona": f"EXISTS (SELECT 1 FROM references_speaker c WHERE c.account_id = a.id AND {_AGREED}"
    f" AND {_FREE} AND lower(c.persona) = lower(%(must_persona)s))",
}


class Speaker(NamedTuple):
    """Whom to ask at one account, and until when they agreed to this."""

    account_id: int
    contact_id: int
    agreed_until: dt.date


class Counts(NamedTuple):
    """Accounts that meet the must-haves, by standing; and how many more could be asked with one must-have eased.

    Where it is not `whole`, more may meet the must-haves, and only the first were looked at.
    """

    by_standing: dict[str, int]
    more: dict[str, int]
    whole: bool


def musts_of(request: ReferenceRequest) -> dict[str, Any]:
    """Return the must-haves that are set, by field."""
    return {name: getattr(request, name) for name in _MUSTS if getattr(request, name)}


def counts(request: ReferenceRequest, *, easier_size: int) -> Counts:
    """Count the reference accounts by standing: one statement. The size is eased to `easier_size`, others dropped."""
    musts = musts_of(request)
    rows = _counting(tuple(musts)).ask({**_params(request), **musts, "easier_size": easier_size})
    by_standing = {key: n for must, key, n in rows if not must}
    return Counts(by_standing, {key: n for must, key, n in rows if must}, sum(by_standing.values()) < COUNTED_TO)


@cache
def _counting(musts: tuple[str, ...]) -> Written:
    """One question by standing, and one for each must-have that could be eased; each stops where it has counted enough.

    An answer that counts all costs seconds at a million accounts, and says no more than "very many".
    """
    there = _all([_POOL, *(_MUSTS[name] for name in musts)])
    first = f"SELECT a.* FROM references_account a WHERE {there} LIMIT {COUNTED_TO}"
    asked = [f"SELECT false, {_STANDING} AS key, count(*) FROM ({first}) a CROSS JOIN {_AGREED_THERE} GROUP BY 2"]
    for eased in musts:
        others = [_MUSTS[name] for name in musts if name != eased]
        lacks = f"({_MUSTS[eased]}) IS NOT TRUE"
        nearly = [lacks, "a.employees >= %(easier_size)s"] if eased == "must_employees" else [lacks]
        could = _all([_POOL, *others, *nearly, _MAY_BE_ASKED])
        few = f"SELECT 1 FROM references_account a WHERE {could} LIMIT {EASED_TO}"
        asked.append(f"SELECT true, '{eased}', count(*) FROM ({few}) more")
    return Written("references_speaker", " UNION ALL ".join(f"({one})" for one in asked))


def _all(conditions: Iterable[str]) -> str:
    return " AND ".join(conditions) or "true"


def nearest(request: ReferenceRequest, *, industry: str, region_id: int | None, limit: int) -> list[Speaker]:
    """Return whom to ask, account by account, where the must-haves are met and somebody may be asked: one statement.

    At most `limit`: those of this industry and region first, then the freshest.
    """
    musts = musts_of(request)
    statement = _nearest(
        tuple(musts), limit,
        region=region_id is not None,
        only_industry="must_industry" in musts and musts["must_industry"] == industry,
        only_region="must_region_id" in musts and musts["must_region_id"] == region_id,
    )  # fmt: skip
    given = {**_params(request), **musts, "near_industry": industry, "near_region": region_id}
    return [Speaker(*row) for row in statement.ask(given)]


@cache
def _nearest(musts: tuple[str, ...], limit: int, *, region: bool, only_industry: bool, only_region: bool) -> Written:
    """Tier by tier, and in each by an index that has the least tired first: nothing is read beyond `limit`.

    A tier that needs another industry or region than must be is left out.
    """
    here = "a.industry = %(near_industry)s"
    there = "a.region_id = %(near_region)s" if region else "a.region_id IS NULL"
    elsewhere = "" if only_industry else f"({here}) IS NOT TRUE"
    abroad = "" if only_region else f"({there}) IS NOT TRUE"
    tiers: list[list[tuple[str, str]]] = [[(here, there)], [(here, abroad), (elsewhere, there)], [(elsewhere, abroad)]]
    must = [_POOL, *(_MUSTS[name] for name in musts)]
    found = [_tier([_all([*must, *near]) for near in tier if all(near)], limit) for tier in tiers]
    union = " UNION ALL ".join(filter(None, found))
    return Written("references_account", f"SELECT * FROM ({union}) nearest LIMIT {limit}", one_plan=True)


def _tier(places: list[str], limit: int) -> str:
    """Return the SQL of accounts that are equally near. A LIMIT of its own keeps the order of the whole."""
    accounts = " UNION ALL ".join(f"SELECT a.* FROM references_account a WHERE {place}" for place in places)
    return accounts and (
        f"(SELECT a.id, speaker.contact_id, speaker.agreed_until FROM ({accounts}) a"
        f" CROSS JOIN LATERAL ({_SPEAKER}) speaker"
        f" WHERE {_NO_REASON}"
        f" ORDER BY a.fatigue_key NULLS FIRST, a.id LIMIT {limit})"
    )


_STANDING_OF: Final = Written(
    "references_speaker",
    f"SELECT {_STANDING}, speaker.contact_id, speaker.agreed_until"
    f" FROM references_account a CROSS JOIN {_AGREED_THERE} LEFT JOIN LATERAL ({_SPEAKER}) speaker ON true"
    " WHERE a.id = %(account)s",
)


def standing_of(request: ReferenceRequest, account_id: int) -> tuple[str, Speaker | None]:
    """Return why one account cannot be asked, empty if it can; and whom to ask, None if nobody is free.

    One statement: between two, somebody else may be given the one who was free.
    """
    ((why, contact_id, agreed_until),) = _STANDING_OF.ask({**_params(request), "account": account_id})
    return str(why), Speaker(account_id, contact_id, agreed_until) if contact_id else None


_EVERYBODY: Final = Written(
    "references_speaker",
    f"SELECT a.id, c.contact_id, ({_USES}) FROM references_account a"
    f" JOIN references_speaker c ON c.account_id = a.id AND {_AGREED} AND {_FREE}"
    f" WHERE {_POOL} AND {_NO_REASON} ORDER BY 1, 3, 2",
)


def everybody(activity: str) -> list[tuple[int, int, int]]:
    """Return everybody who may be asked for an activity, for whomever: (account, contact, asks of this quarter).

    What depends on one request is left to the reader: who is its prospect or was tried, which team keeps somebody, who
    is away on its day. A NULL in their place makes those conditions say nothing.
    """
    nobody = {"needed_by": None, "team": None, "reserved": False, "request": None, "prospect": None}
    return [(row[0], row[1], row[2]) for row in _EVERYBODY.ask({**_of_today(), "activity": activity, **nobody})]


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
        "review_due": Membership.REVIEW_DUE.value,
        "uses_cap": [state.value for state in USES_CAP],
        "today": today,
        "quarter": today - policy.now().quarter,
        "year": today - YEAR,
        "kind_cap": policy.now().kind_per_year,
        "oldest": json.dumps(oldest),
    }
