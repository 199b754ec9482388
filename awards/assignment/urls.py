"""The pages of this room."""

from django.urls import path, re_path

from awards.assignment import views

urlpatterns = [
    path("contests/judging/panels/<str:public_id>/", views.panel_run, name="panel-run"),
    re_path(
        r"^contests/judging/panels/(?P<public_id>\w+)/(?P<verb>release|discard)/$", views.panel_verb, name="panel-verb"
    ),
    path("contests/<slug:slug>/judging/panels/", views.panels, name="panels"),
    path("contests/<slug:slug>/judging/panels/divide/", views.divide, name="panels-divide"),
]
