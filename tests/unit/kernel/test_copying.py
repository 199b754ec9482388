"""Rows that are copied arrive as they are, column by column of whatever kind."""

import pytest
from django.db import connection

from refprogram.kernel.copying import copy_rows

ROWS = [
    (1, True, 0.1, "a\tb\\c\nd\re", {"n": [1, "ü\t"]}, None),
    (2, False, None, "", [], "\\N"),
    (3, None, -1e-7, "plain", {}, "x"),
]


@pytest.mark.django_db
def test_what_is_copied_comes_out_again() -> None:
    """Numbers, yes and no, nothing, texts with what COPY itself uses, JSON."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE copied (a int, b boolean, c float8, d text, e jsonb, f text) ON COMMIT DROP")
        copy_rows("copied", ("a", "b", "c", "d", "e", "f"), iter(ROWS))
        copy_rows("copied", ("a",), [])
        cursor.execute("SELECT a, b, c, d, e::text::json, f FROM copied ORDER BY a")
        assert cursor.fetchall() == [tuple(row) for row in ROWS]
