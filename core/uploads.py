"""Files from people: typed by their content, limited in size, kept in one private storage.

A model that holds files subclasses `StoredFile` and registers in `files` who may open one.
"""

import codecs
import hashlib
import struct
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any, Protocol
from uuid import uuid4

import puremagic
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from core.hooks import Registry
from core.text import clean_line

PDF = "application/pdf"
DOCUMENTS = {PDF: ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}
_OFFICE = "application/vnd.openxmlformats-officedocument."
# What a library takes beside those: what office programs write, and pages of the web.
WRITTEN = {
    _OFFICE + "wordprocessingml.document": ".docx",
    _OFFICE + "presentationml.presentation": ".pptx",
    _OFFICE + "spreadsheetml.sheet": ".xlsx",
    "text/html": ".html",
}
ENDINGS = DOCUMENTS | WRITTEN
_OFFICE_PARTS = {
    "word/document.xml": _OFFICE + "wordprocessingml.document",
    "ppt/presentation.xml": _OFFICE + "presentationml.presentation",
    "xl/workbook.xml": _OFFICE + "spreadsheetml.sheet",
}
MOST_LISTED = 2_000_000  # bytes of the list of names in a ZIP: more is no document


class Openable(Protocol):
    file: Any
    name: str
    media_type: str


# kind of file → function (user, id) → the StoredFile, or None where it is missing or not theirs
files: Registry[Callable[[Any, int], "StoredFile | None"]] = Registry("core.uploads.files")

# kind of file → function (user, StoredFile): told before the file is sent; where it raises, nothing is sent
opened: Registry[Callable[[Any, "StoredFile"], None]] = Registry("core.uploads.opened")

# kind of file → for how many seconds a browser may keep one: those that never change at their address
kept_by_browsers: Registry[int] = Registry("core.uploads.kept_by_browsers")


def media_type_of(upload: UploadedFile) -> str:
    """The media type told by the first bytes of the content, "" where they are unknown."""
    upload.seek(0)
    head = upload.read(8192)
    upload.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _office_type(upload)
    if _is_page(head):
        return "text/html"
    try:
        return puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        return ""


def _is_page(head: bytes) -> bool:
    """Whether it begins as a page of the web does, whatever blanks and remarks stand before."""
    text = head.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip().lower()
    while text.startswith(("<!--", "<?xml")):
        text = text.partition("-->" if text.startswith("<!--") else "?>")[2].lstrip()
    return text.startswith(("<!doctype html", "<html"))


def _office_type(upload: UploadedFile) -> str:
    """What kind of document a ZIP is, by its parts; "" where it is none, or one that carries programs."""
    try:
        if not _has_short_list(upload):
            return ""
        with zipfile.ZipFile(upload) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""
    finally:
        upload.seek(0)
    if any(name.endswith("vbaProject.bin") for name in names):
        return ""
    return next((kind for part, kind in _OFFICE_PARTS.items() if part in names), "")


def _has_short_list(upload: UploadedFile) -> bool:
    """Whether the list at the end of a ZIP is as short as that of a document: asked before it is read."""
    upload.seek(max((upload.size or 0) - 65_557, 0))
    tail = upload.read()
    upload.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    return at >= 0 and len(tail) >= at + 22 and struct.unpack_from("<L", tail, at + 12)[0] <= MOST_LISTED


class UploadField(forms.FileField):
    """A file of one of the given media types, the best one first; its name tells nothing, its content does.

    `most`: bytes, where that is not UPLOAD_MAX_BYTES.
    """

    def __init__(
        self, *, media_types: dict[str, str] | None = None, most: int | None = None, **kwargs: Any
    ) -> None:
        self.media_types = media_types or DOCUMENTS
        self.most = most
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"accept": ",".join([*self.media_types, *self.media_types.values()])}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload and upload is not initial:
            most = self.most or settings.UPLOAD_MAX_BYTES
            if upload.size > most:
                raise ValidationError(
                    _("This file is %(size)s; the maximum is %(most)s. Please upload a smaller copy."),
                    code="too_large",
                    params={"size": filesizeformat(upload.size), "most": filesizeformat(most)},
                )
            upload.content_type = media_type_of(upload)
            if upload.content_type not in self.media_types:
                kinds = [_called(ending) for ending in self.media_types.values()]
                raise ValidationError(
                    _(
                        "This file type is not accepted. Accepted types: %(kinds)s. Please save "
                        "it as %(first)s and "
                        "try again."
                    ),
                    code="unknown_type",
                    params={"kinds": ", ".join(kinds), "first": kinds[0]},
                )
        return upload


def _called(ending: str) -> str:
    """A kind of file as people write it."""
    return {".jpg": "JPEG", ".webp": "WebP"}.get(ending, ending.removeprefix(".").upper())


@deconstructible
class private_path:  # noqa: N801  used like a function
    """Where a file lies in the private storage: a random name, and the ending of what it really is."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, instance: models.Model, filename: str) -> str:
        return f"{self.folder}/{uuid4().hex}{ENDINGS.get(getattr(instance, 'media_type', ''), '')}"


def forget_bytes(*files: Any) -> None:
    """Remove what these stored files hold, once this transaction stands; what is empty is passed over."""
    places = [(file.storage, str(file.name)) for file in files if file]

    def remove() -> None:
        for storage, name in places:
            storage.delete(name)

    if places:
        transaction.on_commit(remove, robust=True)


class StoredFile(models.Model):
    """One uploaded file with what was known of it on arrival. Subclasses add whose it is."""

    file = models.FileField(_("file"), upload_to=private_path("files"), max_length=200)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def take(self, upload: UploadedFile) -> None:
        """Fill every field from an upload that an `UploadField` has cleaned; does not save."""
        digest = hashlib.sha256()
        for chunk in upload.chunks():
            digest.update(chunk)
        upload.seek(0)
        self.file = upload
        self.name = clean_line(PurePosixPath(upload.name or "file").name)[:200]
        self.media_type = upload.content_type or ""
        self.size = upload.size or 0
        self.sha256 = digest.hexdigest()
