"""What the settings say of institutions: read, or refused in one line that says where."""

import pytest

from accounts.identity_providers import read_providers, refuse_unsafe_servers
from accounts.people.enums import Role

GOOD = """
[ministry]
name = "Ministry of Justice"
server = "https://sign-in.ministry.example/realms/staff/"
client_id = "whatson"
client_secret = "secret"
domains = ["Ministry.example", "courts.ministry.example"]
"""


def test_what_is_not_named_is_not_given():
    (institution,) = read_providers(GOOD)
    assert institution.server == "https://sign-in.ministry.example/realms/staff"
    assert institution.withheld_roles == set(Role.values)
    assert (institution.second_factor, institution.verified_by) == (frozenset(), "email_verified")
    assert [
        institution.speaks_for(address)
        for address in ("A@MINISTRY.example", "a@courts.ministry.example", "a@other.ministry.example", "a")
    ] == [True, True, False, False]
    assert "secret" not in repr(institution)
    assert read_providers("") == ()


def test_several_and_what_they_may():
    more = 'roles = ["vetting"]\nsecond_factor = ["mfa"]\nverified_by = "xms_edov"\n'
    first, second = read_providers(GOOD + GOOD.replace("ministry]", "two]") + more)
    assert (first.id, second.id) == ("ministry", "two")
    assert Role.VETTING not in second.withheld_roles
    assert Role.HEAD in second.withheld_roles


DOMAINS = 'domains = ["Ministry.example", "courts.ministry.example"]'
SERVER = '"https://sign-in.ministry.example/realms/staff/"'
NAME = 'name = "Ministry of Justice"'


@pytest.mark.parametrize(
    ("instead", "of", "fault"),
    [
        ("[", "[ministry]", "is not TOML"),
        ("[Ministry]", "[ministry]", "[Ministry] must be of small letters"),
        ('ministry = "x"', GOOD, "[ministry] must be a table"),
        ("", NAME, "[ministry] lacks name"),
        ('client_secret = " "', 'client_secret = "secret"', "[ministry] lacks client_secret"),
        ("domains = []", DOMAINS, "domains must name"),
        ('domains = ["@x.example"]', DOMAINS, "@x.example is"),
        ('domains = "x.example"', DOMAINS, "must be a list"),
        ('name = "M"\nroles = ["boss"]', NAME, "boss is none of vetting, curation"),
        ('name = "M"\nrole = ["head"]', NAME, "[ministry] knows no role"),
        ('"http://sign-in.ministry.example"', SERVER, "server is not"),
        ('"https://u:p@x.example"', SERVER, "server is not of the form"),
    ],
)
def test_a_wrong_one_is_refused_in_a_line_that_says_where(instead, of, fault):
    with pytest.raises(ValueError, match=r"^SINGLE_SIGN_ON.*\.$") as refused:
        read_providers(GOOD.replace(of, instead))
    assert fault in str(refused.value)
    assert "secret" not in str(refused.value).replace("client_secret", "")


def test_production_takes_no_server_of_this_machine():
    here = GOOD.replace("https://sign-in.ministry.example", "http://localhost:9000")
    with pytest.raises(ValueError, match="server must begin with https://"):
        refuse_unsafe_servers(read_providers(here))
