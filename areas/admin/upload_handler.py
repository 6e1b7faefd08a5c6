"""Refuses a file by its size without keeping a byte of it."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from areas.uploads.reading import too_large

ROOM_FOR_FIELDS = 64 * 1024  # bytes of a request beside the file


class LimitedUpload(FileUploadHandler):
    """Drops the file of a request that is longer than OUTLINE_UPLOADS allows.

    What is still on its way is taken in and thrown away, or the browser would show a broken connection instead of
    the sentence.
    """

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.is_too_long = content_length > settings.OUTLINE_UPLOADS["max_bytes"] + ROOM_FOR_FIELDS

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if self.is_too_long:
            self.request.outline_upload_refused = too_large()
            raise StopUpload(connection_reset=False)

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None

    @staticmethod
    def refusal(request: HttpRequest) -> str:
        """Return the sentence for a file that was dropped, or ""."""
        return getattr(request, "outline_upload_refused", "")
