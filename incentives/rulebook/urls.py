"""The pages of rules and pots."""

from django.urls import path

from incentives.rulebook import pot_views, views, writing_views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/new/", writing_views.NewRule.as_view(), name="new-rule"),
    path("rules/stop/", views.stop_all, name="stop-rules"),
    path("rules/pots/", pot_views.pots, name="pots"),
    path("rules/pots/new/", pot_views.NewPot.as_view(), name="new-pot"),
    path("rules/pots/<str:public_id>/fill/", pot_views.FillPot.as_view(), name="fill-pot"),
    path("rules/<str:public_id>/", views.rule, name="rule"),
    path("rules/<str:public_id>/change/", writing_views.ChangeRule.as_view(), name="change-rule"),
    path("rules/<str:public_id>/start/", views.start, name="start-rule"),
    path("rules/<str:public_id>/stop/", views.stop, name="stop-rule"),
]
