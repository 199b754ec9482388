"""The import against plain code that does the least: parse, check types, stage, upsert; same rows, same indexes."""

import csv
import io
import random
import time

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from references.accounts.models import Account
from references.accounts.names import match_key
from references.exchange import services
from references.exchange.models import ImportKind
from references.exchange.specs import SPECS, guess_columns
from refprogram.kernel import sheets
from refprogram.kernel.models import new_public_id

# The columns of the copy that come from the file, in the order of the staging table.
STAGED = ("public_id", "match_key", "name", "external_ref", "industry", "employees", "country")


def table_of(rows: int) -> bytes:
    """Return a CSV of accounts that do not exist yet."""
    chance = random.Random(rows)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["account", "account id", "sector", "employees", "office_location"])
    for number in range(rows):
        employees = chance.randrange(10, 90_000)
        writer.writerow([f"Bench company {number} {chance.random()}", f"B-{number}", "retail", employees, "Japan"])
    return out.getvalue().encode()


def ours(content: bytes) -> float:
    """Return the seconds of the program's own way, rolled back afterwards."""
    began = time.perf_counter()
    with transaction.atomic():
        sheet = sheets.read(content)
        spec = SPECS[ImportKind.ACCOUNTS]
        columns = guess_columns(spec, sheet.header)
        checked = services.check(spec, sheet, columns)
        services.write(spec, checked, columns, keep_good=False, source=None)
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return took


def plain(content: bytes) -> float:
    """Return the seconds of the least that has to be done, into a copy of the table with its indexes."""
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE plain (LIKE references_account INCLUDING ALL) ON COMMIT DROP")
        _default_the_rest(cursor)
        cursor.execute(
            "CREATE TEMP TABLE staged (p text, k text, n text, r text, i text, e int, c text) ON COMMIT DROP"
        )
        text = io.StringIO()
        for name, ref, industry, employees, country in list(csv.reader(io.StringIO(content.decode())))[1:]:
            row = (new_public_id(), match_key(name), name, ref, industry, str(int(employees)), country)
            text.write("\t".join(row) + "\n")
        text.seek(0)
        cursor.copy_expert("COPY staged FROM STDIN", text)
        cursor.execute(
            f"INSERT INTO plain (created_at, updated_at, {', '.join(STAGED)})"
            " SELECT now(), now(), p, k, n, r, i, e, c FROM staged"
            " ON CONFLICT (external_ref) DO UPDATE SET name = excluded.name, updated_at = now()"
        )
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    return took


def _default_the_rest(cursor: CursorWrapper) -> None:
    """Give the copy of the table what Django adds to a new account by itself."""
    for field in Account._meta.concrete_fields:
        if not field.null and not field.primary_key and field.column not in STAGED:
            value = field.get_db_prep_save(field.get_default(), connection)
            cursor.execute(f'ALTER TABLE plain ALTER COLUMN "{field.column}" SET DEFAULT %s', [value])
