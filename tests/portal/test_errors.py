"""Error pages: what happened, what to do, who can help. They show with DEBUG off, as in production."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import connection
from django.test import Client
from django.urls import path

from core.errors import TooMany
from core.views import csrf_failure, gone
from whatson import urls as real

pytestmark = pytest.mark.django_db


def fails_with(error):
    @login_not_required
    def view(request):
        raise error

    return view


@login_not_required
def breaks(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT no_such_function()")


urlpatterns = [
    path("en/test/400/", fails_with(SuspiciousOperation("x"))),
    path("en/test/403/", fails_with(PermissionDenied("Only the desk decides."))),
    path("en/test/410/", login_not_required(gone)),
    path("en/test/429/", fails_with(TooMany("Slowly, please.", retry_after=90))),
    path("en/test/500/", breaks),
    path("en/test/csrf/", login_not_required(csrf_failure)),
    *real.urlpatterns,
]
handler400, handler403 = real.handler400, real.handler403
handler404, handler500 = real.handler404, real.handler500


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.mark.urls("tests.portal.test_errors")
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/en/test/400/", 400, "This request could not be read"),
        ("/en/test/403/", 403, "You do not have permission"),
        ("/en/nowhere/", 404, "Page not found"),
        ("/nowhere/", 404, "Page not found"),
        ("/en/test/410/", 410, "This has been withdrawn"),
        ("/en/test/429/", 429, "Too many tries"),
        ("/en/test/500/", 500, "Something broke on our side"),
        ("/en/test/csrf/", 403, "This form has expired"),
    ],
)
def test_each_error_says_what_happened_what_to_do_and_who_can_help(visitor, address, status, heading):
    assert settings.DEBUG is False
    response = visitor.get(address)
    assert response.status_code == status
    assert re.search(r"<h1>(.*?)</h1>", response.text).group(1) == heading
    assert re.findall(r"<h2>(.*?)</h2>", response.text) == ["What you can do", "Who can help"]
    assert f"mailto:{settings.DESK_EMAIL}" in response.text


@pytest.mark.urls("tests.portal.test_errors")
def test_a_limit_says_when_to_come_back(visitor):
    response = visitor.get("/en/test/429/")
    assert response["Retry-After"] == "90"
    assert "Slowly, please." in response.text
    assert "You can try again in 90 seconds." in response.text


@pytest.mark.urls("tests.portal.test_errors")
def test_a_refusal_gives_its_reason(visitor):
    assert "Only the desk decides." in visitor.get("/en/test/403/").text


@pytest.mark.urls("tests.portal.test_errors")
def test_the_page_for_our_own_faults_needs_nothing_that_may_be_broken(visitor, django_assert_num_queries):
    with django_assert_num_queries(1):  # the statement that fails
        response = visitor.get("/en/test/500/")
    assert response.status_code == 500


def test_a_form_from_elsewhere_is_refused_with_a_page_that_helps():
    response = Client(enforce_csrf_checks=True).post("/en/accounts/logout/")
    assert response.status_code == 403
    assert "This form has expired" in response.text
