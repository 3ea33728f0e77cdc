"""The look as numbers: contrast, weight, logical properties."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.html import format_html

from tests.factories.stakeholders import StakeholderFactory

# All but that of Django's admin, in which the tokens do not stand.
SHEETS = {
    sheet.stem: sheet.read_text(encoding="utf-8")
    for sheet in sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))
    if sheet.stem != "admin"
}
CSS = "\n".join(SHEETS.values())


def tokens(block):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


LIGHT = tokens(re.search(r":root \{(.*?)\n\}", SHEETS["tokens"], re.DOTALL).group(1))
DARK = LIGHT | tokens(
    re.search(
        r"@media \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\n  \}", SHEETS["tokens"], re.DOTALL
    ).group(1)
)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, other):
    light, dark = sorted((luminance(first), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT_ON = [
    ("ink", "paper"),
    ("ink", "tint"),
    ("ink-soft", "paper"),
    ("ink-soft", "tint"),
    ("blue", "paper"),
    ("blue", "tint"),
    ("blue-strong", "paper"),
    ("blue-strong", "tint"),
    ("on-blue", "blue"),
    ("on-blue", "blue-strong"),
    ("on-deep", "blue-deep"),
    ("deep-soft", "blue-deep"),
    ("on-gold", "gold"),
    ("on-gold", "gold-light"),
    *[("white", f"mark-{number}") for number in range(6)],
    ("paper", "amber"),
    ("paper", "green"),
    ("paper", "red"),
    ("paper", "blue"),
    *[(name, f"{name}-tint") for name in ("amber", "green", "red", "violet")],
    *[("ink", f"{name}-tint") for name in ("amber", "green", "red", "violet")],
    ("red", "paper"),
]
# Edges of controls and marks that carry meaning.
SHAPES_ON = [
    ("edge", "paper"),
    ("un-blue", "blue-deep"),
    ("un-blue", "paper"),
    ("blue", "line"),
    ("red", "paper"),
]


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_stands_out_from_its_ground(scheme, text, ground):
    assert contrast(scheme[text], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES_ON)
def test_shapes_stand_out_from_their_ground(scheme, shape, ground):
    assert contrast(scheme[shape], scheme[ground]) >= 3


def test_colours_are_named_once():
    """Outside the tokens, the print sheet and pictures, no rule names a colour of its own."""
    parts = SHEETS | {"tokens": SHEETS["tokens"].partition("/* Bootstrap reads")[2], "print": ""}
    rules = re.sub(r"url\(\"data:.*?\"\)", "", "\n".join(parts.values()))
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []


def test_the_style_sheet_knows_no_left_and_right():
    sides = "(?:left|right)"
    physical = rf"(?:margin|padding|border)-{sides}|(?<![\w-]){sides}:|(?:text-align|float): {sides}"
    assert re.findall(physical, CSS) == []


def test_no_rule_is_for_nobody():
    """Each class that a sheet names stands in a template, in code or in the portal's script."""
    places = [*(settings.BASE_DIR / "static" / "js").glob("*.js")]
    places += templates()
    for app in apps.get_app_configs():
        if Path(app.path).parent == settings.BASE_DIR:
            places += Path(app.path).rglob("*.py")
    sources = "\n".join(place.read_text(encoding="utf-8") for place in places)
    words = set(re.findall(r"[\w-]+", sources))
    rules = re.sub(r"/\*.*?\*/|url\(.*?\)|\"[^\"]*\"", "", CSS, flags=re.DOTALL)
    named = classes_of(rules)
    # Put together in templates from a stem and a kind; what the libraries add themselves.
    put_together = re.compile(r"(?:state|notice|swatch|field|plan|theme)-\w+")
    theirs = {
        "htmx-request",
        "errorlist",
        "ts-hidden-accessible",
        "input-hidden",
        "multi",
        "optgroup-header",
        "highlight",
    } | {f"avatar-{number}" for number in range(10)}
    assert sorted(name for name in named - words - theirs if not put_together.match(name)) == []


def templates():
    """All pages and pieces of them, loops too."""
    folder = settings.BASE_DIR / "templates"
    return [path for kind in ("html", "jinja") for path in folder.rglob(f"*.{kind}")]


def classes_of(sheet):
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", sheet))


