"""A person's part in stories: as data, and what becomes of it when the account is deleted."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section, declare_kept, sections
from core.personal_data import DataField, data_fields
from news.models import Story


def _own(user: Any) -> Iterable[list[DataField]]:
    for story in Story.objects.filter(author=user, by_desk=False).select_related("language", "stakeholder"):
        yield data_fields(
            story, "title", "summary", "text", "language", "stakeholder", "status", "publish_at", "created_at"
        )


sections.register("stories", Section(_("Stories"), _("What you wrote for a stakeholder."), _own))
declare_kept(_("Stories that you wrote, which stay their stakeholder's"), "news.story.author")
declare_kept(_("Work done for the desk"), "news.storyrevision.by")
