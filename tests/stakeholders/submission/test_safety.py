"""Registration and papers, against an applicant who means harm."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.people.enums import Role
from stakeholders.applications.models import Application
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import PDF, PDF_BYTES, StakeholderFactory, full_draft, sent_application

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 50
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"


@pytest.fixture
def draft(applicant):
    return full_draft(applicant, paper=False)


@pytest.mark.parametrize(
    ("content", "name", "offered"),
    (
        (PDF_BYTES + b"<script>alert(1)</script>", "certificate.hta", "certificate.hta.pdf"),
        (PDF_BYTES, "certificate\u202efdp.exe", "certificatefdp.exe.pdf"),
        (PDF_BYTES, "Certificate.PDF", "Certificate.PDF"),
        (PNG, "../../../etc/passwd", "passwd.png"),
        (JPEG, "..\\x.php", "x.php.jpg"),
        (JPEG, "photo.jpeg", "photo.jpeg"),
    ),
)
def test_a_paper_is_offered_as_what_it_is(as_applicant, draft, content, name, offered):
    upload = SimpleUploadedFile(name, content)
    as_applicant.post(
        f"/en/stakeholders/applications/{draft.pk}/papers/", {"version": draft.version, "papers": upload}
    )
    answer = as_applicant.get(f"/files/paper/{draft.papers.get().pk}/")
    assert answer["Content-Disposition"] == f'inline; filename="{offered}"'
    assert draft.papers.get().file.name.endswith((".pdf", ".png", ".jpg"))
    closed = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    framed = "; frame-ancestors 'self'" if offered.casefold().endswith(".pdf") else ""
    assert answer["Content-Security-Policy"] == closed + framed


def test_a_website_is_an_address_of_the_web(as_applicant, draft, subtests):
    for website in (
        "ftp://x.example/",
        "javascript://x.example/%0aalert(1)",
        "data:text/html,x",
        "https://www.unodc.org@evil.example/",
        "https://evil.example/\u202egro.cdonu",
    ):
        with subtests.test(website=website):
            fields = {"version": draft.version, "name": "Coastal Watch", "country": "KEN", "website": website}
            answer = as_applicant.post(f"/en/stakeholders/applications/{draft.pk}/who/", fields)
            assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["website"])


def test_a_step_changes_its_own_answers_and_nothing_else(as_applicant, draft):
    before = Application.objects.filter(pk=draft.pk).values().get()
    fields = {
        "version": draft.version,
        "name": "Coastal Watch",
        "country": "KEN",
        "acronym": "CW",
        "city": "Lamu",
        "website": "https://coastalwatch.example",
        "status": "approved",
        "applicant": UserFactory().pk,
        "stakeholder": StakeholderFactory().pk,
        "purpose": "claim",
        "kind": "expert",
        "listing": "unlisted",
        "submitted_at": "2020-01-01",
        "due_at": "2020-01-01",
        "mission": "Other",
        "name_key": "x",
        "papers": PDF(),
        "refusal_reason": "other",
        "snapshot": "{}",
    }
    as_applicant.post(f"/en/stakeholders/applications/{draft.pk}/who/", fields)
    after = Application.objects.filter(pk=draft.pk).values().get()
    changed = {field for field, value in before.items() if after[field] != value}
    assert changed == {"city", "version", "updated_at"}
    assert not draft.papers.exists()


def test_nobody_takes_the_work_on_their_own_application(client):
    vetter = person_with(Role.VETTING)
    own = sent_application(vetter)
    sign_in(client, vetter)
    client.post(f"/en/desk/vetting/{own.pk}/take/")
    assert Application.objects.get(pk=own.pk).status == "submitted"