def test_a_class_finds_its_rules_on_each_page():
    """A page links one of the sheets outside the bundle that alone have the rules of a class on it."""
    folder = settings.BASE_DIR / "templates"
    texts = {str(path.relative_to(folder)): path.read_text("utf-8") for path in templates()}

    def with_parts(name, parts):
        if name in texts and name not in parts:
            parts[name] = texts[name]
            for part in re.findall(r'\{% (?:include|extends|loop) "([^"]+)"', texts[name]):
                with_parts(part, parts)
        return parts

    everywhere = classes_of(Path(finders.find("vendor/bootstrap/bootstrap.min.css")).read_text())
    ruled = {name: classes_of(sheet) for name, sheet in SHEETS.items()}
    everywhere = everywhere.union(*(ruled[Path(part).stem] for part in settings.BUNDLES["css/portal.css"]))
    missing = []
    for name in (name for name, text in texts.items() if "{% extends" in text):
        page = "".join(with_parts(name, {}).values())
        linked = set(re.findall(r"css/(\w+)\.css", page))
        attributes = " ".join(re.findall(r'class="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"', page))
        used = set(re.findall(r"[\w-]+", re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", attributes)))
        for class_name in used - everywhere:
            holders = {sheet for sheet, classes in ruled.items() if class_name in classes}
            if holders and not holders & linked:
                missing.append((name, class_name))
    assert missing == []


def test_spacing_is_counted_in_fours():
    sizes = re.findall(r"(?:margin|padding|gap)[\w-]*: ([^;]+);", CSS)
    odd = [size for size in " ".join(sizes).split() if re.fullmatch(r"-?\d+px", size) and int(size[:-2]) % 2]
    assert odd == []


@pytest.mark.django_db
@pytest.mark.behaviour("X-12")
@pytest.mark.parametrize("code", ["en", "ar"])
def test_a_first_visit_is_light(client, code):
    """All that a first page makes a browser fetch, compressed: 80 KB without fonts, ten requests with."""
    StakeholderFactory()  # so that the small map is there
    response = client.get(f"/{code}/", headers={"accept-encoding": "gzip"})
    total = with_fonts = len(response.content)
    page = (
        gzip.decompress(response.content).decode()
        if response.has_header("Content-Encoding")
        else response.text
    )
    addresses = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    fonts = {"latin-400", "latin-600"} | ({"arabic-400"} if code == "ar" else set())
    addresses |= {
        f"/static/vendor/{folder}/{folder}-{font}-normal.woff2"
        for font in fonts
        for folder in ("noto-sans-arabic" if font.startswith("arabic") else "noto-sans",)
    }
    assert len(addresses) + 1 <= 10
    for address in addresses:
        file = Path(finders.find(address.removeprefix("/static/")))
        size = len(brotli.compress(file.read_bytes()))  # as WhiteNoise keeps it
        total, with_fonts = total + size * (file.suffix != ".woff2"), with_fonts + size
    assert total <= 80_000, total
    assert with_fonts <= 150_000, with_fonts


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/en/", "/ar/", "/en/search/?q=x", "/en/dev/components/", "/en/nowhere/"]
)
def test_no_page_holds_script_style_or_handlers_of_its_own(client, address):
    page = client.get(address).text
    # What describes the page to programs is data, and runs nowhere.
    assert re.findall(r'<script(?![^>]* src=| type="application/ld\+json")[^>]*>', page) == []
    assert re.findall(r"<style|\sstyle=|\son\w+=", page) == []


def test_help_at_a_field_is_text_unless_the_portal_made_it():
    class Questions(forms.Form):
        plain = forms.CharField(help_text="Is it <b>safe</b>?")
        linked = forms.CharField(help_text=format_html('<a href="/en/">{}</a>', "A & B"))

    page = str(Questions())
    assert "Is it &lt;b&gt;safe&lt;/b&gt;?" in page
    assert '<a href="/en/">A &amp; B</a>' in page


def test_a_box_that_slides_is_no_second_landmark_with_the_name_of_its_section():
    twice = [
        (page.name, name)
        for page in templates()
        for text in (page.read_text(encoding="utf-8"),)
        for name in re.findall(r'role="region" aria-labelledby="([^"]+)"', text)
        if re.search(rf'<section[^>]*aria-labelledby="{re.escape(name)}"', text)
    ]
    assert twice == []
