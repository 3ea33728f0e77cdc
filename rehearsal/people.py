"""What people do, by HTTP alone: administrators begin, an organization registers, the desk decides."""

import base64
import hashlib
import hmac
import http.client
import http.cookiejar
import json
import re
import ssl
import struct
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from typing import Any

import lxml.html

from rehearsal.host import Failed

BASE = "https://localhost/en/"
MAILS = "http://127.0.0.1:8025/api/v1"
PASSWORD = "correct-horse-battery-9-staple"  # noqa: S105  of people who are thrown away
ADMINISTRATORS = ("one@example.org", "two@example.org")  # as docs/operations/host.md names them
APPLICANT, VETTER = "amina@coastalwatch.example", "vera@example.org"
ORGANIZATION = "Coastal Watch of the Rehearsal"
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def expect(good: object, message: str) -> None:
    if not good:
        raise Failed(message)


# --- A browser ----------------------------------------------------------------------------------------


class RequestIds(urllib.request.BaseHandler):
    """Collects (method, id) of each request, also of redirected ones, in `answered`."""

    def __init__(self) -> None:
        self.answered: list[tuple[str, str]] = []

    def https_response(self, request: urllib.request.Request, answer: Any) -> Any:
        self.answered.append((request.get_method(), answer.headers.get("X-Request-ID", "")))
        return answer


class Browser:
    """Cookies and forms of one person; `url`, `status`, `headers`, `body` and `tree` of the page it is on."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        self.jar, self.ids = http.cookiejar.CookieJar(), RequestIds()
        self.headers = http.client.HTTPMessage()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=tls),
            urllib.request.HTTPCookieProcessor(self.jar),
            self.ids,
        )
        self.url, self.status, self.body, self.tree = BASE, 0, b"", lxml.html.Element("html")

    def open(self, address: str, data: bytes | None = None, kind: str = "") -> "Browser":
        url = urllib.parse.urljoin(self.url, address)
        request = urllib.request.Request(url, data, {"Referer": self.url})  # noqa: S310  our own addresses
        if kind:
            request.add_header("Content-Type", kind)
        try:
            answer = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.status, self.url, self.body = answer.status, answer.url, answer.read()
            self.headers = answer.headers
        if self.body.lstrip()[:1] == b"<":
            self.tree = lxml.html.document_fromstring(self.body)
        return self

    def form(self, having: str) -> Any:
        """Return the first form that has this field, or this in its address; "" is any."""
        for form in self.tree.xpath("//main//form") or self.tree.forms:
            if form.method == "POST" and (having in (form.action or "") or having in form.fields):
                return form
        raise Failed(f"{self.url} ({self.status}) has no form with {having!r}")

    def send(
        self, having: str, values: dict[str, str] | None = None, paper: tuple[str, bytes] | None = None
    ) -> "Browser":
        """Send a form, filled in as it came but for `values`; `paper` is (field, content) of a PDF."""
        form, values = self.form(having), values or {}
        parts = [pair for pair in form.form_values() if pair[0] not in values] + list(values.items())
        mark = uuid.uuid4().hex
        body = "".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in parts
        ).encode()
        if paper:
            body += (
                (
                    f'--{mark}\r\nContent-Disposition: form-data; name="{paper[0]}"; '
                    'filename="certificate.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
                ).encode()
                + paper[1]
                + b"\r\n"
            )
        body += f"--{mark}--\r\n".encode()
        return self.open(form.action or self.url, body, f"multipart/form-data; boundary={mark}")

    def expect(self, good: object, message: str) -> "Browser":
        errors = " ".join(" ".join(self.tree.xpath("//*[contains(@class, 'error')]//text()")).split())
        expect(good, f"{message}: {self.status} at {self.url} {errors[:200]}")
        return self

    def link(self, pattern: str) -> str:
        for address in self.tree.xpath("//a/@href"):
            if re.search(pattern, address):
                return str(address)
        raise Failed(f"{self.url} has no link like {pattern}")


# --- E-mail and codes ---------------------------------------------------------------------------------


def ask_mail_catcher(address: str) -> Any:
    with urllib.request.urlopen(f"{MAILS}/{address}", timeout=10) as answer:  # noqa: S310  the mail catcher
        return json.load(answer)


def number_of_mails() -> int:
    return int(ask_mail_catcher("messages")["total"])


def link_in_mail(to: str, pattern: str, after: int, seconds: int = 180) -> tuple[str, float]:
    """Return the first match in a mail after the first `after` ones, and the seconds until it came."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        listed = ask_mail_catcher("messages?limit=500")
        for mail in listed["messages"][: listed["total"] - after]:
            if any(recipient["Address"].lower() == to for recipient in mail["To"]) and (
                match := re.search(pattern, ask_mail_catcher(f"message/{mail['ID']}")["Text"])
            ):
                return match[0], time.monotonic() - start
        time.sleep(0.5)
    raise Failed(f"No mail to {to} with {pattern} within {seconds} s")


