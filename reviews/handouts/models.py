"""Papers to prepare a contribution with: a checklist for a consultation, letters to a review focal point."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.text import clean_block, clean_line
from reviews.handouts.enums import HandoutKind


class HandoutQuerySet(models.QuerySet["Handout"]):
    def visible_to(self, user: Any) -> "HandoutQuerySet":
        """Everybody may read and print what is not put away."""
        return self.filter(is_shown=True)


class Handout(models.Model):
    """One paper in one language. The desk edits it; loading the seed again leaves an edited one as it is."""

    slug = models.SlugField(_("address"), max_length=40)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    kind = models.CharField(_("kind"), max_length=10, choices=HandoutKind)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=160)
    lead = models.CharField(_("what it is for"), max_length=300, blank=True)
    body = models.TextField(
        _("text"), help_text=_("Markdown. In a letter, write in [brackets] what the sender fills in.")
    )
    is_shown = models.BooleanField(_("shown"), default=True)
    seed = models.CharField(max_length=64, blank=True, editable=False)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = HandoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("checklist or letter")
        verbose_name_plural = _("checklists and letters")
        ordering = ["position", "slug", "language"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "language"], name="one_handout_per_language"),
            models.CheckConstraint(
                condition=models.Q(kind__in=HandoutKind.values), name="handout_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def get_absolute_url(self) -> str:
        return reverse("calls:handout", args=[self.slug])

    def clean(self) -> None:
        self.title, self.lead, self.body = (
            clean_line(self.title),
            clean_line(self.lead),
            clean_block(self.body),
        )
