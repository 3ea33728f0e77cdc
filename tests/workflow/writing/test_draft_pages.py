"""The pages of what is written over days and then sent, of a note that no subject has."""

from types import SimpleNamespace

import pytest
from django import forms
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path, reverse

from accounts.people.decorators import act_view, form_view
from core.drafts import Draft, Gap
from core.errors import TooMany, WrongState
from core.forms import renew_version
from tests.factories.accounts import UserFactory, sign_in
from whatson.urls import urlpatterns as urls_of_the_portal
from workflow.receipts.actions import issue_receipt
from workflow.receipts.models import Receipt
from workflow.writing.views import DraftPages, Verb, confirm

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
NOTES = {}


class Note:
    _meta = SimpleNamespace(label_lower="workflow.note")

    def __init__(self, pk, writer):
        self.pk, self.writer, self.text, self.version, self.is_written = pk, writer, "", 0, True

    def get_absolute_url(self):
        return f"/notes/{self.pk}/"


class NoteForm(forms.Form):
    version = forms.IntegerField()
    text = forms.CharField(required=False, max_length=20)

    def __init__(self, data, files, *, note):
        super().__init__(data, files, initial={"version": note.version, "text": note.text})
        self.note, self.other = note, ""

    def take_note_of(self, note):
        self.other = note.text
        renew_version(self, note.version)


def save(form, actor):
    if not form.note.is_written or form.cleaned_data["version"] != form.note.version:
        raise WrongState("Another window was first.")
    form.note.text = form.cleaned_data.get("text", form.note.text)
    form.note.version += 1
    return form.note


def send(note, *, actor, version=None):
    if not note.is_written:
        raise WrongState("It was sent.")
    if note.text == "too often":
        raise TooMany("Wait.", retry_after=60)
    if note.text == "too late":
        raise WrongState("It has closed.")
    note.is_written = False
    return note, issue_receipt(note, note.text, actor=actor)


def discard(note, *, actor, version=None):
    if not note.is_written:
        raise WrongState("It was sent, so it stays.")
    del NOTES[note.pk]


class NotePages(DraftPages):
    draft = Draft(
        lambda note, data, files: NoteForm(data, files, note=note),
        save,
        lambda note: [] if note.text else [Gap("text", "Write something.")],
        SimpleNamespace(send=send),
    )
    name = "note"
    write_at, check_at = "write_note", "check_note"
    shows_both = True
    is_sent = "This note has been sent."

    def own(self, request, pk):
        note = NOTES.get(pk)
        if note is None or note.writer != request.user:
            raise Http404
        return note

    def page(self, request, name, context):
        form = context.get("form")
        lines = [name, *(str(gap.text) for gap in context.get("gaps", ()))]
        if form is not None:
            lines += [f"text={form['text'].value()}", f"version={form['version'].value()}", form.other]
            lines += [f"{field}: {error}" for field, errors in form.errors.items() for error in errors]
        return HttpResponse("\n".join(lines))

    def write_context(self, request, row):
        return {}

    def check_context(self, request, row, gaps):
        return {}

    def receipt_page(self, row, receipt):
        return HttpResponse(f"receipt {receipt.reference}")

    def sent_text(self, request, row):
        return "The note is sent."


PAGES = NotePages()


@form_view(public=True, fresh=True)
def write(request, pk):
    return PAGES.write(request, pk)


@act_view(public=True, fresh=True)
def autosave(request, pk):
    return PAGES.autosave(request, pk)


@form_view(fresh=True)
def check(request, pk):
    return PAGES.check(request, PAGES.own(request, pk))


@form_view()
def delete(request, pk):
    verb = Verb(discard, "The note is deleted.", "Delete it?", "For good.", "Delete", "danger")
    return confirm(request, PAGES.own(request, pk), verb, done_at="portal:me")


