"""An address is found by its first word exactly as Django finds it one pattern after the other."""

import pytest
from django.http import HttpResponse
from django.urls import Resolver404, URLResolver, include, path, re_path, reverse
from django.urls.resolvers import RegexPattern

from refprogram.kernel.address_book import by_first_word


def page(request, **given):
    return HttpResponse()


ROOMS = [
    path("", include(([path("", page, name="home"), path("one/", page, name="one")], "first"))),
    path("", include(([path("one/<str:key>/", page, name="row"), path("one/new/", page, name="late")], "second"))),
    path("two/", include(([path("", page, name="start"), path("<int:n>/", page, name="number")], "third"))),
    path("three", include([path("/deep/", page, name="deep")])),
    path("health", page, name="health"),
    re_path(r"^one/(?P<key>[a-z]+)/more/$", page, name="more"),
    re_path(r"^four|^one/five/", page, name="either"),
    re_path(r"(?:six)/$", page, name="anywhere"),
    path("<slug:any>/tail/", page, name="any"),
    by_first_word("api/", [path("rows", page, name="rows"), path("rows/<str:key>", page, name="api-row")]),
]
PLAIN = URLResolver(RegexPattern(r"^/"), ROOMS)
QUICK = URLResolver(RegexPattern(r"^/"), [by_first_word("", ROOMS)])


def found(resolver, address):
    try:
        match = resolver.resolve(address)
    except Resolver404:
        return None
    return match.view_name, match.args, match.kwargs, match.route, match.namespaces


@pytest.mark.parametrize(
    "address",
    [
        *("/", "//", "/one/", "/one/new/", "/one/x/", "/one/abc/more/", "/one/five/", "/four", "/fourteen", "/x/six/"),
        *("/two/", "/two/7/", "/two/x/", "/three/deep/", "/threefold/deep/", "/health", "/health/", "/new/tail/"),
        *("/api/rows", "/api/rows/k", "/api/", "/api", "/nowhere/", "/one", "/one/a/b/c/", "/ÿ/tail/", "/three/tail/"),
    ],
)
def test_it_is_what_django_finds(address):
    assert found(QUICK, address) == found(PLAIN, address)


def test_what_is_not_there_is_not_found():
    with pytest.raises(Resolver404):
        QUICK.resolve("/nowhere/")


def test_of_two_that_match_the_first_is_taken():
    assert found(QUICK, "/one/new/")[:3] == ("second:row", (), {"key": "new"})


def test_addresses_are_written_as_before():
    assert reverse("kernel:link", args=["x"]).endswith("/x/")
