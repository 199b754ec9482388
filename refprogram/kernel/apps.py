from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "refprogram.kernel"
    label = "kernel"
