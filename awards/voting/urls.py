"""The pages of the public vote: below `/awards/` for everybody, below the contest for who runs it."""

from django.urls import path, re_path

from awards.voting import public_views, views

_ONE = "contests/<slug:slug>/votes/"

urlpatterns = [
    path("awards/<slug:slug>/vote/", public_views.vote, name="vote"),
    path("awards/<slug:slug>/vote/<str:code>/", public_views.choose, name="vote-for"),
    path(_ONE, views.votes, name="votes"),
    path(f"{_ONE}all/", views.VoteList.as_view(), name="votes-list"),
    path(f"{_ONE}take-out/", views.TakeOut.as_view(), name="votes-void"),
    re_path(r"^contests/(?P<slug>[-\w]+)/votes/group/(?P<verb>aside|count)/$", views.group, name="votes-group"),
    re_path(
        r"^contests/(?P<slug>[-\w]+)/votes/result/(?P<verb>count|agree|back|tell|revoke|beside|wait)/$", views.result,
        name="votes-result",
    ),
]  # fmt: skip
