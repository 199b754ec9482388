"""The pages of this room."""

from django.urls import path, re_path

from awards.promotion import public_views, views

_ONE = "contests/<slug:slug>/promotion/"
_RE = r"^contests/(?P<slug>[-\w]+)/promotion/"

urlpatterns = [
    path("winners/", public_views.gallery, name="gallery"),
    path("winners/<slug:slug>/", public_views.winners, name="winners"),
    path("winners/<slug:slug>/<str:public_id>/", public_views.winner, name="winner"),
    path("winners/<slug:slug>/<str:public_id>/logo/", public_views.winner_logo, name="winner-logo"),
    re_path(
        r"^winners/(?P<slug>[-\w]+)/(?P<public_id>\w+)/(?P<name>badge\.svg|badge\.png|card\.png|quote\.png)$",
        public_views.winner_file,
        name="winner-file",
    ),
    path(_ONE, views.promotion, name="promotion"),
    path(f"{_ONE}run-of-show.pdf", views.show_on_paper, name="promotion-show-pdf"),
    re_path(rf"{_RE}text/(?P<what>press|show)/$", views.EditText.as_view(), name="promotion-text"),
    re_path(rf"{_RE}text/(?P<what>press|show)/anew/$", views.write_anew, name="promotion-anew"),
    path(f"{_ONE}<str:public_id>/", views.kit, name="promotion-kit"),
    path(f"{_ONE}<str:public_id>/words/", views.propose_words, name="promotion-words"),
    re_path(
        rf"{_RE}(?P<public_id>\w+)/(?P<name>badge\.svg|badge\.png|certificate\.pdf|card\.png|quote\.png)$",
        views.kit_file,
        name="promotion-file",
    ),
    path("contests/<slug:slug>/sponsors/<str:public_id>/names.csv", views.leads, name="sponsor-leads"),
]
