"""Files as a form receives them."""

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n"


def upload(content, name="paper.pdf", said="application/pdf"):
    return SimpleUploadedFile(name, content, content_type=said)
