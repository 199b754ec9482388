"""The pages of this room."""

from django.urls import path, re_path

from awards.results.views import pages, taking
from awards.results.views.signing import Certify

urlpatterns = [
    path("contests/<slug:slug>/results/", pages.results, name="results"),
    re_path(
        r"^contests/(?P<slug>[-\w]+)/results/do/(?P<verb>compute|propose|ask|publish|advance)/$",
        pages.verb,
        name="results-verb",
    ),
    path("contests/<slug:slug>/results/<slug:category>/", pages.results_category, name="results-category"),
    path("contests/<slug:slug>/results/<slug:category>/method/", pages.method, name="results-method"),
    path("contests/<slug:slug>/results/<slug:category>/ways/", pages.ways, name="results-ways"),
    re_path(
        r"^contests/(?P<slug>[-\w]+)/results/(?P<category>[-\w]+)/results\.(?P<form>csv|xlsx|json)$",
        taking.take,
        name="results-take",
    ),
    path("contests/<slug:slug>/results/<slug:category>/review/", pages.review, name="results-review"),
    path("contests/<slug:slug>/results/<slug:category>/chair/", pages.chair, name="results-chair"),
    path("contests/<slug:slug>/results/<slug:category>/certify/", Certify.as_view(), name="certify"),
    re_path(
        r"^contests/(?P<slug>[-\w]+)/results/awards/(?P<public_id>\w+)/(?P<verb>notify|revoke)/$",
        pages.award_verb,
        name="award-verb",
    ),
]
