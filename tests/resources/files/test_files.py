"""Files of the library: versions, who opens them, what staff are told, and what becomes of bad ones."""

import threading
from datetime import timedelta
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.timezone import now

from accounts.people.enums import Role
from core import scanning
from core.errors import DomainError, WrongState
from resources import tasks
from resources.files import actions as files_actions
from resources.files import actions_reading as files_actions_reading
from resources.files.models import FilePage, ResourceFile
from resources.files.queries import STEP, Passages, kept_files
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.files import file_of, upload
from tests.factories.resources import EditionFactory, ResourceFactory, resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.resources import documents
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return person_with(Role.CURATION)


@pytest.fixture
def as_curator(client, curator):
    sign_in(client, curator)
    return client


@pytest.fixture
def resource(reference):
    return ResourceFactory(title="Following the money")


def edition_of(resource):
    return resource.editions.get(is_original=True)


def page_of(edition):
    return f"/en/resources/editions/{edition.pk}/files/"


def sent(client, edition, content, **more):
    response = client.post(page_of(edition), {"upload": upload(content), **more})
    assert response.status_code == 302, response.text
    file = ResourceFile.objects.latest("pk")
    tasks.heavy_read_file(file.pk)
    file.refresh_from_db()
    return file


def suggested():
    """Somebody of a stakeholder, and what they have begun to suggest."""
    stakeholder = StakeholderFactory()
    member = member_of(stakeholder)
    return member, resource_in("draft", title="Ours", suggested_for=stakeholder, suggested_by=member)


def bytes_of(response):
    return b"".join(response.streaming_content)


# --- As its user sees it ----------------------------------------------------------------------------


@pytest.mark.behaviour("K-11")
def test_a_new_file_is_a_version_and_the_old_one_stays(as_curator, client, resource, curator):
    edition = edition_of(resource)
    first = sent(as_curator, edition, documents.pdf("Chain of custody", "Seized assets"))
    assert (first.number, first.text_state, first.pages_done, first.has_pages) == (1, "read", 2, True)
    second = sent(as_curator, edition, documents.pdf("Corrected tables"), label="corrected  tables")
    page = as_curator.get(page_of(edition)).text
    assert "version 2" in page
    assert "corrected tables" in page
    assert "Searches find its text (2 pages)." in page
    assert "Not scanned for viruses" in page

    client.logout()
    shown = client.get(resource.get_absolute_url()).text
    assert f'<a href="{first.get_absolute_url()}">Version 1 of ' in shown
    short = client.get(f"/en/resources/{resource.pk}/en/")
    assert short["Location"] == f"/files/resource/{second.pk}/"
    assert bytes_of(client.get(short["Location"])) == documents.pdf("Corrected tables")
    assert bytes_of(client.get(f"/files/resource/{first.pk}/")).startswith(b"%PDF")
    picture = client.get(f"/files/resource-picture/{second.pk}/")
    assert picture["Content-Type"] == "image/jpeg"
    assert bytes_of(picture).startswith(b"\xff\xd8\xff")
    assert client.get(f"/en/resources/{resource.pk}/fr/").status_code == 404
    with pytest.raises(WrongState):
        files_actions.remove(first, actor=curator)


@pytest.mark.behaviour("K-16")
def test_a_file_that_is_held_already_links_the_other_record(as_curator, client, resource):
    hidden = ResourceFactory(title="For the desk alone", audience="desk")
    file_of(hidden, documents.pdf("the same"))
    other = ResourceFactory(title="Everybody’s guide")
    file_of(other, documents.pdf("the same"))
    edition = edition_of(resource)
    sent(as_curator, edition, documents.pdf("the same"))
    page = as_curator.get(page_of(edition)).text
    assert "This file is in the library already" in page
    assert f'href="/en/desk/resources/{other.pk}/"' in page
    assert f'href="/en/desk/resources/{hidden.pk}/"' in page

    member, own = suggested()
    sign_in(client, member)
    sent(client, edition_of(own), documents.pdf("the same"))
    page = client.get(page_of(edition_of(own))).text
    assert f'href="{other.get_absolute_url()}"' in page
    assert "For the desk alone" not in page


def test_what_cannot_be_read_is_said_in_plain_words_and_can_be_tried_again(as_curator, resource):
    edition = edition_of(resource)
    file = sent(as_curator, edition, documents.locked_pdf())
    assert (file.text_state, file.text_fault) == ("failed", "encrypted")
    assert "It is locked with a password." in as_curator.get(page_of(edition)).text
    as_curator.post(f"/en/resources/files/{file.pk}/read-again/")
    file.refresh_from_db()
    assert (file.text_state, file.attempts) == ("waiting", 0)
    fragment = as_curator.get(page_of(edition), headers={"HX-Request": "true", "HX-Target": "files"}).text
    assert "is being read" in fragment
    assert "<html" not in fragment


