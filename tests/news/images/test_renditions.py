"""Images from people: nothing of what was sent survives but the picture; hostile ones end in plain words."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from core.errors import DomainError
from news.images.renditions import LARGE, SMALL, renditions
from tests.factories.news import SECRET, picture


def opened(rendition):
    return Image.open(BytesIO(rendition.content.read()))


def test_place_camera_and_comment_are_gone_and_the_picture_stands_upright():
    sent = picture((900, 500))
    assert SECRET in sent.read()
    large, small = renditions(sent)
    raw = large.content.read()
    assert SECRET not in raw
    assert b"Camera of Amina" not in raw
    assert b"Exif" not in raw
    again = Image.open(BytesIO(raw))
    assert (again.size, large.width, large.height) == ((500, 900), 500, 900)  # turned as it was meant
    assert not again.getexif()
    assert max(opened(small).size) == SMALL


def test_renditions_are_no_larger_than_they_say_and_keep_what_is_transparent():
    large, small = renditions(picture((4000, 3000)))
    assert max(large.width, large.height) == LARGE
    assert max(small.width, small.height) == SMALL
    clear, _small = renditions(picture((300, 300), "PNG", "RGBA", colour=(1, 2, 3, 100)))
    assert (clear.media_type, opened(clear).mode) == ("image/png", "RGBA")
    opaque, _small = renditions(picture((300, 300), "PNG", "RGBA", colour=(1, 2, 3, 255)))
    assert opaque.media_type == "image/jpeg"
    web, _small = renditions(picture((300, 300), "WEBP"))
    assert web.media_type == "image/jpeg"


def bomb() -> BytesIO:
    """A PNG of a few bytes that says it has 2.5 billion pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def cut() -> BytesIO:
    return BytesIO(picture().read()[:800])


def gif() -> BytesIO:
    to = BytesIO()
    Image.new("RGB", (300, 300)).save(to, "GIF")
    return to


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (bomb, "million pixels"),
        (cut, "cannot be read"),
        (gif, "cannot be read"),
        (lambda: BytesIO(b""), "cannot be read"),
        (lambda: BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "cannot be read"),
        (lambda: BytesIO(b"\xff\xd8\xff\xe0" + b"A" * 5000), "cannot be read"),
        (lambda: picture((120, 500)), "too small"),
    ],
)
def test_what_is_no_image_or_a_bomb_is_told_at_its_field(sent, message):
    with pytest.raises(DomainError) as refusal:
        renditions(sent())
    assert message in refusal.value.fields["image"]
