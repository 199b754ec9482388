"""Contests of ten thousand entries, made inside the database: one is being judged, one deliberates; one of a thousand.

Deterministic, and rows of the demo company's contest with some fields changed, as in `scale`: a new column needs no
line here. Three to five judges read an entry, of 120; every ballot has four scores, and its total follows from them.
"""

from typing import Any, Final

from django.db import connection

from awards.models import (
    Assignment,
    Ballot,
    Category,
    CategoryEntry,
    Contest,
    ContestEntry,
    Criterion,
    EntryVersion,
    Judge,
    Round,
)
from refprogram.people.enums import Role
from refprogram.people.models import Person, User
from tests.bench.scale import copies

ENTRIES: Final = 10_000
JUDGES: Final = 120
CATEGORIES: Final = 6
SMALL_ENTRIES: Final = 1000
OVER, NOW, SMALL = "bench-over", "bench-now", "bench-small"

# Who reads what, and what they say: `n` numbers the pairs, three to five of an entry. Levels of 1 to 5 come from how
# good the entry is, how generous the judge, and a little chance; the last is a hash: the same again.
WORK: Final = """
CREATE TEMP TABLE bench_work AS
SELECT row_number() OVER (ORDER BY e, k) AS n, e, j, w, {levels} FROM (
  SELECT e, k, 1 + (e * 7919 / 13 + k * 29) %% %(judges)s AS j, 2.2 + (e * 104729 %% 997) / 415.0 AS w
  FROM generate_series(1, %(entries)s) e, generate_series(0, 4) k WHERE k < 3 + e %% 3
) pairs"""
LEVEL: Final = (
    "greatest(1, least(5, round(w + ((j * 37) %% 19 - 9) / 9.0"
    " + ((hashtext(e || ':' || j || ':{at}') & 1023) - 512) / 400.0)))::int AS l{at}"
)
# A row like the template `t` for each row of a table of work `s`, with some fields changed.
MADE_OF: Final = """
INSERT INTO {table} SELECT made.* FROM {table} t, bench_work s,
LATERAL jsonb_populate_record(t, jsonb_build_object({fields})) made WHERE t.id = %(template)s {only}"""

CONTEST: Final = {
    "id": "%(base)s + n",
    "public_id": "'bc' || lpad(%(nth)s::text, 10, '0')",
    "slug": "%(slug)s",
    "name": "%(slug)s",
    "series": "%(slug)s",
    "state": "%(state)s",
}
CATEGORY: Final = {
    "id": "%(base)s + n",
    "public_id": "'bk' || %(nth)s || lpad(n::text, 9, '0')",
    "contest_id": "%(contest)s",
    "slug": "'field-' || n",
    "name": "'Field ' || n",
    "precedence": "n",
}
ROUND: Final = {
    "id": "%(base)s + n",
    "public_id": "'bo' || lpad(%(nth)s::text, 10, '0')",
    "contest_id": "%(contest)s",
    "closed_at": "CASE WHEN %(over)s THEN now() END",
}
CRITERION: Final = {"id": "%(base)s + n", "public_id": "'bt' || %(nth)s || lpad(%(place)s::text, 9, '0')",
                    "round_id": "%(round)s"}  # fmt: skip
PERSON: Final = {
    "id": "%(base)s + n",
    "public_id": "'bp' || %(nth)s || lpad(n::text, 9, '0')",
    "name": "'Judge ' || n",
    "email": "'j' || n || '@' || %(slug)s || '.example'",
}
JUDGE: Final = {
    "id": "%(base)s + n",
    "public_id": "'bj' || %(nth)s || lpad(n::text, 9, '0')",
    "contest_id": "%(contest)s",
    "person_id": "CASE WHEN n = 1 AND NOT %(over)s THEN %(ours)s ELSE %(persons)s + n END",
    "state": "CASE WHEN %(over)s THEN 'completed' ELSE 'active' END",
    "number": "n",
    "load_cap": "500",
}
ENTRY: Final = {
    "id": "%(base)s + n",
    "public_id": "'be' || %(nth)s || lpad(n::text, 9, '0')",
    "contest_id": "%(contest)s",
    "account_id": "(%(accounts)s::bigint[])[1 + n %% cardinality(%(accounts)s::bigint[])]",
    "code": "%(nth)s || lpad(upper(to_hex(n * 7919)), 7, '0')",
    "title": "'How number ' || n || ' saved ' || n %% 90 || ' hours a week'",
    "invite_id": "NULL::bigint",
    "answer_id": "NULL::bigint",
    "contact_id": "NULL::bigint",
}
VERSION: Final = {"id": "%(base)s + n", "entry_id": "%(entries_base)s + n"}
PLACE: Final = {
    "id": "%(base)s + n",
    "public_id": "'bl' || %(nth)s || lpad(n::text, 9, '0')",
    "entry_id": "%(entries_base)s + n",
    # Half of all compete in the first field, so that one order is long.
    "category_id": "%(categories)s + 1 + CASE WHEN n %% 2 = 0 THEN 0 ELSE (n / 2) %% %(others)s + 1 END",
    "state": "'in_round'",
    "round_number": "1",
}
GIVEN: Final = {
    "id": "%(base)s + s.n",
    "public_id": "'bg' || %(nth)s || lpad(s.n::text, 9, '0')",
    "round_id": "%(round)s",
    "place_id": "%(places)s + s.e",
    "judge_id": "%(judges_base)s + s.j",
    "state": "CASE WHEN %(over)s THEN 'locked' WHEN s.n %% 2 = 0 THEN 'submitted' ELSE 'released' END",
    "order": "(s.n * 7919) %% 100003",
}
SAID: Final = {
    "id": "%(base)s + s.n",
    "public_id": "'bb' || %(nth)s || lpad(s.n::text, 9, '0')",
    "assignment_id": "%(given)s + s.n",
    "state": "CASE WHEN %(over)s THEN 'locked' ELSE 'submitted' END",
    "total": "round((35 * (s.l0 - 1) + 25 * (s.l1 - 1) + 20 * (s.l2 - 1) + 20 * (s.l3 - 1)) / 4.0, 6)",
    "active_seconds": "120 + (s.n * 31) %% 600",
}
SCORED: Final = """
INSERT INTO awards_score (ballot_id, criterion_id, value, na, comment)
SELECT %(ballots)s + s.n, %(criteria)s + 1 + x.at, x.level, false, ''
FROM bench_work s, LATERAL (VALUES (0, s.l0), (1, s.l1), (2, s.l2), (3, s.l3)) x(at, level) WHERE TRUE {only}"""
# What triggers would have kept.
KEPT: Final = """
INSERT INTO awards_placework SELECT s.* FROM awards_placework_said s
WHERE NOT EXISTS (SELECT 1 FROM awards_placework k WHERE k.place_id = s.place_id)"""
SEQUENCES: Final = (
    *("awards_contest", "awards_category", "awards_round", "awards_criterion", "awards_judge", "awards_contestentry"),
    *("awards_entryversion", "awards_categoryentry", "awards_assignment", "awards_ballot", "people_person"),
)


