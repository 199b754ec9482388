"""Writing imported contacts: a person is known by mail address, a contact by person and account."""

from collections.abc import Container, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from references.accounts.enums import Membership
from references.exchange.loading import Column, Loaded, stage

_PERSONS_CHANGED = """
UPDATE people_person p SET {sets}, updated_at = %s
FROM stage s, references_contact c
WHERE lower(p.email) = s.email AND c.person_id = p.id AND c.account_id = s.account_id
  AND ({old}) IS DISTINCT FROM ({new})
"""
_PERSONS_NEW = """
INSERT INTO people_person (public_id, created_at, updated_at, name, email, title, phone, time_zone, language)
SELECT s.public_id, %s, %s, s.name, s.email, s.title, s.phone, '', '' FROM stage s
WHERE NOT EXISTS (SELECT 1 FROM people_person p WHERE lower(p.email) = s.email)
"""
_CONTACTS_NEW = """
INSERT INTO references_contact (public_id, created_at, updated_at, account_id, person_id, state, willing, persona,
                                seniority, languages, topics_yes, topics_no, caps, blackouts, assistant_name,
                                assistant_email)
SELECT s.public_id, %s, %s, s.account_id, p.id, %s, '{}', '', '', '{}', '{}', '{}', '{}', '[]', '', ''
FROM stage s JOIN people_person p ON lower(p.email) = s.email
ON CONFLICT (account_id, person_id) DO NOTHING
"""


def load_contacts(rows: Sequence[dict[str, Any]], *, accept: Container[str]) -> Loaded:
    """Write contacts of known accounts in the caller's transaction.

    Only the columns in `accept` are touched, and only of who is this account's contact already: somebody known from
    another account becomes a contact here as well, and keeps name and title.
    """
    if not rows:
        return Loaded()
    columns = [
        Column("email", "text", [row["email"] for row in rows]),
        Column("name", "text", [row["name"] for row in rows]),
        Column("title", "text", [row.get("title", "") for row in rows]),
        Column("phone", "text", [row.get("phone", "") for row in rows]),
        Column("account_id", "bigint", [row["account"] for row in rows]),
    ]
    now = timezone.now()
    with connection.cursor() as cursor:
        stage(cursor, columns, len(rows))
        cursor.execute(_persons_changed(accept), [now])
        updated = cursor.rowcount
        cursor.execute(_PERSONS_NEW, [now, now])
        cursor.execute(_CONTACTS_NEW, [now, now, Membership.IDENTIFIED.value])
        created = cursor.rowcount
    return Loaded(created=created, updated=updated, unchanged=len(rows) - created - updated)


def _persons_changed(accept: Container[str]) -> str:
    names = [name for name in ("name", "title", "phone") if name in accept]
    return _PERSONS_CHANGED.format(
        sets=", ".join(f"{n} = s.{n}" for n in names),
        old=", ".join(f"p.{n}" for n in names),
        new=", ".join(f"s.{n}" for n in names),
    )
