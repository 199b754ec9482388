from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "refprogram.ops"
    label = "ops"
