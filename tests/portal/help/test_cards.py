"""The cards of roles: one page each, tagged, from the help as it is, and the team's for the team alone."""

import re
from io import BytesIO

import pypdfium2
import pytest
from django.conf import settings
from django.utils.translation import override

from accounts.people.enums import Role
from portal.help.card_pdf import card_data, card_pdf
from portal.help.enums import CARDS
from portal.pages.actions import load_pages
from tests.factories.accounts import person_with, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", CARDS)
def test_a_card_is_one_tagged_page_in_every_language(role, reference, subtests):
    for language, _name in settings.LANGUAGES:
        with subtests.test(language=language), override(language):
            pdf = card_pdf(role)
            assert b"/StructTreeRoot" in pdf
            assert b"pdfuaid" in pdf  # not the plain PDF that is made where PDF/UA is refused
            document = pypdfium2.PdfDocument(BytesIO(pdf))
            assert len(document) == 1
            assert [round(length) for length in document[0].get_size()] == [595, 842]


@pytest.mark.parametrize("role", CARDS)
def test_a_card_holds_five_sections_of_the_help_and_their_addresses(role, client, reference):
    load_pages()
    sign_in(client, person_with(Role.HEAD))
    data = card_data(role)
    assert len(data["parts"]) == 5
    for part in data["parts"]:
        assert bool(part["steps"]) != bool(part["text"])
        assert all(part["steps"])
        assert client.get(part["begin"].removeprefix(settings.SITE_URL) or "/en/").status_code == 200
        path, _hash, place = part["address"].removeprefix(settings.SITE_URL).partition("#")
        assert f'<h2 id="{place}">{part["title"]}</h2>' in client.get(path).text


def test_the_steps_are_those_of_the_help_without_what_explains_them(reference):
    part = card_data("visitor")["parts"][-1]
    assert part["title"] == "How do I register?"
    assert part["steps"] == [
        "Search the directory",
        "Create an account",
        "Fill in the application",
        "Check and send",
    ]


def test_the_first_page_of_the_help_offers_them_and_that_of_the_team_to_the_team_alone(client):
    def offered():
        return re.findall(r'href="/en/help/cards/([\w-]+)\.pdf"', client.get("/en/help/").text)

    assert offered() == [role for role in CARDS if role != "team"]
    assert client.get("/en/help/cards/team.pdf").status_code == 404
    assert client.get("/en/help/cards/nothing.pdf").status_code == 404
    answer = client.get("/en/help/cards/member.pdf")
    assert answer["Content-Type"] == "application/pdf"
    sign_in(client, person_with(Role.VETTING))
    assert offered() == [*CARDS]
    assert client.get("/en/help/cards/team.pdf").content.startswith(b"%PDF")
