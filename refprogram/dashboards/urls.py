"""The roof's pages, and what machines ask."""

from django.urls import path

from refprogram.dashboards import health, styleguide, views

app_name = "dashboards"
urlpatterns = [
    path("", views.my_desk, name="desk"),
    path("nav/counts/", views.nav_counts, name="nav-counts"),
    path("search/", views.find, name="search"),
    path("dashboards/", views.executive, name="executive"),
    path("dashboards/targets/", views.Targets.as_view(), name="targets"),
    path("dashboards/influenced/", views.Influenced.as_view(), name="influenced"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("health/live/", health.live, name="live"),
    path("health/ready/", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
]
