"""What every noun of the program has: a public id and two dates."""

import functools
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.encoding import force_str

# No vowels and no look-alikes: an id cannot spell a word and survives being read aloud.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
PUBLIC_ID_LENGTH = 12


def new_public_id() -> str:
    """Return a random id for URLs and the API: 12 characters, 57 bits."""
    return "".join([ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(PUBLIC_ID_LENGTH)])


@functools.cache
def words_of_choices(field: "models.Field[Any, Any]") -> Mapping[Any, Any]:
    """Return how each value of a field with choices reads, not yet translated."""
    return dict(field.flatchoices)


class Noun(models.Model):
    """Base of main nouns: bigint inside, `public_id` outside."""

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save; `updated_at` moves along even when only some fields are named."""
        if update_fields is not None:
            update_fields = {*update_fields, "updated_at"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def _get_FIELD_display(self, field: "models.Field[Any, Any]") -> str:  # noqa: N802 - Django's name
        """Return how the value of a field reads; Django itself would translate all its choices to find the one."""
        value = getattr(self, field.attname)
        return force_str(words_of_choices(field).get(value, value), strings_only=True)
