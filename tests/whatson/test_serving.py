"""What a process of the web server makes before it takes requests."""

from types import SimpleNamespace

import pytest

from whatson.serving import post_worker_init


@pytest.mark.django_db
def test_a_new_process_makes_a_page_of_the_directory(client, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://portal.example", ["portal.example"]
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answers = []

    def answer(environ, start_response):
        answers.append(client.request(**environ))
        return answers[-1]

    post_worker_init(SimpleNamespace(wsgi=answer, pid=1))

    [page] = answers
    assert page.status_code == 200
    assert b'id="results"' in page.content
