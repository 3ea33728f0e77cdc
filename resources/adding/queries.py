"""What the file of a draft says of itself."""

from typing import NamedTuple

from resources.files.models import ResourceFile
from resources.records.models import Resource
from taxonomy.terms.models import Language

MOST_SHOWN = 600  # signs of the text that are shown


class FileRead(NamedTuple):
    """The newest file of the original, with the title and language read from it, "" where it has none."""

    file: ResourceFile
    title: str
    language: str
    language_name: str
    beginning: str

    @property
    def proposed(self) -> dict[str, str]:
        texts = {"title": self.title, "language": self.language}
        return {name: text for name, text in texts.items() if text}


def file_of(resource: Resource) -> ResourceFile | None:
    files = ResourceFile.objects.filter(edition__resource=resource, edition__is_original=True)
    return files.order_by("-number").first()


def read_from_file(resource: Resource) -> FileRead | None:
    """Return what was read from the file of the draft, or None without a file."""
    file = file_of(resource)
    if file is None:
        return None
    known = dict(Language.objects.for_choices())
    language = file.said_language if file.said_language in known else ""
    first = file.pages.filter(number=1).values_list("text", flat=True).first() or ""
    return FileRead(file, file.said_title, language, known.get(language, ""), first.strip()[:MOST_SHOWN])
