"""The pages of this room."""

from django.urls import path, re_path

from nominations import decision_views, draft_views, join_views, nominate_views, screening_views, views
from nominations.campaigns.urls import urlpatterns as campaigns
from nominations.quotas.urls import urlpatterns as quotas
from nominations.signals.urls import urlpatterns as signals
from nominations.standings import views as standings_views
from nominations.waves.urls import urlpatterns as waves

app_name = "nominations"
urlpatterns = [
    *signals,
    *campaigns,
    *waves,
    *quotas,
    path("nominations/", views.NominationList.as_view(), name="list"),
    path("nominations/new/", nominate_views.Nominate.as_view(), name="new"),
    path("nominations/accounts/", nominate_views.account_hits, name="account-hits"),
    path("nominations/colleagues/", nominate_views.colleagues, name="colleagues"),
    path("nominations/screening/", screening_views.screening, name="screening"),
    path("nominations/<str:public_id>/", views.detail, name="detail"),
    path("nominations/<str:public_id>/edit/", views.Amend.as_view(), name="edit"),
    path("nominations/<str:public_id>/answer/", views.answer, name="answer"),
    path("nominations/<str:public_id>/join/", join_views.Join.as_view(), name="join"),
    path("nominations/<str:public_id>/ask-again/", join_views.ask_again, name="ask-again"),
    path("nominations/<str:public_id>/take-up/", draft_views.TakeUp.as_view(), name="take-up"),
    path("nominations/<str:public_id>/withdraw/", views.withdraw, name="withdraw"),
    re_path(
        r"^nominations/(?P<public_id>\w+)/(?P<verb>approve|park|refuse|resume)/$", decision_views.decide, name="decide"
    ),
    path("coverage/plans/<str:public_id>/nominations/", views.plan_panel, name="plan-panel"),
    path("accounts/<str:public_id>/nominations/", views.account_panel, name="account-panel"),
    path("standings/", standings_views.standings_page, name="standings"),
]