def test_a_file_of_another_kind_is_refused_at_its_field(as_curator, resource, subtests):
    for content, name in [
        (b"MZ\x90\x00" + b"\x00" * 60, "guide.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "guide.html"),
        (documents.zipped(readme_xml="x"), "guide.docx"),
        (documents.zipped(word__document_xml="<w/>", word__vbaProject="x"), "guide.docx"),
        (b"", "guide.pdf"),
    ]:
        with subtests.test(name=name, content=content[:20]):
            file = upload(content.replace(b"word/vbaProject", b"vbaProject.bin\x00"[:15]), name)
            response = as_curator.post(page_of(edition_of(resource)), {"upload": file})
            assert response.status_code == 200
            assert 'id="id_upload_error"' in response.text
            assert not ResourceFile.objects.exists()


def test_a_page_of_the_web_is_never_shown_among_ours(as_curator, resource):
    file = sent(
        as_curator, edition_of(resource), b"<!-- x --><!DOCTYPE html><p>Words<script>alert(1)</script>"
    )
    assert (file.media_type, file.text_state, file.has_pages) == ("text/html", "read", False)
    response = as_curator.get(f"/files/resource/{file.pk}/")
    assert response["Content-Disposition"] == 'attachment; filename="guide.pdf.html"'
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()


# --- Who ---------------------------------------------------------------------------------------------


def test_hidden_files_answer_like_missing_ones(client, resource, curator):
    later = ResourceFactory(title="Embargoed", embargo_until=now() + timedelta(days=1))
    desk = ResourceFactory(title="Inside", audience="desk")
    files = [file_of(later), file_of(desk), file_of(resource_in("withdrawn", title="Gone"))]
    stranger = UserFactory()
    for person in (None, stranger):
        if person:
            sign_in(client, person)
        for file in files:
            assert client.get(f"/files/resource/{file.pk}/").status_code == 404
            assert client.get(f"/files/resource-picture/{file.pk}/").status_code == 404
            assert client.get(f"/en/resources/{file.edition.resource_id}/en/").status_code == 404
    shown = edition_of(resource)
    assert client.get(page_of(shown)).status_code == 404  # a reader, no keeper
    assert client.post(page_of(shown), {"upload": upload()}).status_code == 404
    assert client.get(page_of(files[1].edition)).status_code == 404
    with pytest.raises(PermissionDenied):
        files_actions.take(shown, upload(), actor=stranger)


def test_a_member_keeps_the_files_of_what_is_still_being_written(client):
    member, own = suggested()
    reader = member_of(own.suggested_for, "reader")
    sign_in(client, member)
    file = sent(client, edition_of(own), documents.docx("Our guide"))
    assert (file.text_state, file.media_type.endswith("wordprocessingml.document")) == ("read", True)
    client.post(f"/en/resources/files/{file.pk}/remove/")
    assert not ResourceFile.objects.exists()
    sign_in(client, reader)
    assert client.get(page_of(edition_of(own))).status_code == 404
    own.status = "pending"
    own.save()
    sign_in(client, member)
    assert client.get(page_of(edition_of(own))).status_code == 404


def test_the_same_file_twice_in_a_row_is_no_new_version(resource, curator):
    def cleaned():
        from core.uploads import UploadField

        return UploadField().clean(upload())

    files_actions.take(edition_of(resource), cleaned(), actor=curator)
    with pytest.raises(DomainError) as error:
        files_actions.take(edition_of(resource), cleaned(), actor=curator)
    assert "version 1" in error.value.fields["upload"]


# --- Viruses -----------------------------------------------------------------------------------------


def test_a_scanner_keeps_files_back_until_it_has_passed_them(
    client, resource, settings, monkeypatch, curator
):
    file = file_of(resource, documents.pdf("words"))
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    address = f"/files/resource/{file.pk}/"
    assert client.get(address).status_code == 404
    assert files_actions_reading.read(file.pk) is False  # the scanner is away
    file.refresh_from_db()
    assert (file.scan, file.text_state, file.attempts) == ("not_scanned", "waiting", 0)
    assert ResourceFile.objects.visible_to(curator).contains(file)

    monkeypatch.setattr(scanning, "what_is_in", lambda copy: "")
    files_actions_reading.read(file.pk)
    file.refresh_from_db()
    assert (file.scan, file.text_state) == ("clean", "read")
    response = client.get(address)
    assert response.status_code == 200
    response.close()


def test_a_virus_is_nobodys_and_staff_are_told(as_curator, resource, settings, monkeypatch, curator):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    monkeypatch.setattr(scanning, "what_is_in", lambda copy: "Eicar-Signature")
    file = sent(as_curator, edition_of(resource), documents.pdf("bad"))
    assert (file.scan, file.text_state) == ("infected", "none")
    assert as_curator.get(f"/files/resource/{file.pk}/").status_code == 404
    assert "A virus was found in this file" in as_curator.get(page_of(edition_of(resource))).text
    assert not FilePage.objects.exists()
    as_curator.post(f"/en/resources/files/{file.pk}/remove/")
    assert not ResourceFile.objects.exists()


def test_a_scanner_that_will_not_take_a_file_leaves_it_with_the_desk(client, resource, settings, monkeypatch):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"

    def refuse(copy):
        raise scanning.CannotScan("size limit")

    monkeypatch.setattr(scanning, "what_is_in", refuse)
    file = file_of(resource)
    files_actions_reading.read(file.pk)
    file.refresh_from_db()
    assert (file.scan, file.text_state) == ("failed", "read")
    assert client.get(f"/files/resource/{file.pk}/").status_code == 404
    assert not list(Passages([resource.pk]).of(resource))


# --- In the background -------------------------------------------------------------------------------


def test_twice_is_once_and_a_worker_that_fell_silent_is_replaced(resource):
    file = file_of(resource, documents.pdf("one", "two"))
    assert files_actions_reading.read(file.pk) is True
    assert files_actions_reading.read(file.pk) is False
    rows = ResourceFile.objects.filter(pk=file.pk)
    rows.update(text_state="reading", beat_at=now())
    assert (files_actions_reading.read(file.pk), files_actions_reading.sweep()) == (False, 0)
    rows.update(beat_at=now() - timedelta(minutes=6))
    assert files_actions_reading.sweep() == 1
    assert files_actions_reading.read(file.pk) is True
    assert FilePage.objects.filter(file=file).count() == 2
    rows.update(text_state="waiting", attempts=3)
    files_actions_reading.read(file.pk)
    file.refresh_from_db()
    assert (file.text_state, file.text_fault) == ("failed", "given_up")
    assert not FilePage.objects.filter(file=file).exists()


def test_pages_are_passages_of_the_newest_version_alone(resource):
    french = EditionFactory(resource=resource, language_id="fr", title="Suivre l’argent")
    file_of(resource, documents.pdf("old"))
    for of, words in ((resource, ("alpha", "", "beta")), (french, ("gamma",))):
        files_actions_reading.read(file_of(of, documents.pdf(*words)).pk)
    other = ResourceFactory()
    files_actions_reading.read(file_of(other, documents.docx("no pages")).pk)
    passages = Passages(sorted([resource.pk, other.pk]))
    mine, theirs = list(passages.of(resource)), list(passages.of(other))
    assert [
        (passage.part, passage.part_label, passage.language, passage.text.strip()) for passage in mine
    ] == [
        (STEP + 1, "p. 1", "en", "alpha"),
        (STEP + 3, "p. 3", "en", "beta"),
        (2 * STEP + 1, "p. 1", "fr", "gamma"),
    ]
    assert [passage.anchor for passage in mine] == ["page=1", "page=3", "page=1"]
    assert [(passage.part_label, passage.anchor, passage.text.strip()) for passage in theirs] == [
        ("", "", "no pages")
    ]
    made_of = passages.made_of(resource)
    assert made_of
    assert Passages([resource.pk]).made_of(resource) == made_of
    french.title = "Suivre"
    french.save()
    assert Passages([resource.pk]).made_of(resource) != made_of


def test_a_list_of_versions_costs_the_same_however_many(resource, curator):
    edition, numbers = edition_of(resource), count()

    def add():
        content = documents.pdf(str(next(numbers)))
        file_of(edition, content)
        file_of(ResourceFactory(), content)

    assert_no_growth(lambda: kept_files(edition, curator), add)
    assert len([twin for file in kept_files(edition, curator) for twin in file.twins]) == 3


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_read_a_file_once(reference):
    file = file_of(ResourceFactory(), documents.pdf(*["page"] * 60))
    outcomes, start = [], threading.Barrier(2)

    def work():
        try:
            start.wait(300)
            outcomes.append(files_actions_reading.read(file.pk))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(300)
    assert sorted(outcomes) == [False, True]
    assert FilePage.objects.filter(file=file).count() == 60
