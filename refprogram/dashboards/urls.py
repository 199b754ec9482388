"""The roof's pages, and what machines ask."""

from django.urls import path

from refprogram.dashboards import board_views, health, metric_views, snapshot_views, styleguide, views
from refprogram.dashboards.mailing import views as mail_views

app_name = "dashboards"
urlpatterns = [
    path("", views.my_desk, name="desk"),
    path("nav/counts/", views.nav_counts, name="nav-counts"),
    path("search/", views.find, name="search"),
    path("dashboards/", views.executive, name="executive"),
    path("dashboards/program/", board_views.program, name="program"),
    path("dashboards/sales/", board_views.sales_board, name="sales"),
    path("dashboards/jury/", board_views.jury_board, name="jury"),
    path("dashboards/support/", board_views.support_board, name="support"),
    path("dashboards/targets/", views.Targets.as_view(), name="targets"),
    path("dashboards/influenced/", views.Influenced.as_view(), name="influenced"),
    path("dashboards/metrics/", metric_views.dictionary, name="dictionary"),
    path("dashboards/metrics/count/", metric_views.count_now, name="count-now"),
    path("dashboards/metrics/<str:key>/", metric_views.metric, name="metric"),
    path("dashboards/readings/", metric_views.Readings.as_view(), name="readings"),
    path("dashboards/deals/", metric_views.ClosedDeals.as_view(), name="deals"),
    path("dashboards/kept/", snapshot_views.Snapshots.as_view(), name="snapshots"),
    path("dashboards/kept/new/", snapshot_views.Keep.as_view(), name="keep"),
    path("dashboards/kept/<str:public_id>/", snapshot_views.snapshot, name="snapshot"),
    path("dashboards/mails/", mail_views.Mails.as_view(), name="mails"),
    path("dashboards/mails/new/", mail_views.NewMail.as_view(), name="new-mail"),
    path("dashboards/mails/<str:public_id>/", mail_views.ChangeMail.as_view(), name="mail"),
    path("dashboards/mails/<str:public_id>/end/", mail_views.end, name="end-mail"),
    path("dashboards/paper/", snapshot_views.order_paper, name="order-paper"),
    path("dashboards/paper/<str:public_id>/", snapshot_views.board_paper, name="paper"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("health/live/", health.live, name="live"),
    path("health/ready/", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
]
