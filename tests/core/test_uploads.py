"""Files are what their content says, not what their name says; and there is one door to them."""

from hashlib import sha256
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test.utils import isolate_apps
from django.urls import reverse

from core.uploads import ENDINGS, StoredFile, UploadField, files, private_path
from tests.core.files import PDF, upload
from tests.factories.accounts import UserFactory

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\x00" * 20


@pytest.mark.parametrize(
    ("content", "media_type"), [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")]
)
def test_a_known_kind_is_told_by_its_content(content, media_type):
    taken = UploadField().clean(upload(content, "whatever.exe", "text/html"))
    assert taken.content_type == media_type
    assert taken.read() == content


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' />",
        b"MZ\x90\x00" + b"\x00" * 60,
        b"PK\x03\x04" + b"\x00" * 30,
        b"GIF89a" + b"\x00" * 20,
        b"words",
        b"\x00",
    ],
    ids=["page", "svg", "program", "zip", "gif", "words", "nul"],
)
def test_anything_else_is_refused_whatever_it_claims(content):
    with pytest.raises(ValidationError) as error:
        UploadField().clean(upload(content))
    assert error.value.code == "unknown_type"


def test_an_empty_file_is_refused():
    with pytest.raises(ValidationError) as error:
        UploadField().clean(upload(b""))
    assert error.value.code == "empty"


def test_too_large_a_file_says_how_large_it_may_be(settings):
    settings.UPLOAD_MAX_BYTES = 1024
    with pytest.raises(ValidationError) as error:
        UploadField().clean(upload(PDF + b" " * 1024))
    assert error.value.code == "too_large"
    assert "1.0\xa0KB" in error.value.messages[0]


@pytest.mark.parametrize(
    ("taken", "kinds", "first"),
    [
        (None, "PDF, PNG, JPEG", "PDF"),
        ({"application/pdf": ".pdf"}, "PDF", "PDF"),
        ({"image/jpeg": ".jpg", "image/webp": ".webp"}, "JPEG, WebP", "JPEG"),
        (ENDINGS, "PDF, PNG, JPEG, DOCX, PPTX, XLSX, HTML", "PDF"),
    ],
)
def test_what_a_field_does_not_take_is_told_what_it_does(taken, kinds, first):
    with pytest.raises(ValidationError) as error:
        UploadField(media_types=taken).clean(upload(b"GIF89a" + b"\x00" * 20))
    assert error.value.messages == [
        f"This file type is not accepted. Accepted types: {kinds}. Please save it as {first} and try again."
    ]
    with pytest.raises(ValidationError):
        UploadField(media_types={"application/pdf": ".pdf"}).clean(upload(PNG))


def test_the_browser_is_told_what_is_taken():
    assert 'accept="application/pdf,image/png,image/jpeg,.pdf,.png,.jpg"' in str(
        UploadField().widget.render("paper", None, UploadField().widget_attrs(UploadField().widget))
    )


@isolate_apps("core")
def test_a_stored_file_knows_what_arrived():
    class Paper(StoredFile):
        class Meta:
            app_label = "core"
            managed = False

    paper = Paper()
    paper.take(UploadField().clean(upload(PDF, "Re\u202egister\n of  associations.pdf")))
    assert (paper.name, paper.media_type, paper.size, paper.sha256) == (
        "Register of associations.pdf",
        "application/pdf",
        len(PDF),
        sha256(PDF).hexdigest(),
    )


def test_the_place_in_the_storage_tells_nothing():
    paper = SimpleNamespace(media_type="application/pdf")
    path = private_path("papers")(paper, "Secret name of somebody.php")
    assert path.startswith("papers/")
    assert path.endswith(".pdf")
    assert "ecret" not in path
    assert path != private_path("papers")(paper, "Secret name of somebody.php")


@pytest.mark.django_db
class TestTheDoor:
    @pytest.fixture(autouse=True)
    def paper(self, monkeypatch):
        self.owner = UserFactory()
        stored = SimpleNamespace(
            file=ContentFile(PDF, "x.pdf"), name="Papier “é”.pdf", media_type="application/pdf"
        )

        def open_for(user, pk):
            return stored if pk == 7 and user == self.owner else None

        monkeypatch.setattr(files, "_entries", {**files._entries, "paper": open_for})

    def address(self, kind="paper", pk=7):
        return reverse("core:file", args=[kind, pk])

    def test_opens_to_whom_it_belongs(self, client):
        client.force_login(self.owner)
        response = client.get(self.address())
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("inline")
        assert "sandbox; frame-ancestors 'self'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]

    def test_is_kept_as_a_file_on_demand(self, client):
        client.force_login(self.owner)
        response = client.get(self.address() + "?download")
        response.close()
        assert response["Content-Disposition"].startswith("attachment")

    @pytest.mark.parametrize("who", ["visitor", "stranger"])
    def test_hidden_answers_like_missing(self, client, who):
        if who == "stranger":
            client.force_login(UserFactory())
        hidden, missing, unknown = (
            client.get(self.address()),
            client.get(self.address(pk=8)),
            client.get(self.address("nothing")),
        )
        assert hidden.status_code == missing.status_code == unknown.status_code == 404

    def test_is_for_reading_only(self, client):
        client.force_login(self.owner)
        assert client.post(self.address()).status_code == 405
