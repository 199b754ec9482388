"""The one shape of an amount of money: up to a trillion of the program's currency, to the cent."""

from typing import Any

from django.db import models


class MoneyField(models.DecimalField):
    """A decimal of 14 digits, two of them behind the point. The currency is `settings.CURRENCY`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 14, "decimal_places": 2, **kwargs})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Say to migrations that it is a plain decimal."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DecimalField", args, kwargs
