"""The pages of this room."""

from django.urls import path, re_path

from nominations import decision_views, screening_views, views
from nominations.standings import views as standings_views

app_name = "nominations"
urlpatterns = [
    path("nominations/", views.NominationList.as_view(), name="list"),
    path("nominations/new/", views.Nominate.as_view(), name="new"),
    path("nominations/accounts/", views.account_hits, name="account-hits"),
    path("nominations/screening/", screening_views.screening, name="screening"),
    path("nominations/<str:public_id>/", views.detail, name="detail"),
    path("nominations/<str:public_id>/edit/", views.Amend.as_view(), name="edit"),
    path("nominations/<str:public_id>/answer/", views.answer, name="answer"),
    path("nominations/<str:public_id>/withdraw/", views.withdraw, name="withdraw"),
    re_path(
        r"^nominations/(?P<public_id>\w+)/(?P<verb>approve|park|refuse|resume)/$", decision_views.decide, name="decide"
    ),
    path("accounts/<str:public_id>/nominations/", views.account_panel, name="account-panel"),
    path("standings/", standings_views.standings_page, name="standings"),
]
