"""How much may be sent at once: the request is refused by what it says about itself, before a byte is kept."""

from typing import Any, Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

SLACK: Final = 2 * 1024 * 1024  # the other fields, and the borders between parts


class SizeCap(FileUploadHandler):
    """Stops reading a request that is bigger than the biggest upload any room takes."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.room = settings.UPLOAD_MAX_BYTES + SLACK

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Refuse by the length that the request announces."""
        if content_length > self.room:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Refuse by what comes, whatever was announced."""
        self.room -= len(raw_data)
        if self.room < 0:
            raise RequestDataTooBig
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
