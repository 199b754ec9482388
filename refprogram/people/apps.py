from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "refprogram.people"
    label = "people"
