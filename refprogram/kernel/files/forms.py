"""A form's file: sent ahead with progress where scripts run, else with the form; never lost to an error."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.files import addresses, selectors, services
from refprogram.kernel.files.kinds import policy_of
from refprogram.kernel.models import StoredFile


@dataclass(frozen=True)
class Sender:
    """Who fills in the form: a signed-in user, or the person behind a signed link."""

    user: Any = None
    person_id: int | None = None

    @property
    def known(self) -> bool:
        """Whether there is somebody to whom an upload can belong."""
        return self.user is not None or self.person_id is not None


@dataclass(frozen=True)
class Sent:
    """What came with the form: a file, or the id of one that was sent ahead."""

    upload: UploadedFile | None
    kept: str


class StoredFileWidget(forms.Widget):
    """The file input with its drop zone (components/upload.html)."""

    needs_multipart_form = True

    def __init__(self, purpose: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.purpose = purpose
        self.sender = Sender()
        self.kept: StoredFile | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        """Draw the input, and what was sent already."""
        policy = policy_of(self.purpose)
        sender = self.sender
        context = {
            "name": name,
            "attrs": self.build_attrs(self.attrs, attrs),
            "kept": self.kept,
            "policy": policy,
            "upload_url": addresses.ticket(purpose=self.purpose, user=sender.user, person_id=sender.person_id)
            if sender.known
            else "",
        }
        return render_to_string("components/upload.html", context)

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, UploadedFile], name: str) -> Sent:
        """Read both: a file that came with the form wins."""
        return Sent(files.get(name) if files else None, data.get(f"{name}-kept", ""))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Say whether nothing was sent."""
        return name not in files and f"{name}-kept" not in data

    def use_required_attribute(self, initial: Any) -> bool:
        """A file that was sent ahead is in no input."""
        return False


class StoredFileField(forms.Field):
    """One file of a purpose in settings.FILE_POLICIES; its clean value is a StoredFile that belongs to nothing yet.

    `FormPage` says who sends it. The service that saves the form attaches it (`files.services.attach`).
    """

    default_error_messages = {"gone": _("This file is no longer there. Choose it again.")}
    widget: StoredFileWidget

    def __init__(self, purpose: str, **options: Any) -> None:
        options.setdefault("widget", StoredFileWidget(purpose))
        super().__init__(**options)
        self.purpose = purpose
        self.sender = Sender()

    def sent_by(self, sender: Sender) -> None:
        """Say who fills in the form; before it is validated or drawn."""
        self.sender = self.widget.sender = sender

    def clean(self, value: Sent) -> StoredFile | None:
        """Take the file in, or find the one that was sent ahead."""
        self.widget.kept = found = self._found(value)
        if found is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return found

    def _found(self, value: Sent) -> StoredFile | None:
        sender = self.sender
        if value.upload is not None:
            try:
                return services.store(
                    upload=value.upload, purpose=self.purpose, user=sender.user, person_id=sender.person_id
                )
            except InvalidInput as refusal:
                raise ValidationError(refusal.message, code="invalid") from refusal
        if not value.kept:
            return None
        waiting = selectors.unattached(purpose=self.purpose, user=sender.user, person_id=sender.person_id)
        found = waiting.filter(public_id=value.kept[:12]).first()
        if found is None:
            raise ValidationError(self.error_messages["gone"], code="gone")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether a file was sent."""
        return bool(data.upload or data.kept)


def say_who_sends(form: forms.BaseForm, sender: Sender) -> None:
    """Tell every file field of a form who fills it in."""
    for field in form.fields.values():
        if isinstance(field, StoredFileField):
            field.sent_by(sender)
