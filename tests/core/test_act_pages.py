"""The page of one form, or of an act that is confirmed first, in the words that its view gives."""

import pytest
from django import forms
from django.urls import path

from accounts.people.decorators import form_view
from core.errors import DomainError
from core.forms import refusal_on
from core.views import act_page
from whatson.urls import urlpatterns as urls_of_the_portal

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
ADDRESS, NAME = "/notes/close/", "Fish & <b>chips</b>"


class ReasonForm(forms.Form):
    reason = forms.CharField()


@form_view(public=True)
def close(request):
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            raise DomainError("No.", fields={"reason": "Say more."})
    return act_page(
        request,
        form,
        heading="Close the note",
        title_name=NAME,
        about=NAME,
        language="fr",
        steps=[("portal:home", "Notes"), ("/notes/7/", NAME)],
        text="This cannot be undone.",
        version=3,
        button="Close it",
        style="danger",
        back="/notes/7/",
        back_text="Leave it open",
    )


@form_view(public=True)
def confirm(request):
    return act_page(request, heading="Close the note?", here="Close", title="Closing")


urlpatterns = [
    path("notes/close/", close, name="close_note"),
    path("notes/confirm/", confirm, name="confirm_note"),
    *urls_of_the_portal,
]


def read(answer):
    return " ".join(answer.text.split())


def test_the_words_of_the_view_stand_in_their_places(client):
    page = read(client.get(ADDRESS))
    for part in (
        "<title>Close the note: Fish &amp; &lt;b&gt;chips&lt;/b&gt; · WhatsOn</title>",
        '<a href="/notes/7/"><bdi>Fish &amp; &lt;b&gt;chips&lt;/b&gt;</bdi></a>',
        '<li aria-current="page"><bdi>Close the note</bdi></li>',
        "<h1>Close the note</h1>",
        '<p><bdi lang="fr">Fish &amp; &lt;b&gt;chips&lt;/b&gt;</bdi></p>',
        "<p>This cannot be undone.</p>",
        '<input type="hidden" name="version" value="3">',
        '<button class="btn btn-danger" type="submit"> Close it </button>',
        '<a class="btn btn-link" href="/notes/7/">Leave it open</a>',
    ):
        assert part in page


def test_a_refused_act_says_why_at_its_field_and_keeps_what_was_typed(client):
    page = read(client.post(ADDRESS, {"reason": "Mine"}))
    assert "<title>Error: Close the note" in page
    assert ("Say more." in page, 'value="Mine"' in page) == (True, True)


def test_a_page_without_a_form_or_a_way_back_has_its_button_alone(client):
    page = read(client.get("/notes/confirm/"))
    assert "<title>Closing · WhatsOn</title>" in page
    assert '<li aria-current="page"><bdi>Close</bdi></li>' in page
    assert (
        '<div class="form-actions"> <button class="btn btn-primary" type="submit"> Save </button> </div>'
        in page
    )
    assert "None" not in page.split("<main")[1]
