"""What pages load that does not lie in `static/`."""

import os

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import get_finders

from core.static_files import make_bundle
from core.templatetags.portal import icon
from core.text import initials


def test_packages_give_the_files_that_pages_use_and_no_others():
    for name, (_folder, files) in settings.PACKAGE_FILES.items():
        for file in files:
            assert finders.find(f"vendor/{name}/{file}")
    assert finders.find("vendor/bootstrap/bootstrap.css") is None
    assert finders.find("vendor/bootstrap/../../package.json") is None


def test_collecting_brings_packages_and_bundles():
    collected = {
        f"{getattr(storage, 'prefix', '') or ''}/{path}".strip("/")
        for finder in get_finders()
        for path, storage in finder.list(None)
    }
    assert {"vendor/bootstrap/bootstrap.min.css", "css/portal.css", "img/favicon.svg"} <= collected


def test_a_bundle_is_made_anew_when_a_part_changes(tmp_path, settings):
    static = tmp_path / "static"
    static.mkdir()
    settings.BASE_DIR, settings.BUNDLE_ROOT = tmp_path, tmp_path / "bundles"
    settings.BUNDLES = {"css/all.css": ["one.css", "two.css"]}
    (static / "one.css").write_text("/* Of one\n   thing. */\none {\n  top: 0;\n}\n")
    (static / "two.css").write_text("two {}\n")
    assert make_bundle("css/all.css").read_text() == "one {\ntop: 0;\n}\ntwo {}\n"
    (static / "two.css").write_text("three {}\n")
    os.utime(static / "two.css", (4e9, 4e9))
    assert "three {}" in make_bundle("css/all.css").read_text()


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Coastal Watch", "CW"),
        ("Association for the Prevention of Torture", "AT"),
        ("A21", "A"),
        ("Науково-дослідний інститут", "Н"),
        ("منظمة الساحل", "م"),
        ("国际刑法协会", "国"),
        ("3D", "–"),
        ("", "–"),
    ],
)
def test_initials_stand_for_a_name_in_any_script(name, letters):
    assert initials(name) == letters


def test_an_icon_is_for_the_eye_alone():
    assert 'aria-hidden="true"' in icon("people")
    assert "<path" in icon("people")
