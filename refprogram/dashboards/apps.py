from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "refprogram.dashboards"
    label = "dashboards"
