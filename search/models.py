"""The index: one row for each object that can be found by words, and one for each of its passages."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Count, Max, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from search.enums import Audience
from search.hooks import audiences, documents

# What a regional focal point finds beyond what is public: of their own countries, or of no country at all
# where it is meant for all of them.
SHARED = {Audience.MEMBERS_STATES, Audience.MEMBERS, Audience.REGIONAL}


def keys_of(user: Any) -> set[int]:
    """Return the audiences of a person or visitor other than the desk, which finds everything."""
    keys: set[int] = {Audience.PUBLIC}
    if not (user.is_authenticated and user.is_active):
        return keys
    if user.has_role(Role.STATE):
        keys.add(Audience.MEMBERS_STATES)
    if user.has_role(Role.REGIONAL) and user.places_of(Role.REGIONAL) is None:
        keys |= SHARED
    return keys | audiences(user)


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Any) -> Self:
        """Return what `user` may find. The desk finds everything, nobody else a row without an audience."""
        if user.is_authenticated and user.is_desk:
            return self.all()
        keys = keys_of(user)
        places = user.places_of(Role.REGIONAL) if user.is_authenticated and user.is_active else None
        if places:
            within = Q(audience__in=sorted(SHARED), country__in=sorted(places))
            for_all = Q(audience=Audience.REGIONAL, country="")
            return self.filter(Q(audience__in=sorted(keys)) | within | for_all)
        return self.filter(audience=keys.pop()) if len(keys) == 1 else self.filter(audience__in=sorted(keys))


class Document(models.Model):
    """What can be found about one object, and by whom. Written in the transaction that changes the object."""

    kind = models.CharField(_("kind"), max_length=80)
    object_id = models.BigIntegerField(_("object"))
    # 0: the object itself; n: a passage, as the page n of its file, with what it is called.
    part = models.PositiveIntegerField(_("part"), default=0)
    part_label = models.CharField(_("name of the part"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    audience = models.SmallIntegerField(_("who may find it"), null=True)
    country = models.CharField(_("country (ISO3)"), max_length=3, blank=True)
    facets = ArrayField(models.CharField(max_length=60), verbose_name=_("facets"), default=list, blank=True)
    url_name = models.CharField(_("name of its page"), max_length=80)
    url_args = models.JSONField(_("arguments of its page"), default=list)
    # The place within that page at which it opens, as "page=12" of a file.
    anchor = models.CharField(_("place on its page"), max_length=20, blank=True)
    # Of an object: what its pages were made of when they were last written.
    pages_of = models.CharField(max_length=64, blank=True, editable=False)
    # The folded title: by it equal matches are sorted.
    sort_key = models.CharField(max_length=300)
    tsv = SearchVectorField(_("words"))
    updated_at = models.DateTimeField(_("updated at"), default=now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of the index")
        verbose_name_plural = _("documents of the index")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "part"], name="one_document_per_part")
        ]
        indexes = [
            # A short list (kB) of what is not in its place yet costs readers nothing that they notice, 0.2 ms
            # a word at most, and makes imports several times as fast; the usual 4 MB would cost each reader
            # some milliseconds.
            GinIndex(
                fields=["kind", "tsv"], fastupdate=True, gin_pending_list_limit=1024, name="document_words"
            ),
            models.Index(fields=["sort_key"], condition=Q(part=0), name="document_title_begins"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of the object in the language in use."""
        return reverse(self.url_name, args=self.url_args)

    @property
    def kind_label(self) -> str | Promise:
        return documents[self.kind].label if self.kind in documents else self.kind


class Word(models.Model):
    """A word that everybody may find in the index: what a misspelt one is compared with.

    Made anew from time to time by `learn_words`. A proposal is shown only where it finds something for the
    reader, so that a word which has left the index since then is never told.
    """

    word = models.CharField(_("word"), max_length=100, primary_key=True)
    times = models.PositiveIntegerField(_("how many documents hold it"))

    class Meta:
        verbose_name = _("word of the index")
        verbose_name_plural = _("words of the index")
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="word_alike")]

    def __str__(self) -> str:
        return self.word


class ChangeQuerySet(models.QuerySet["Change"]):
    def version(self) -> str:
        """Return a text that changes with each act that changed the index, once the act is over.

        The number beside the last one: an act that began earlier may end later.
        """
        known = self.aggregate(last=Max("pk"), number=Count("pk"))
        return f"{known['last']}:{known['number']}"


class Change(models.Model):
    """That the index changed; written with the change itself, so that nobody waits for anybody's number."""

    at = models.DateTimeField(_("at"), db_default=Now())

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the index")
        verbose_name_plural = _("changes of the index")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"


class Stale(models.Model):
    """An object that changed in bulk and whose documents are still to be made anew."""

    kind = models.CharField(_("kind"), max_length=80)
    object_id = models.BigIntegerField(_("object"))
    since = models.DateTimeField(_("since"), default=now)

    class Meta:
        verbose_name = _("object not in the search yet")
        verbose_name_plural = _("objects not in the search yet")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="stale_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Often(models.Model):
    """What at least five visitors looked for within one week; what fewer look for is not written down."""

    week = models.DateField(_("week (its Monday)"))
    text = models.CharField(_("words"), max_length=100)
    visitors = models.PositiveIntegerField(_("visitors"))
    in_vain = models.PositiveIntegerField(_("of them, found nothing"), default=0)

    class Meta:
        verbose_name = _("search that many made")
        verbose_name_plural = _("searches that many made")
        constraints = [models.UniqueConstraint(fields=["week", "text"], name="often_once_a_week")]

    def __str__(self) -> str:
        return self.text
