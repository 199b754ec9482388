from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "refprogram.notices"
    label = "notices"
