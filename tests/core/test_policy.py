"""What browsers are told of every answer: what a page may do, and what pages of others may read."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    ["/en/events/calendar.ics", "/en/events/events.atom", "/en/news/feed/", "/en/resources/feed/", "/oai/"],
)
def test_pages_of_others_read_public_calendars_feeds_and_records(client, path):
    answer = client.get(path, headers={"Origin": "https://partner.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.has_header("Access-Control-Allow-Credentials")
    if tag := answer.get("ETag"):
        unchanged = client.get(path, headers={"If-None-Match": tag})
        assert (unchanged.status_code, unchanged["Access-Control-Allow-Origin"]) == (304, "*")


@pytest.mark.parametrize("path", ["/en/", "/en/accounts/login/", "/en/nothing/", "/api/v1/"])
def test_no_page_uses_the_device_and_no_page_of_ours_is_read_by_others(client, path):
    answer = client.get(path)
    assert "camera=()" in answer["Permissions-Policy"]
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert answer.has_header("Access-Control-Allow-Origin") == path.startswith("/api/")
