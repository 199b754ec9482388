"""The floor's one address."""

from django.urls import path

from tests.bench.floor import rows

urlpatterns = [path("rows", rows)]
