"""Files as a form receives them."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n"


def upload(content, name="paper.pdf", media_type="application/pdf"):
    return SimpleUploadedFile(name, content, content_type=media_type)


def lying(disk: Path) -> list[str]:
    """What lies on a disk: the names of its files, in order."""
    return sorted(str(path.relative_to(disk)) for path in disk.rglob("*") if path.is_file())
