"""F: the least a Django page can cost. CommonMiddleware only, no session, one indexed SELECT, 25 rows, plain template.

A WSGI entry of its own, on the same Postgres as the program: `gunicorn tests.bench.floor_wsgi:application`.
"""

import django
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from refprogram.ops import places

PAGE = """<!doctype html><title>floor</title><table>{% for r in rows %}
<tr><td><a href="/a/{{ r.id }}">{{ r.name }}</a></td><td>{{ r.industry }}</td><td>{{ r.region }}</td>
<td>{{ r.score }}</td><td>{{ r.tier }}</td><td>{{ r.created }}</td></tr>{% endfor %}</table>"""
ROWS = 100_000
FIND = (
    "SELECT id, name, industry, region, score, tier, created FROM floor_account"
    " WHERE region = %s ORDER BY score DESC, id LIMIT 25"
)
FILL = (
    "CREATE TABLE floor_account"
    " (id bigint PRIMARY KEY, name text, industry int, region int, score int, tier text, created timestamptz)",
    "INSERT INTO floor_account SELECT i, 'Account number ' || i, i % 40, i % 12, (i * 7919) % 100000,"
    " (ARRAY['gold', 'silver', 'bronze'])[1 + i % 3], now() - i * interval '1 minute'"
    f" FROM generate_series(1, {ROWS}) i",
    "CREATE INDEX ON floor_account (region, score DESC, id)",
    "ANALYZE floor_account",
)


def rows(request: HttpRequest) -> HttpResponse:
    """The one page."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [3])
        names = [column[0] for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return render(request, "rows.html", {"rows": found})


def fill() -> None:
    """Make the floor's table, in the program's own database."""
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement)


def _configure() -> None:
    loader = ("django.template.loaders.locmem.Loader", {"rows.html": PAGE})
    settings.configure(
        DEBUG=False,
        SECRET_KEY="floor",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.bench.floor_urls",
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "HOST": str(places.postgres_socket_dir()),
                "USER": places.POSTGRES_USER,
                "NAME": places.POSTGRES_DB,
                "CONN_MAX_AGE": 600,
            }
        },
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", [loader])]},
            }
        ],
        INSTALLED_APPS=[],
    )
    django.setup()


if not settings.configured:
    _configure()
