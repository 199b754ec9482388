"""The pages of this room."""

from django.urls import path

from incentives import ledger_views, rule_views, views

app_name = "incentives"
urlpatterns = [
    path("rewards/", views.rewards, name="rewards"),
    path("rewards/leaderboard/", views.leaderboard, name="leaderboard"),
    path("rules/", rule_views.rules, name="rules"),
    path("rules/new/", rule_views.NewRule.as_view(), name="new-rule"),
    path("rules/<str:public_id>/", rule_views.rule, name="rule"),
    path("rules/<str:public_id>/change/", rule_views.ChangeRule.as_view(), name="change-rule"),
    path("rules/<str:public_id>/start/", rule_views.start, name="start-rule"),
    path("rules/<str:public_id>/stop/", rule_views.stop, name="stop-rule"),
    path("ledger/", ledger_views.LedgerList.as_view(), name="ledger"),
    path("ledger/<str:public_id>/", ledger_views.entry, name="entry"),
    path("ledger/<str:public_id>/reverse/", ledger_views.reverse_entry, name="reverse-entry"),
]
