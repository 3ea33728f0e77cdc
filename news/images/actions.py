"""Images of a story: added, described, taken out."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_line
from core.uploads import forget_bytes
from news.images.renditions import renditions
from news.stories.actions import lock_story, may_change_now, refresh_index
from news.stories.enums import StoryStatus
from news.stories.models import Story, StoryImage

MOST_IMAGES = 12
MOST, SECONDS = 60, 3600  # images that one person may send in an hour


def add_image(story: Story, *, actor: User, upload: UploadedFile, words: Mapping[str, str]) -> StoryImage:
    """Draw the image anew and keep it with `words` (alt, caption, credit). What was sent is not kept.

    Raises DomainError with the field, TooMany past the limit.
    """
    _refuse_unless_open(story, actor)
    spend("news.images", str(actor.pk), most=MOST, seconds=SECONDS)
    large, small = renditions(upload)  # before the story is held: it may take a second
    image = StoryImage(story=story, media_type=large.media_type, **_clean(words))
    image.name = PurePosixPath(clean_line(upload.name or "image")).stem[:150] or "image"
    content = large.content.read()
    large.content.seek(0)
    image.size, image.sha256 = len(content), sha256(content).hexdigest()
    image.width, image.height = large.width, large.height
    image.small_width, image.small_height = small.width, small.height
    saved: list[Any] = []
    is_stored = False
    try:
        with transaction.atomic():
            story = lock_story(story.pk)
            _refuse_unless_open(story, actor)
            if story.images.count() >= MOST_IMAGES:
                raise _image_error(_("A story has %(most)s images at most.") % {"most": MOST_IMAGES})
            if story.images.filter(sha256=image.sha256).exists():
                raise _image_error(_("This image is in the story already."))
            image.number = (story.images.aggregate(last=Max("number"))["last"] or 0) + 1
            image.file.save(image.name, large.content, save=False)
            saved.append(image.file)
            image.small.save(image.name, small.content, save=False)
            saved.append(image.small)
            image.save()
            _record_change(story, actor)
        is_stored = True
    finally:
        if not is_stored:
            for file in saved:
                file.storage.delete(file.name)
    return image


def describe_image(image: StoryImage, *, actor: User, words: Mapping[str, str]) -> None:
    with transaction.atomic():
        story = lock_story(image.story_id)
        _refuse_unless_open(story, actor)
        StoryImage.objects.filter(pk=image.pk, story=story).update(**_clean(words))
        _record_change(story, actor)


def remove_image(image: StoryImage, *, actor: User) -> None:
    with transaction.atomic():
        story = lock_story(image.story_id)
        _refuse_unless_open(story, actor)
        image.delete()
        _record_change(story, actor)
        forget_bytes(*image.files)


def _clean(words: Mapping[str, str]) -> dict[str, str]:
    cleaned = {name: clean_line(words.get(name, "")) for name in ("alt", "caption", "credit")}
    if not cleaned["alt"]:
        message = _("Describe what the image shows, for people who do not see it.")
        raise DomainError(message, fields={"alt": message})
    return cleaned


def _refuse_unless_open(story: Story, actor: User) -> None:
    if not actor.has_perm("news.change_story", story):
        raise PermissionDenied
    if not actor.has_perm("news.curate_stories") and "images" not in may_change_now(story, actor):
        raise WrongState(_("The questions concern something else; the images stay as you submitted them."))
    if actor.has_perm("news.curate_stories"):
        may_change_now(story, actor)


def _record_change(story: Story, actor: User) -> None:
    if not story.is_draft:
        record(story, "news.story.change", actor=actor, fields="images")
    if story.status in StoryStatus.SHOWN:
        refresh_index(story)


def _image_error(message: str) -> DomainError:
    return DomainError(message, fields={"image": message})
