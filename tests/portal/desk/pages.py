"""What a test reads on the pages of the desk."""

import re

from tests.support import markup_of

DESK = "/en/desk/"


def menu_of(client, url=DESK):
    match = re.search(r'class="desk-menu".*?</nav>', markup_of(client.get(url)), re.DOTALL)
    return match[0] if match else ""


def counts_of(menu):
    """[(address that the number leads to, number)] of the pages in the menu."""
    return [
        (url.replace("&amp;", "&"), int(number.replace(",", "")))
        for url, number in re.findall(r'class="desk-count" href="([^"]+)">([\d,]+)<', menu)
    ]


def tabs_of(page):
    return dict(
        re.findall(r'class="nav-link[^>]*>([^<]+?) ?<span class="desk-count">(\d+)<', markup_of(page))
    )


def titles_of(page):
    return re.findall(r'class="entry-title"><bdi dir="auto">([^<]+)<', markup_of(page))
