"""Files from people: typed by their content, limited in size, kept in one private storage.

A model that holds files subclasses `StoredFile` and registers in `files` who may open one.
"""

import hashlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any, Protocol
from uuid import uuid4

import puremagic
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from core.registry import Registry
from core.text import clean_line

DOCUMENTS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


class Openable(Protocol):
    file: Any
    name: str
    media_type: str


# kind of file → function (user, id) → the StoredFile, or None where it is missing or not theirs
files: Registry[Callable[[Any, int], "StoredFile | None"]] = Registry("core.uploads.files")

# kind of file → function (user, StoredFile): told before the file is sent; where it raises, nothing is sent
opened: Registry[Callable[[Any, "StoredFile"], None]] = Registry("core.uploads.opened")


def media_type_of(upload: UploadedFile) -> str:
    """The media type told by the first bytes of the content, "" where they are unknown."""
    upload.seek(0)
    head = upload.read(8192)
    upload.seek(0)
    try:
        return puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        return ""


class UploadField(forms.FileField):
    """A file of one of the given media types; its name tells nothing, its content does."""

    def __init__(self, *, media_types: dict[str, str] | None = None, **kwargs: Any) -> None:
        self.media_types = media_types or DOCUMENTS
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"accept": ",".join([*self.media_types, *self.media_types.values()])}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload and upload is not initial:
            if upload.size > settings.UPLOAD_MAX_BYTES:
                raise ValidationError(
                    _("This file is %(size)s; the most we can take is %(most)s. Please send a smaller copy."),
                    code="too_large",
                    params={
                        "size": filesizeformat(upload.size),
                        "most": filesizeformat(settings.UPLOAD_MAX_BYTES),
                    },
                )
            upload.content_type = media_type_of(upload)
            if upload.content_type not in self.media_types:
                raise ValidationError(
                    _("This is not a PDF, PNG or JPEG file. Please save it as PDF and try again."),
                    code="unknown_type",
                )
        return upload


@deconstructible
class private_path:  # noqa: N801  used like a function
    """Where a file lies in the private storage: a random name, and the ending of what it really is."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, instance: models.Model, filename: str) -> str:
        return f"{self.folder}/{uuid4().hex}{DOCUMENTS.get(getattr(instance, 'media_type', ''), '')}"


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