def code(key: str) -> str:
    """Return the one-time code of now (RFC 6238)."""
    secret = key.replace(" ", "").upper()
    mac = hmac.new(
        base64.b32decode(secret + "=" * (-len(secret) % 8)),
        struct.pack(">Q", int(time.time()) // 30),
        hashlib.sha1,
    )
    at = mac.digest()[-1] & 15
    return f"{(struct.unpack('>I', mac.digest()[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


# --- What they do -------------------------------------------------------------------------------------


@dataclass
class People:
    """Everybody of the rehearsal; `typed` is all that may stand in no log."""

    tls: ssl.SSLContext
    browsers: dict[str, Browser] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(
        default_factory=lambda: {PASSWORD, APPLICANT, VETTER, *ADMINISTRATORS, ORGANIZATION}
    )
    number: str = ""  # of the application
    number_of_entry: str = ""
    link: str = ""  # to a new password, not used yet

    def keep(self, link: str, key: str) -> str:
        self.typed.add(re.split(key, link)[1].strip("/"))
        return link

    def sign_up(self, address: str, name: str) -> float:
        """Sign up and return the seconds until the mail that confirms the address."""
        browser = self.browsers[address] = Browser(self.tls)
        after = number_of_mails()
        browser.open("/en/accounts/signup/").send(
            "password1", {"name": name, "email": address, "password1": PASSWORD, "agreed": "on"}
        )
        browser.expect("/confirm-email/" in browser.url, "Signing up")
        link, seconds = link_in_mail(address, r"https://\S+/confirm-email/\S+", after, 400)
        browser.open(self.keep(link, "/confirm-email/")).send("confirm-email")
        browser.expect("/confirm-email/" not in browser.url, "Confirming the address")
        return seconds

    def sign_in(self, address: str) -> Browser:
        browser = self.browsers[address] = Browser(self.tls)
        browser.open("/en/accounts/login/").send("password", {"login": address, "password": PASSWORD})
        if "/2fa/" in browser.url:
            browser.send("code", {"code": code(self.keys[address])})
        if "/consent/" in browser.url:
            browser.send("agreed", {"agreed": "on"})
        return browser.expect(
            browser.status == 200 and not re.search("/login/|/2fa/|/consent/", browser.url), "Signing in"
        )

    def ask_for_password(self, address: str) -> tuple[str, float]:
        after = number_of_mails()
        browser = Browser(self.tls).open("/en/accounts/password/reset/").send("email", {"email": address})
        browser.expect(browser.status == 200, "Forgot your password?")
        link, seconds = link_in_mail(address, r"https://\S+/reset/key/\S+", after)
        return self.keep(link, "/reset/key/"), seconds

    def set_password(self, address: str) -> float:
        link, seconds = self.ask_for_password(address)
        browser = Browser(self.tls).open(link)
        both = {
            name: PASSWORD for name in browser.form("password1").fields if re.fullmatch(r"password\d", name)
        }
        browser.send("password1", both).expect(
            "/login/" in browser.url or "/done/" in browser.url, "Password"
        )
        self.sign_in(address)
        return seconds

    def enrol(self, address: str) -> None:
        browser = self.browsers[address]
        browser.open("/en/accounts/2fa/totp/activate/")
        if "reauthenticate" in browser.url:
            browser.send("password", {"password": PASSWORD})
        keys = (text.strip() for text in browser.tree.xpath("//code//text()"))
        self.keys[address] = next(text for text in keys if len(text.replace(" ", "")) >= 16)
        self.typed |= {self.keys[address], self.keys[address].replace(" ", "")}
        browser.send("code", {"code": code(self.keys[address])})
        browser.expect("recovery-codes" in browser.url, "Setting up the second factor")

    def give_role(self, address: str, role: str) -> None:
        """Give a role as one administrator and confirm it as the other."""
        giver, confirmer = (self.browsers[name] for name in ADMINISTRATORS)
        giver.open("/en/desk/roles/give/").send("role", {"person": address, "role": role})
        giver.expect(giver.status == 200 and "/give/" not in giver.url, "Giving the role")
        confirmer.open("/en/desk/roles/?status=waiting")
        confirmer.open(confirmer.tree.xpath("//main//a[contains(@href, '/confirm/')]/@href")[0]).send("")
        confirmer.expect(confirmer.status == 200, "Confirming the role")

    def register(self) -> None:
        """Register an organization, from the kind to the sending, with a paper."""
        page = self.sign_in(APPLICANT).open("/en/stakeholders/register/").send("kind", {"kind": "ngo"})
        page.expect("/who/" in page.url, "Beginning to register")
        match = re.search(r"/applications/(\d+)/", page.url)
        self.number = match[1] if match else ""
        page.send("name", {"name": ORGANIZATION, "country": "KEN"}).expect("/what/" in page.url, "Who")
        page.send(
            "mission",
            {
                "mission": "We document illegal fishing.",
                "mission_language": "en",
                "topics": next(
                    option for option in page.form("mission").inputs["topics"].value_options if option
                ),
            },
        ).expect("/how/" in page.url, "What")
        page.open(page.url.replace("/how/", "/seen/")).send("listing", {"listing": "public"})
        page.expect("/papers/" in page.url, "Who sees it")
        page.send("papers", paper=("papers", PAPER)).expect("/check/" in page.url, "Papers")
        page.send("")
        page.expect(re.search(r"/applications/\d+/$", page.url), "Sending the application")

    def decide(self) -> float:
        """Approve the application and return the seconds until the mail that says so."""
        desk = f"/en/desk/vetting/{self.number}/"
        page = self.browsers[VETTER].open(desk)
        page.expect(page.status == 200 and ORGANIZATION.encode() in page.body, "Opening the application")
        paper = page.link(r"/paper/\d+")
        page.open(paper).expect(page.body == PAPER, "Reading the paper")
        stranger = Browser(self.tls).open(page.url)
        stranger.expect(stranger.body != PAPER, "A stranger reads the paper")
        page.open(desk)
        questions = [name for name in page.form("/checklist/").fields if "-answer_" in name]
        # The fourth asks whether there is a risk.
        answers = {name: "no" if name.endswith("_4") else "yes" for name in questions}
        page.send("/checklist/", answers)
        page.expect("/checklist/" not in page.url, "Answering the checklist")
        after = number_of_mails()
        page.send("/approve/").expect("/approve/" not in page.url, "Approving")
        return link_in_mail(APPLICANT, r"(?i)is (now )?in the directory|approved", after)[1]

    def found_in_the_directory(self) -> bool:
        words = urllib.parse.urlencode({"q": ORGANIZATION})
        page = Browser(self.tls).open(f"/en/stakeholders/?{words}")
        return any("coastal-watch" in address for address in page.tree.xpath("//a/@href"))

    def kept_pages(self) -> list[str]:
        """Return the addresses, kept for visitors, that name the organization."""
        words = urllib.parse.urlencode({"q": ORGANIZATION})
        page = Browser(self.tls).open(f"/en/stakeholders/?{words}")
        profile = page.link("coastal-watch")
        addresses = (
            profile,
            "/en/",
            "/en/stakeholders/",
            f"/en/stakeholders/?{words}",
            "/en/stakeholders/?country=KEN",
            f"/en/search/?{words}",
            "/en/countries/KEN/",
            "/sitemap-stakeholders-1.xml",
        )
        return self.still_named(list(addresses))

    def still_named(self, addresses: list[str]) -> list[str]:
        # A search names what was typed, so what counts is a link to the profile, or its heading.
        named = []
        for address in addresses:
            page = Browser(self.tls).open(address)
            if page.status == 200 and (b"coastal-watch" in page.body or "coastal-watch" in page.url):
                named.append(address)
        return named

    def hide(self) -> list[str]:
        """Take the organization out of the directory; return the kept pages that had named it."""
        pages = self.kept_pages()
        expect(len(pages) >= 3, f"Few pages name the organization: {pages}")
        self.still_named(pages)  # once more, so that each is kept
        self.number_of_entry = re.findall(r"/(\d+)-coastal-watch", " ".join(pages))[0]
        self.list_as("unlisted")
        left = self.still_named(pages)
        expect(not left, f"Still named after it was hidden: {left}")
        return pages

    def show(self) -> None:
        self.list_as("public")
        expect(self.found_in_the_directory(), "The organization is not found after it was shown again")

    def list_as(self, listing: str) -> None:
        page = self.sign_in(APPLICANT).open(f"/en/stakeholders/{self.number_of_entry}/manage/entry/")
        page.send("listing", {"listing": listing})
        page.expect(page.status == 200 and "/entry/" not in page.url, "Choosing who may find the entry")
