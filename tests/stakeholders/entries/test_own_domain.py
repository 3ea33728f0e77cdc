"""Which mail addresses show that somebody belongs to the body behind a website."""

import pytest

from stakeholders.entries.own_domain import proves, registered_parent, site_host

YES = [
    ("ann@coastalwatch.org", "https://coastalwatch.org"),
    ("ann@coastalwatch.org", "https://www.coastalwatch.org/about?x=1"),
    ("ANN@CoastalWatch.ORG", "HTTPS://WWW.COASTALWATCH.ORG"),
    ("ann@coastalwatch.org", "https://en.coastalwatch.org"),
    ("ann@law.example.ac.uk", "https://law.example.ac.uk"),
    ("ann@example.ac.uk", "https://law.example.ac.uk"),
    ("ann@example.edu.co", "https://www.derecho.example.edu.co"),
    ("ann@ifs.de", "https://www.ifs.de"),
    ("ann@bücher.example", "https://xn--bcher-kva.example"),
    ("ann@xn--bcher-kva.example", "https://www.bücher.example/"),
]
NO = [
    ("ann@mail.coastalwatch.org", "https://coastalwatch.org"),  # below the site, not above
    ("ann@coastalwatch.com", "https://coastalwatch.org"),
    ("ann@notcoastalwatch.org", "https://coastalwatch.org"),
    ("ann@coastalwatch.org.evil.example", "https://coastalwatch.org"),
    ("coastalwatch.org@evil.example", "https://coastalwatch.org"),
    ("ann@evil.example", "https://coastalwatch.org@evil.test"),
    ("ann@org", "https://coastalwatch.org"),
    ("ann@ac.uk", "https://law.example.ac.uk"),
    ("ann@co.ke", "https://coastalwatch.co.ke"),
    ("ann@ifs.de", "https://en.ifs.de"),  # as short as a registry: in doubt no
    ("ann@gmail.com", "https://gmail.com"),
    ("ann@yahoo.co.uk", "https://www.yahoo.co.uk"),
    ("ann@facebook.com", "https://www.facebook.com/coastalwatch"),
    ("ann@facebook.com", "https://m.facebook.com/coastalwatch"),
    ("ann@wordpress.com", "https://coastalwatch.wordpress.com"),
    ("ann@coastalwatch.wordpress.com", "https://coastalwatch.wordpress.com"),
    ("ann@google.com", "https://sites.google.com/view/coastalwatch"),
    ("ann@eu.org", "https://coastalwatch.eu.org"),
    ("ann@localhost", "http://localhost"),
    ("ann@[192.0.2.1]", "http://192.0.2.1"),
    ("ann@192.0.2.1", "http://192.0.2.1"),
    ("ann@сoastalwatch.org", "https://coastalwatch.org"),  # its first letter is Cyrillic
    ("ann@coastalwatch.org", ""),
    ("ann@coastalwatch.org", "https://[broken"),
    ("", "https://coastalwatch.org"),
    ("coastalwatch", "https://coastalwatch.org"),
    ("ann@" + "a" * 70 + ".org", "https://" + "a" * 70 + ".org"),
]


@pytest.mark.parametrize(("address", "website"), YES)
def test_mail_at_the_own_domain_proves(address, website):
    assert proves(address, website) is True


@pytest.mark.parametrize(("address", "website"), NO)
def test_anything_else_proves_nothing(address, website):
    assert proves(address, website) is False


def test_the_host_is_the_one_that_the_page_names():
    assert site_host("https://www.coastalwatch.org/x") == "coastalwatch.org"
    assert site_host("https://linktr.ee/coastalwatch") == ""
    assert registered_parent("a.b.example.org") == "example.org"
    assert registered_parent("example.ac.uk") == "example.ac.uk"
