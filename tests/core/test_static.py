"""Static files, while two versions answer side by side."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.middleware import StaticFilesMiddleware

pytestmark = pytest.mark.django_db  # the end of an answer looks after connections


@pytest.fixture
def ask(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = False
    (tmp_path / "css").mkdir()
    for name in ("frame.css", "frame.0123456789ab.css"):
        (tmp_path / "css" / name).write_text("of now", encoding="utf-8")
    serve = StaticFilesMiddleware(lambda request: HttpResponse(status=404))

    def get(path):
        response = serve(RequestFactory().get(path))
        body = b"".join(response) if response.status_code == 200 else b""
        response.close()
        return response.status_code, body

    return get


def test_a_page_of_another_version_gets_the_style_sheet_of_now(ask):
    assert ask("/static/css/frame.0123456789ab.css") == (200, b"of now")
    assert ask("/static/css/frame.ba9876543210.css") == (200, b"of now")


def test_what_is_not_there_under_any_name_is_not_found(ask):
    assert ask("/static/css/other.ba9876543210.css") == (404, b"")
    assert ask("/en/frame.ba9876543210.css") == (404, b"")
