"""The floor's WSGI entry; its settings stand in tests.bench.floor, which is read first."""

from django.core.wsgi import get_wsgi_application

from tests.bench import floor

assert floor.rows
application = get_wsgi_application()