urlpatterns = [
    path("notes/<int:pk>/write/", write, name="write_note"),
    path("notes/<int:pk>/autosave/", autosave, name="autosave_note"),
    path("notes/<int:pk>/check/", check, name="check_note"),
    path("notes/<int:pk>/delete/", delete, name="delete_note"),
    *urls_of_the_portal,
]
WRITE, AUTOSAVE, CHECK, DELETE = (f"/notes/7/{page}/" for page in ("write", "autosave", "check", "delete"))


@pytest.fixture
def note():
    NOTES.clear()
    return NOTES.setdefault(7, Note(7, UserFactory()))


def signed_in(person):
    client = Client()
    sign_in(client, person)
    return client


@pytest.fixture
def as_writer(note):
    return signed_in(note.writer)


def messages_of(answer):
    return [str(message) for message in answer.wsgi_request._messages]


def test_a_draft_is_saved_with_blanks_and_shown_again(as_writer, note):
    answer = as_writer.post(WRITE, {"version": 0, "text": ""})
    assert (answer.status_code, answer["Location"]) == (302, WRITE)
    assert note.version == 1
    assert "version=1" in as_writer.get(WRITE).text


def test_what_the_form_refuses_is_not_saved_and_stays_typed(as_writer, note):
    page = as_writer.post(WRITE, {"version": 0, "text": "x" * 21}).text
    assert f"text={'x' * 21}" in page
    assert "text: Ensure this value has at most 20 characters" in page
    assert note.version == 0


def test_a_button_that_adds_a_row_saves_nothing(as_writer, note):
    assert "text=As typed" in as_writer.post(WRITE, {"version": 0, "text": "As typed", "more": "rows"}).text
    assert note.version == 0


def test_of_two_windows_the_second_sees_what_the_first_saved_and_may_go_over_it(as_writer, note):
    as_writer.post(WRITE, {"version": 0, "text": "First"})
    page = as_writer.post(WRITE, {"version": 0, "text": "Second"}).text.split("\n")
    assert page[1:4] == ["text=Second", "version=1", "First"]
    assert "__all__: Another window was first." in page
    assert note.text == "First"
    as_writer.post(WRITE, {"version": 1, "text": "Second"})
    assert note.text == "Second"


def test_what_is_posted_after_the_session_waits_until_it_is_saved(note):
    client = Client()
    answer = client.post(WRITE, {"version": 0, "text": "Typed for an hour"})
    assert "/accounts/login/" in answer["Location"]
    sign_in(client, note.writer)
    answer = client.get(WRITE)
    assert "text=Typed for an hour" in answer.text
    assert "not saved yet" in messages_of(answer)[-1]
    assert note.text == ""
    client.post(AUTOSAVE, {"version": 0, "text": "Typed for an hour"})
    assert note.text == "Typed for an hour"
    note.text = "Changed since"
    assert "text=Changed since" in client.get(WRITE).text


def test_what_was_saved_since_stands_beside_what_waited(note):
    client = Client()
    client.post(WRITE, {"version": 0, "text": "Typed"})
    note.text, note.version = "Saved by a colleague", 3
    sign_in(client, note.writer)
    assert client.get(WRITE).text.split("\n")[1:4] == ["text=Typed", "version=3", "Saved by a colleague"]


def test_where_the_form_cannot_show_it_saving_over_it_is_refused_once(note, monkeypatch):
    monkeypatch.setattr(NotePages, "shows_both", False)
    client = Client()
    client.post(WRITE, {"version": 0, "text": "Typed"})
    note.text, note.version = "Saved by a colleague", 3
    sign_in(client, note.writer)
    assert client.get(WRITE).text.split("\n")[1:4] == ["text=Typed", "version=0", ""]
    assert "__all__: Another window was first." in client.post(WRITE, {"version": 0, "text": "Typed"}).text
    assert note.text == "Saved by a colleague"


def test_on_the_way_to_the_check_what_is_missing_stands_at_its_field(as_writer, note):
    page = as_writer.post(WRITE, {"version": 0, "text": "", "check": "1"}).text
    assert "text: Write something." in page
    assert "version=1" in page  # saved all the same
    answer = as_writer.post(WRITE, {"version": 1, "text": "Done", "check": "1"})
    assert answer["Location"] == CHECK


