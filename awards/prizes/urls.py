"""The pages of this room."""

from django.urls import URLPattern, URLResolver, path

from awards.prizes import views

GRANT = "contests/<slug:slug>/prizes/grants/<str:public_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("contests/<slug:slug>/prizes/", views.prizes, name="prizes"),
    path("contests/<slug:slug>/prizes/fund/", views.PayFrom.as_view(), name="prizes-fund"),
    path("contests/<slug:slug>/prizes/do/<slug:verb>/", views.prizes_verb, name="prizes-verb"),
    path(GRANT, views.prize_grant, name="prize-grant"),
    path(f"{GRANT}arrange/", views.Arrange.as_view(), name="prize-arrange"),
    path(f"{GRANT}instead/", views.Instead.as_view(), name="prize-instead"),
    path(f"{GRANT}told/", views.Told.as_view(), name="prize-told"),
    path(f"{GRANT}do/<slug:verb>/", views.grant_verb, name="prize-verb"),
]
