"""Making users: a user always has a person."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.base_user import BaseUserManager
from django.db import transaction

if TYPE_CHECKING:
    from refprogram.people.models import User


class UserManager(BaseUserManager["User"]):
    """Creates the person with the user."""

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, *, name: str = "", **fields: Any) -> "User":
        """Create a user and, unless one is given as `person`, its person."""
        person = fields.pop("person", None)
        address = self.normalize_email(email).lower()
        if person is None:
            person = apps.get_model("people", "Person").objects.create(name=name or address, email=address)
        user = self.model(person=person, email=address, **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an administrator who may open /admin/."""
        return self.create_user(email, password, role="admin", is_staff=True, is_superuser=True, **fields)