def fill(entries: int = ENTRIES, judges: int = JUDGES) -> None:
    """Make the contests, unless they are there."""
    if Contest.objects.filter(slug=OVER).exists():
        return
    template = Contest.objects.get(state="judging")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no triggers: nothing of this is history
        levels = ", ".join(LEVEL.format(at=at) for at in range(4))
        cursor.execute(WORK.format(levels=levels), {"entries": entries, "judges": judges})
        cursor.execute("ANALYZE bench_work")
        wanted = ((OVER, "deliberation", entries), (NOW, "judging", entries), (SMALL, "deliberation", SMALL_ENTRIES))
        for nth, (slug, state, count) in enumerate(wanted, 1):
            facts = {"nth": nth, "slug": slug, "state": state, "over": state == "deliberation", "entries": count}
            _contest(cursor, template, facts, judges)
        cursor.execute("DROP TABLE bench_work")
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute(KEPT)
        for table in SEQUENCES:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        cursor.execute("VACUUM ANALYZE")


def _contest(cursor: Any, like: Contest, facts: dict[str, Any], judges: int) -> None:
    entries = facts["entries"]
    round_ = Round.objects.get(contest=like)
    entry = ContestEntry.objects.filter(contest=like, anchor=False, account__isnull=False).order_by("pk")[0]
    accounts = ContestEntry.objects.filter(account__isnull=False).values_list("account", flat=True).order_by("pk")
    facts["accounts"] = sorted(set(accounts))
    facts["ours"] = User.objects.get(role=Role.JUDGE).person_id
    facts["others"] = CATEGORIES - 1
    facts["contest"] = copies(cursor, Contest, like.pk, CONTEST, 1, facts) + 1
    category = Category.objects.filter(contest=like).order_by("pk")[0]
    facts["categories"] = copies(cursor, Category, category.pk, CATEGORY, CATEGORIES, facts)
    facts["round"] = copies(cursor, Round, round_.pk, ROUND, 1, facts) + 1
    for place, criterion in enumerate(Criterion.objects.filter(round=round_).order_by("position")):
        last = copies(cursor, Criterion, criterion.pk, CRITERION, 1, facts | {"place": place})
        facts.setdefault("criteria", last)
    person = Judge.objects.filter(contest=like, state="active").exclude(person=facts["ours"]).order_by("pk")[0]
    facts["persons"] = copies(cursor, Person, person.person_id, PERSON, judges, facts)
    facts["judges_base"] = copies(cursor, Judge, person.pk, JUDGE, judges, facts)
    facts["entries_base"] = copies(cursor, ContestEntry, entry.pk, ENTRY, entries, facts)
    copies(cursor, EntryVersion, EntryVersion.objects.get(entry=entry).pk, VERSION, entries, facts)
    place_ = CategoryEntry.objects.filter(entry=entry).order_by("pk")[0]
    facts["places"] = copies(cursor, CategoryEntry, place_.pk, PLACE, entries, facts)
    _judged(cursor, round_, facts)


def _judged(cursor: Any, like: Round, facts: dict[str, Any]) -> None:
    mine = "AND s.e <= %(entries)s"
    only = mine if facts["over"] else f"{mine} AND s.n %% 2 = 0"  # where judging goes on, half of the ballots are in
    given = Assignment.objects.filter(round=like).order_by("pk")[0]
    said = Ballot.objects.filter(assignment__round=like, current=True, state="submitted").order_by("pk")[0]
    facts["given"] = _of_work(cursor, Assignment, given.pk, GIVEN, facts, mine)
    facts["ballots"] = _of_work(cursor, Ballot, said.pk, SAID, facts, only)
    cursor.execute(SCORED.format(only=only), facts)


def _of_work(cursor: Any, model: Any, template: int, fields: dict[str, str], facts: dict[str, Any], only: str) -> int:
    """Copy a row for each piece of work; return the id that the copies begin after."""
    table = model._meta.db_table
    base = model.objects.order_by("-pk").values_list("pk", flat=True)[0]
    said = ", ".join(f"'{name}', {value}" for name, value in fields.items())
    cursor.execute(MADE_OF.format(table=table, fields=said, only=only), {**facts, "base": base, "template": template})
    return int(base)