def test_the_script_hears_what_became_of_its_saving(as_writer, note):
    answer = as_writer.post(AUTOSAVE, {"version": 0, "text": "By itself"})
    assert (answer.status_code, answer.json()["version"], note.text) == (200, 1, "By itself")
    answer = as_writer.post(AUTOSAVE, {"version": 1, "text": "x" * 21})
    assert "except what is not complete yet" in answer.json()["said"]
    assert (note.version, note.text) == (2, "By itself")
    answer = as_writer.post(AUTOSAVE, {"version": 1, "text": "Late"})
    assert (answer.status_code, answer.json()["problem"]) == (409, "Another window was first.")
    assert Client().post(AUTOSAVE, {"version": 2, "text": "Nobody"}).status_code == 401
    note.is_written = False
    answer = as_writer.post(AUTOSAVE, {"version": 2, "text": "Too late"})
    assert (answer.status_code, answer.json()["problem"]) == (409, "This note has been sent.")
    assert note.text == "By itself"


def test_what_was_sent_is_neither_shown_nor_saved_as_a_form(as_writer, note):
    note.is_written = False
    for answer in (as_writer.get(WRITE), as_writer.post(WRITE, {"version": 0, "text": "No"})):
        assert (answer.status_code, answer["Location"]) == (302, "/notes/7/")
    assert as_writer.get(CHECK)["Location"] == "/notes/7/"
    assert note.text == ""


def test_the_second_click_is_led_to_the_receipt_of_the_first(as_writer, note):
    note.text = "Done"
    first = as_writer.post(CHECK)
    assert first.text == f"receipt {Receipt.objects.get().reference}"
    assert messages_of(first) == ["The note is sent."]
    assert as_writer.post(CHECK).text == first.text
    assert Receipt.objects.count() == 1


def test_the_later_of_two_windows_is_led_there_too(as_writer, note, monkeypatch):
    note.text = "Done"

    def late(row, *, actor):
        send(row, actor=actor)  # by the other window, after this one has looked
        return send(row, actor=actor)

    monkeypatch.setattr(NotePages, "draft", NotePages.draft._replace(actions=SimpleNamespace(send=late)))
    assert as_writer.post(CHECK).text == f"receipt {Receipt.objects.get().reference}"


def test_a_refusal_is_told_on_the_page_that_sends(as_writer, note):
    note.text = "too late"
    answer = as_writer.post(CHECK)
    assert answer["Location"] == CHECK
    assert messages_of(answer) == ["It has closed."]
    assert note.is_written
    assert not Receipt.objects.exists()


def test_who_sends_too_often_gets_the_page_about_it(as_writer, note):
    note.text = "too often"
    assert as_writer.post(CHECK).status_code == 429


def test_a_draft_is_deleted_and_what_was_sent_is_not(as_writer, note):
    note.is_written = False
    answer = as_writer.post(DELETE)
    assert (answer["Location"], messages_of(answer)) == ("/notes/7/", ["It was sent, so it stays."])
    note.is_written = True
    page = as_writer.get(DELETE).text
    assert ("Delete it?" in page, "For good." in page, "btn-danger" in page) == (True, True, True)
    assert 7 in NOTES
    answer = as_writer.post(DELETE)
    assert answer["Location"] == reverse("portal:me")
    assert messages_of(answer)[-1] == "The note is deleted."
    assert 7 not in NOTES


@pytest.mark.parametrize(
    ("page", "verb"), [(WRITE, "get"), (WRITE, "post"), (AUTOSAVE, "post"), (CHECK, "post")]
)
def test_anothers_draft_answers_as_a_missing_one(note, page, verb):
    other = signed_in(UserFactory())
    assert getattr(other, verb)(page).status_code == 404
    assert getattr(other, verb)(page.replace("7", "8")).status_code == 404
