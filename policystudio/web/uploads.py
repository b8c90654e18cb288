"""Takes uploaded files within one limit for all of them together, in memory: a web process keeps no files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUploads(FileUploadHandler):
    """Refuses a request whose body is announced as larger than `FILE_UPLOAD_MAX_MEMORY_SIZE`; a body without a length
    is not read by the framework at all. What passes is kept by the handler behind this one."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Raises: RequestDataTooBig, answered 413."""
        limit = settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        if content_length > limit:
            raise RequestDataTooBig(f"the files are over {limit} bytes together")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the piece on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
