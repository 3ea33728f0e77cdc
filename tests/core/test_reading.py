"""What a reading request asks once."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from core.reading import AskedOnceMiddleware, once


@pytest.fixture
def calls():
    return []


def view(calls):
    """Asks twice, and answers with what it was given."""

    def answer(request):
        number = [once("number", lambda: calls.append(1) or len(calls)) for _time in range(2)]
        return HttpResponse(str(number))

    return AskedOnceMiddleware(answer)


def test_a_page_is_given_the_first_answer_and_the_next_page_another(calls):
    read = view(calls)
    assert read(RequestFactory().get("/")).content == b"[1, 1]"
    assert read(RequestFactory().get("/")).content == b"[2, 2]"


def test_what_writes_asks_each_time(calls):
    assert view(calls)(RequestFactory().post("/")).content == b"[1, 2]"


def test_nothing_is_remembered_outside_a_request(calls):
    assert [once("number", lambda: calls.append(1) or len(calls)) for _time in range(2)] == [1, 2]
