"""What every noun of the program has: a public id and two dates."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils import timezone

# No vowels and no look-alikes: an id cannot spell a word and survives being read aloud.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
PUBLIC_ID_LENGTH = 12


def new_public_id() -> str:
    """Return a random id for URLs and the API: 12 characters, 57 bits."""
    return "".join([ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(PUBLIC_ID_LENGTH)])


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
