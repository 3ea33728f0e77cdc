"""Stories, and links to news elsewhere, for tests.

StoryFactory(): public since a day, of a new stakeholder. picture(): an image as a browser sends it, with a
place, a camera and a comment hidden in it. NewsLinkFactory(): one that the portal came with.
"""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from news.elsewhere.models import NewsLink
from news.stories.models import Story
from tests.factories.stakeholders import StakeholderFactory


class StoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Story
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Story number {n}")
    summary = "What it tells."
    text = "All of it."
    language_id = "en"
    stakeholder = factory.SubFactory(StakeholderFactory)
    status = "published"
    publish_at = factory.LazyFunction(lambda: now() - timedelta(days=1))
    told_at = factory.LazyAttribute(lambda story: story.publish_at)

    @factory.post_generation
    def topics(self, create: bool, codes: Any, **_more: Any) -> None:
        if create and codes:
            self.topics.set(codes)

    @factory.post_generation
    def countries(self, create: bool, codes: Any, **_more: Any) -> None:
        if create and codes:
            self.countries.set(codes)


class NewsLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NewsLink
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"link-{n}")
    title = factory.Sequence(lambda n: f"What others wrote, {n}")
    publisher = "A publisher"
    published_on = "2024-10"
    language_id = "en"
    summary = "What it is about."
    url = factory.Sequence(lambda n: f"https://news.example.org/{n}")
    source = factory.LazyAttribute(lambda news: news.url)
    source_date = date(2026, 11, 28)

    @factory.post_generation
    def topics(self, create: bool, codes: Any, **_more: Any) -> None:
        if create and codes:
            self.topics.set(codes)

    @factory.post_generation
    def countries(self, create: bool, codes: Any, **_more: Any) -> None:
        if create and codes:
            self.countries.set(codes)


SECRET = b"taken by Amina"


def picture(
    size: tuple[int, int] = (900, 500),
    kind: str = "JPEG",
    mode: str = "RGB",
    name: str = "beach.jpg",
    colour: Any = "#2f7f9f",
) -> SimpleUploadedFile:
    image = Image.new(mode, size, colour)
    exif = Image.Exif()
    exif[Base.Make] = "Camera of Amina"
    exif[Base.Orientation] = 6  # lies on its side
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (4.0, 3.0, 0.0)
    to = BytesIO()
    more: dict[str, Any] = {"exif": exif.tobytes()}
    if kind == "JPEG":
        more["comment"] = SECRET
    image.save(to, kind, **more)
    return SimpleUploadedFile(name, to.getvalue(), f"image/{kind.lower()}")
