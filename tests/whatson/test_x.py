import pytest, io, json
from django.test import Client
from django.db import transaction
from accounts.enums import Role
from tests.factories.accounts import *
from tests.factories.stakeholders import *

pytestmark = pytest.mark.django_db


def go(client, method, url, *a, **k):
    try:
        with transaction.atomic():
            r = getattr(client, method)(url, *a, **k)
            if r.status_code >= 500:
                transaction.set_rollback(True)
        st = r.status_code
    except Exception as e:
        return print("ANS EXC", type(e).__name__, str(e)[:100], url[:100])
    print(
        "ANS",
        st,
        method,
        url[:110],
        r.headers.get("Location", ""),
        "" if "Content-Security-Policy" in r.headers else "NOCSP",
    )
    return r


def test_numbers():
    c = Client(raise_request_exception=False)
    StakeholderFactory()
    for url in (
        "/sitemap-stakeholders-99999999999999999999999.xml",
        "/en/stakeholders/99999999999999999999999/",
        "/en/stakeholders/99999999999999999999999-x/",
        "/files/paper/99999999999999999999999/",
        "/en/stakeholders/?page=99999999999999999999999999",
        "/en/stakeholders/?page=-1",
        "/en/stakeholders/?q=%00",
        "/en/search/?q=%00",
        "/en/search/?q=%ED%A0%80",
        "/en/stakeholders/?kind=%00&country=%00&topic=%00&region=%00&sort=%00&page=%00",
        "/en/stakeholders/?" + "&".join(f"country=K{i}" for i in range(1500)),
        "/en/stakeholders/?q=" + "a" * 5000,
        "//evil.com/en/",
        "/en//evil.com/",
        "/en/desk",
        "//evil.com/en/desk/",
        "/en/accounts/login/?next=//evil.com",
        "/en/accounts/login/?next=https:evil.com",
        "/en/desk/vetting/99999999999999999999999/",
        "/en/admin/login/?next=//evil.com",
        "/en/admin/",
        "/admin/",
        "/static/css/portal.css",
        "/en/accounts/confirm-email/x/",
        "/en/accounts/password/reset/key/1-set-password/",
        "/en/accounts/2fa/",
        "/dev/",
        "/dev/mail/",
        "/metrics",
        "/en/stakeholders/\n",
        "/en/search/?q=" + "x%20OR%20" * 60,
        "/en/search/?q=%22%22%22-%22",
        "/robots.txt/..",
        "/en/stakeholders/1-a%0d%0aSet-Cookie:x=1/",
    ):
        go(c, "get", url)
    c = Client(raise_request_exception=False)
    sign_in(c, person_with(Role.VETTING))
    for url in (
        "/en/desk/vetting/99999999999999999999999/",
        "/en/desk/vetting/?page=x&holder=%00&country=%00&age=9999&kind=zz",
        "/en/stakeholders/applications/99999999999999999999999/",
        "/en/me/notices/?page=%00",
    ):
        go(c, "get", url)
    go(c, "post", "/en/me/notices/99999999999999999999999/read/")
    go(c, "post", "/en/desk/vetting/99999999999999999999999/approve/")
    c = Client(raise_request_exception=False)
    sign_in(c, person_with(Role.ADMINISTRATOR))
    for q in (
        "number=99999999999999999999999",
        "number=1e49",
        "number=NaN",
        "number=1.5",
        "before=1e49",
        "before=-1",
        "before=NaN",
        "who=%00",
        "since=0001-01-01",
        "until=9999-12-31",
        "since=99999-01-01",
        "action=%00",
        "kind=x",
    ):
        go(c, "get", "/en/desk/audit/?" + q)
    for url in (
        "/en/admin/accounts/user/99999999999999999999999/change/",
        "/en/admin/accounts/user/?q=%00",
        "/en/admin/accounts/user/?o=99999999999999999999",
        "/en/admin/accounts/user/?p=99999999999999999999999",
        "/en/admin/audit/entry/?id=99999999999999999999999",
        "/en/admin/account/emailaddress/",
        "/en/admin/",
        "/en/admin/accounts/grant/?user__password__startswith=pbkdf2",
        "/en/admin/accounts/user/?password__startswith=a",
        "/en/admin/notifications/message/?facts__code=A",
        "/en/admin/notifications/message/?url__startswith=/en/acc",
        "/en/admin/mfa/authenticator/",
        "/en/admin/password_change/",
        "/en/admin/stakeholders/",
        "/en/admin/sessions/",
    ):
        go(c, "get", url)
