"""How long the ground keeps what: forms sent, keys, uploads, drafts, links, sessions."""

from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.api_once import KEPT
from refprogram.kernel.enums import AnswerState
from refprogram.kernel.files import services as files
from refprogram.kernel.models import FormAnswer, IdempotencyKey, SignedLink, StoredFile, SubmittedForm
from refprogram.kernel.retention import Policy


def _remove_files(rows: list[Any]) -> None:
    for file in rows:
        files.remove(file=file)


POLICIES = [
    Policy(
        "sent_forms",
        _("Keys of forms that were sent"),
        7,
        _("So that a form sent twice does nothing twice; nobody sends it again after a week."),
        lambda before: SubmittedForm.objects.filter(at__lt=before),
    ),
    Policy(
        "idempotency_keys",
        _("Answers kept for a repeated call over the API"),
        KEPT.days,
        _("So that a repeated call does nothing twice; they hold what the call answered."),
        lambda before: IdempotencyKey.objects.filter(created_at__lt=before),
    ),
    Policy(
        "unused_uploads",
        _("Files that were uploaded and used nowhere"),
        int(files.UNATTACHED.days),
        _("Nobody misses them, and nobody could find them."),
        lambda before: StoredFile.objects.filter(
            subject_id__isnull=True, removed_at__isnull=True, created_at__lt=before
        ),
        _remove_files,
    ),
    Policy(
        "form_drafts",
        _("Answers that were begun and never sent"),
        365,
        _("Who comes back within a year finds what they wrote; what was never sent is not ours to keep."),
        lambda before: FormAnswer.objects.filter(state=AnswerState.DRAFT, updated_at__lt=before),
    ),
    Policy(
        "dead_links",
        _("Links from mails that expired or were withdrawn"),
        90,
        _("For three months a late click is still told why it opens nothing."),
        lambda before: SignedLink.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)),
    ),
    Policy(
        "sessions",
        _("Sign-ins that ran out"),
        0,
        _("They open nothing any more."),
        lambda before: Session.objects.filter(expire_date__lt=before),
    ),
]
