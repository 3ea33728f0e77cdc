"""Pages kept for visitors: found while their version stands, never for anybody with a session."""

import gzip
import json

import brotli
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from core.page_cache import cached_page, kept_parts, kept_value


class Page:
    """A view that counts how often it had to be made."""

    def __init__(self, status: int = 200) -> None:
        self.made = 0
        self.status = status

    def __call__(self) -> HttpResponse:
        self.made += 1
        return HttpResponse(f"made {self.made}", status=self.status)


@pytest.fixture(autouse=True)
def _keeping(settings):
    settings.KEEP_PAGES_SECONDS = 60


def ask(page, *, path="/en/x/", version="1", cookies=None, method="get", **headers):
    request = getattr(RequestFactory(), method)(path, headers=headers)
    request.COOKIES.update(cookies or {})
    return cached_page(request, version, page)


def test_a_second_visitor_gets_the_kept_page():
    page = Page()
    assert [ask(page).content, ask(page).content, page.made] == [b"made 1", b"made 1", 1]


def test_a_browser_that_takes_gzip_gets_the_kept_bytes():
    answer = ask(Page(), **{"Accept-Encoding": "gzip, deflate"})
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == b"made 1"
    assert answer["Vary"] == "Accept-Encoding, Cookie, HX-Request, HX-Target, HX-History-Restore-Request"


@pytest.mark.parametrize(("encoding", "decompress"), [("gzip", gzip.decompress), ("br", brotli.decompress)])
def test_an_answer_to_a_question_is_compressed_with_less_effort(encoding, decompress):
    text = (settings.BASE_DIR / "docs" / "glossary.md").read_bytes()
    page, answer = (
        ask(lambda: HttpResponse(text), path=path, **{"Accept-Encoding": encoding}).content
        for path in ("/en/x/", "/en/x/?q=boats")
    )
    assert decompress(page) == decompress(answer) == text
    assert len(page) < len(answer) < len(text) / 2


def test_a_browser_that_takes_brotli_gets_a_page_in_it_and_no_other_does():
    page = Page()
    for _time in range(2):
        answer = ask(page, **{"Accept-Encoding": "gzip, deflate, br, zstd"})
        assert answer["Content-Encoding"] == "br"
        assert brotli.decompress(answer.content) == b"made 1"
    for takes in ("gzip", "gzip, br;q=0", "gzip, br;q=0.0"):
        assert ask(page, **{"Accept-Encoding": takes})["Content-Encoding"] == "gzip"
    for takes in ("", "identity", "gzip;q=0, broken"):
        answer = ask(page, **{"Accept-Encoding": takes})
        assert (answer.content, answer.get("Content-Encoding")) == (b"made 2", None)


@pytest.mark.parametrize(
    "other",
    [
        {"version": "2"},
        {"path": "/en/x/?page=2"},
        {"HX-Request": "true"},
        {"cookies": {settings.SESSION_COOKIE_NAME: "somebody"}},
        {"method": "post"},
    ],
    ids=["a newer version", "another address", "a part of the page", "somebody with a session", "a POST"],
)
def test_what_differs_is_made_anew(other):
    page = Page()
    ask(page)
    assert ask(page, **other).content == b"made 2"


def test_each_language_is_kept_apart():
    page = Page()
    ask(page)
    with override("ar"):
        assert ask(page).content == b"made 2"


def test_a_page_that_names_style_sheets_of_another_version_is_made_anew(settings, tmp_path):
    """RELEASE is the same for everybody who does not set it; the manifest is not."""
    settings.STATIC_ROOT = tmp_path
    page = Page()
    for css in ("frame.1.css", "frame.2.css"):
        manifest = {"version": "1.1", "hash": css, "paths": {"frame.css": css}}
        (tmp_path / "staticfiles.json").write_text(json.dumps(manifest), encoding="utf-8")
        settings.STORAGES = {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        }
        ask(page)
        ask(page)
    assert page.made == 2


class CountedSource:
    """What a part of a page is made of; counts how often it had to be found."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self):
        self.made += 1
        return {"page": {"number": self.made}, "parts": {}}


def value_for(make, *, path="/en/x/", version="1", method="get"):
    request = getattr(RequestFactory(), method)(path)
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "somebody"
    return kept_value(request, version, "the value", make)["page"]["number"]


def test_what_everybody_is_told_is_found_once_for_all_who_are_signed_in():
    source = CountedSource()
    assert [value_for(source), value_for(source), source.made] == [1, 1, 1]
    for other in ({"version": "2"}, {"path": "/en/x/?page=2"}, {"method": "post"}):
        before = source.made
        value_for(source, **other)
        assert source.made == before + 1
    with override("ar"):
        assert value_for(source) == source.made


def test_without_a_cache_it_is_found_each_time(monkeypatch):
    source = CountedSource()
    monkeypatch.setattr("core.page_cache.cache.get", lambda _key: None, raising=False)
    assert [value_for(source), value_for(source)] == [1, 2]


def test_parts_of_a_template_are_kept_as_markup():
    request = RequestFactory().get("/en/reviews/KEN/")
    context = {"page": {"has_demo": True, "latest": None}}
    for _time in range(2):
        parts = kept_parts(request, "1", "reviews/tracker/review.html", ("robots", "source"), lambda: context)
        whole = {name: part.strip() for name, part in parts.items()}
        assert whole == {"robots": '<meta name="robots" content="noindex">', "source": ""}


def test_an_error_is_not_kept():
    page = Page(status=404)
    ask(page)
    ask(page)
    assert page.made == 2


def test_questions_without_end_take_no_more_than_their_places(monkeypatch):
    written = {}
    monkeypatch.setattr("core.page_cache.MOST_ASKED", 5)
    monkeypatch.setattr(
        "core.page_cache.cache.set", lambda key, page, seconds: written.update({key: page}), raising=False
    )
    inventive = [{"path": f"/en/x/?q={n}"} for n in range(40)]
    inventive += [{"path": "/en/x/?" + "&" * n} for n in range(1, 40)]
    inventive += [{"HX-Target": f"t{n}"} for n in range(40)]
    for question in inventive:
        ask(Page(), **question)
    assert len(written) <= 5
    ask(Page())
    ask(Page(), path="/en/y/")
    assert len(written) <= 7


def test_of_two_pages_that_share_a_place_each_is_itself(monkeypatch):
    monkeypatch.setattr("core.page_cache.MOST_ASKED", 1)
    first, second = Page(), Page(status=200)
    ask(first, path="/en/x/?q=1")
    second.made = 10
    assert ask(second, path="/en/x/?q=2").content == b"made 11"
    assert ask(second, path="/en/x/?q=2").content == b"made 11"
    assert ask(first, path="/en/x/?q=1").content == b"made 2"
