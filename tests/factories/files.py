"""Files of the library for tests.

file_of(edition or resource, content=b"…", by=person): the next version of its file, not read yet.
"""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core.uploads import ENDINGS, UploadField
from resources.files.models import ResourceFile
from resources.records.models import Edition, Resource
from tests.resources import documents


def upload(content: bytes | None = None, name: str = "guide.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, documents.pdf("A guide") if content is None else content)


def file_of(of: Edition | Resource, content: bytes | None = None, **fields: Any) -> ResourceFile:
    edition = of.editions.get(is_original=True) if isinstance(of, Resource) else of
    fields.setdefault("number", edition.files.count() + 1)
    file = ResourceFile(edition=edition, uploaded_by=fields.pop("by", None), **fields)
    file.take(UploadField(media_types=ENDINGS).clean(upload(content)))
    file.save()
    return file
