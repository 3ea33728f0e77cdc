"""Where very many join or sign in at once, those who read go on."""

import pytest
from django.contrib.auth.hashers import check_password, make_password

from accounts import hashing
from accounts.people.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Amina",
    "email": "amina@example.org",
    "password1": "a long enough one 7",
    "is_unaffiliated": "False",
    "language": "en",
    "agreed": "on",
}


@pytest.fixture
def full(settings):
    """Every place is taken, as by others whose passwords are hashed at this moment; the fixture frees one."""
    settings.PASSWORD_HASHERS = ["accounts.hashing.FewAtOnceHasher"]
    taken = 0
    while hashing._places.acquire(blocking=False):
        taken += 1
    yield hashing._places.release
    while hashing._places.acquire(blocking=False):
        pass
    for _place in range(max(settings.WEB_THREADS // 2, 1)):
        hashing._places.release()


@pytest.mark.parametrize("address", ["/en/accounts/signup/", "/en/accounts/login/"])
def test_a_full_place_answers_at_once_and_keeps_what_was_typed(full, client, address):
    sent = FORM | {"login": FORM["email"], "password": FORM["password1"]}
    answer = client.post(address, sent)
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Very many people are signing in at this moment." in page
    assert FORM["email"] in page
    assert FORM["password1"] not in page
    assert not User.objects.filter(email=FORM["email"]).exists()
    assert client.get("/en/").status_code == 200


def test_once_a_place_is_free_it_goes_on(full, client):
    full()
    assert client.post("/en/accounts/signup/", FORM).status_code == 302
    assert User.objects.get(email=FORM["email"]).password.startswith("pbkdf2_sha256$")


def test_passwords_from_before_still_open(full):
    full()
    before = make_password("a long enough one 7", hasher="default")
    user = UserFactory()
    user.password = before
    assert check_password("a long enough one 7", before)
    assert not check_password("another", before)
