"""Which mail addresses show that somebody belongs to the body behind a website."""

from urllib.parse import urlsplit

# Hosts where many have a page each: there the path tells who it is.
SHARED_HOSTS = {
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "x.com",
    "twitter.com",
    "youtube.com",
    "sites.google.com",
    "linktr.ee",
    "medium.com",
    "t.me",
    "vk.com",
    "github.com",
    "tiktok.com",
}

# Anybody gets an address there.
OPEN_TO_ALL = {
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "yahoo.com",
    "icloud.com",
    "aol.com",
    "proton.me",
    "protonmail.com",
    "gmx.com",
    "gmx.net",
    "mail.ru",
    "yandex.ru",
    "yandex.com",
    "qq.com",
    "163.com",
    "126.com",
    "zoho.com",
    "web.de",
}
_MORE_OPEN_TO_ALL = {
    "msn.com",
    "me.com",
    "mac.com",
    "ymail.com",
    "rocketmail.com",
    "pm.me",
    "gmx.de",
    "gmx.at",
    "gmx.ch",
    "t-online.de",
    "orange.fr",
    "free.fr",
    "laposte.net",
    "sina.com",
    "sohu.com",
    "foxmail.com",
    "naver.com",
    "daum.net",
    "hanmail.net",
    "rediffmail.com",
    "bk.ru",
    "list.ru",
    "inbox.ru",
    "ukr.net",
    "yandex.kz",
    "tutanota.com",
    "tuta.io",
    "fastmail.com",
    "hey.com",
    "mail.com",
    "email.com",
    "hushmail.com",
    "mailinator.com",
    "guerrillamail.com",
    "yopmail.com",
    "libero.it",
    "virgilio.it",
    "wp.pl",
    "o2.pl",
    "seznam.cz",
    "abv.bg",
    "uol.com.br",
    "bol.com.br",
    "terra.com.br",
    "yahoo.co.uk",
    "yahoo.co.jp",
    "yahoo.co.in",
    "yahoo.fr",
    "yahoo.com.br",
    "hotmail.fr",
    "hotmail.co.uk",
    "live.fr",
    "outlook.fr",
}
# Under these many bodies have a site each; whoever reads mail at the name itself works for the host.
_HOSTING = {
    "blogspot.com",
    "wordpress.com",
    "wixsite.com",
    "weebly.com",
    "webnode.com",
    "jimdofree.com",
    "jimdosite.com",
    "squarespace.com",
    "godaddysites.com",
    "webs.com",
    "tripod.com",
    "angelfire.com",
    "github.io",
    "gitlab.io",
    "netlify.app",
    "vercel.app",
    "pages.dev",
    "web.app",
    "firebaseapp.com",
    "herokuapp.com",
    "business.site",
    "google.com",
    "notion.site",
    "carrd.co",
    "strikingly.com",
    "ucoz.ru",
    "narod.ru",
    "tilda.ws",
    "over-blog.com",
    "canalblog.com",
    "eu.org",
    "uk.com",
    "us.com",
    "eu.com",
    "de.com",
    "jp.net",
    "gb.net",
    "co.com",
    "za.com",
    "ru.com",
    "br.com",
    "cn.com",
    "in.net",
    "substack.com",
    "academia.edu",
    "researchgate.net",
    "orcid.org",
    "wikipedia.org",
    "wikidata.org",
    "archive.org",
    "bsky.app",
    "threads.net",
    "telegram.me",
    "ok.ru",
    "weibo.com",
    "wechat.com",
    "issuu.com",
    "eventbrite.com",
    "gofundme.com",
    "globalgiving.org",
}
_SHARED = SHARED_HOSTS | _HOSTING
# Second parts under a country that are registries, beside every one of up to three letters. An ordinary name
# may be as short: then mail at its own host still proves, and only mail one step above a subdomain does not.
_LONG_SECOND_PARTS = {
    "asso",
    "coop",
    "firm",
    "gouv",
    "govt",
    "info",
    "kiwi",
    "iwi",
    "ltda",
    "museum",
    "name",
    "presse",
    "school",
    "academy",
    "conf",
    "store",
    "arts",
    "nome",
    "press",
    "police",
    "parliament",
    "uni",
}
_COUNTRY = 2  # letters of a country's own top domain
_SHORT = 3  # letters of "com", "org", "nsw" and most other second parts


def site_host(website: str) -> str:
    """Return the ASCII host whose e-mail proves that a person belongs to the body; "" where none does."""
    try:
        host = _ascii((urlsplit(website.strip()).hostname or "").rstrip("."))
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    above, _dot, top = host.rpartition(".")
    named = bool(above) and top[:1].isalpha()  # neither a name of the own network nor a number
    return host if named and not is_shared(host) else ""


def is_shared(host: str) -> bool:
    """Return whether unrelated people have pages, sites or addresses at the host."""
    labels = host.split(".")
    names = {".".join(labels[start:]) for start in range(len(labels))}
    return bool(names & (_SHARED | OPEN_TO_ALL | _MORE_OPEN_TO_ALL))


def registered_parent(host: str) -> str:
    """Return the domain under which `host` is registered, or `host` itself where that is uncertain."""
    labels = host.split(".")
    for size in (2, 3):
        if len(labels) < size:
            break
        parent = ".".join(labels[-size:])
        if not _is_registry(parent):
            return parent
    return host


def proves(address: str, website: str) -> bool:
    """Return whether reading mail at `address` proves that a person belongs to the body of `website`."""
    host = site_host(website)
    try:
        domain = _ascii(address.strip().rpartition("@")[2].rstrip("."))
    except ValueError:
        return False
    return bool(host) and bool(domain) and domain in {host, registered_parent(host)} and not is_shared(domain)


def _ascii(host: str) -> str:
    """Lower case, with letters beyond ASCII as the network writes them; two that look alike stay two."""
    return host.casefold().encode("idna").decode() if host else ""


def _is_registry(name: str) -> bool:
    """Return whether others may register names right under this one; true in doubt."""
    second, _dot, top = name.rpartition(".")
    return not second or (len(top) == _COUNTRY and (len(second) <= _SHORT or second in _LONG_SECOND_PARTS))
