"""The pictures of the help: each is there, small, described, and in the reader's language if taken in it."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from PIL import Image

from accounts.people.enums import Role
from portal.help.enums import PAGES
from portal.help.enums_pictures import FOLDER, HEIGHT, PICTURES, TAKEN_IN, WIDTH
from tests.factories.accounts import person_with, sign_in
from tools.draw_help import MOST_BYTES

MOST_BYTES_OF_ALL = 900_000
NAMES = {f"{name}.{language}.webp" for name in PICTURES for language in TAKEN_IN}


def test_each_picture_is_there_and_no_other_and_all_are_small():
    folder = settings.BASE_DIR / "static" / FOLDER
    files = [*folder.iterdir()]
    assert {file.name for file in files} == NAMES
    sizes = [file.stat().st_size for file in files]
    assert max(sizes) <= MOST_BYTES
    assert sum(sizes) <= MOST_BYTES_OF_ALL
    for file in files:
        with Image.open(file) as picture:
            assert (picture.format, picture.size) == ("WEBP", (WIDTH, HEIGHT)), file.name


@pytest.mark.django_db
def test_each_is_shown_on_its_page_with_its_words_and_its_size(client, reference, subtests):
    sign_in(client, person_with(Role.HEAD))
    for language, taken_in in (("en", "en"), ("ar", "ar"), ("fr", "en")):
        shown = []
        for code in PAGES:
            with subtests.test(code=code, language=language):
                page = client.get(f"/{language}/help/{code}/").text
                for figure in re.findall(r'<figure class="help-picture">.*?</figure>', page, re.DOTALL):
                    (source,) = re.findall(r'<img src="/static/([^"]+)"', figure)
                    shown.append(source)
                    assert finders.find(source)
                    assert f'width="{WIDTH}" height="{HEIGHT}" loading="lazy"' in figure
                    assert re.search(r'alt="[^"]{20,}"', figure)
                    assert re.search(r"<figcaption>[^<]{20,}</figcaption>", figure)
        assert sorted(shown) == sorted(f"{FOLDER}/{name}.{taken_in}.webp" for name in PICTURES)
