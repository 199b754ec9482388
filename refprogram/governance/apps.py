from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "refprogram.governance"
    label = "governance"
