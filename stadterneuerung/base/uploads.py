"""Files that come with a public form: no more of them in memory, or on disk, than the form can use."""

from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

_IN_MEMORY = 1024 * 1024
_BEGINNING = 16  # bytes, enough to tell what kind of file it is


class FormUploadHandler(FileUploadHandler):
    """Takes the files of the field `pictures` and drops every other byte as it comes.

    Of a file that is larger than any may be, the beginning alone is kept; its size is told.
    """

    _held: SpooledTemporaryFile | None = None  # of the part that is being read

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if self.field_name == "pictures":
            self._held = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- closed with the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._held is None:
            return
        limits = settings.PUBLIC_FORMS
        self._held.write(raw_data)
        if start + len(raw_data) > max(limits["max_picture_bytes"], limits["max_pdf_bytes"]):
            self._held.seek(_BEGINNING)
            self._held.truncate()

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self._held is None:
            return None
        if file_size == 0:
            self.upload_interrupted()
            return None
        file, self._held = self._held, None
        file.seek(0)
        return UploadedFile(file, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra)

    def upload_interrupted(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None
