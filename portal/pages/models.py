"""The trust pages: what this portal is, asks and promises."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.text import clean_block, clean_line
from portal.pages.enums import SLUGS, LegalStatus


class PageQuerySet(models.QuerySet["Page"]):
    def visible_to(self, user: Any) -> "PageQuerySet":
        """Everybody may read a trust page."""
        return self.all()

    def in_language(self, language: str) -> "PageQuerySet":
        """The best text first: in the language asked for, else in English, else as there is."""
        return self.order_by(
            models.Case(
                models.When(language=language, then=0),
                models.When(language=settings.LANGUAGE_CODE, then=1),
                default=2,
                output_field=models.SmallIntegerField(),
            ),
            "language",
        )


class Page(models.Model):
    """One text of one trust page in one language."""

    slug = models.SlugField(_("address"), max_length=30, choices=[(slug, slug) for slug in SLUGS])
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    title = models.CharField(_("title"), max_length=120)
    lead = models.CharField(_("what this page is for"), max_length=240, blank=True)
    body = models.TextField(_("text"), help_text=_("Markdown: ## heading, - list, [words](address)."))
    legal_status = models.CharField(
        _("legal status"), max_length=10, choices=LegalStatus, default=LegalStatus.PLAIN
    )
    seed = models.CharField(
        _("digest of the text that came with the software"), max_length=64, blank=True, editable=False
    )
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("trust page")
        verbose_name_plural = _("trust pages")
        ordering = ["slug", "language"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "language"], name="one_text_per_page_and_language")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def get_absolute_url(self) -> str:
        return reverse("portal:page", args=[self.slug])

    def clean(self) -> None:
        self.title, self.lead, self.body = (
            clean_line(self.title),
            clean_line(self.lead),
            clean_block(self.body),
        )

    @property
    def is_draft(self) -> bool:
        return self.legal_status == LegalStatus.DRAFT
