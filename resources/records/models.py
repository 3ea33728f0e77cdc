"""One record of the library, its editions by language, what it stands beside; versions of kept pages."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from core.database import reading_connection
from resources.records.enums import (
    RESOURCE_MOVES,
    RESOURCE_SENTENCES,
    Audience,
    Licence,
    Precision,
    Relation,
    ResourceKind,
    ResourceStatus,
    StakeholderRole,
    SuggestionStatus,
    WithdrawalReason,
)
from search.models import Change
from stakeholders.entries.models import Stakeholder, entries_of, takes_part
from taxonomy.names.sorting import content_language
from workflow.windows.models import VIENNA, known_zone

S = ResourceStatus
LONG = 20_000


class ResourceQuerySet(models.QuerySet["Resource"]):
    def visible_to(self, user: Any) -> "ResourceQuerySet":
        """Return what the person sees: as a reader, as a suggester, or all of it at the desk.

        A draft of a stakeholder is its own until it is sent, also for the desk.
        """
        if not (user.is_authenticated and user.is_active):
            return self.shown_to(user)
        # Whoever leaves the stakeholder leaves its suggestions, also those that they wrote.
        theirs = entries_of(user)
        own = Q(suggested_for__in=theirs) & ~Q(status__in=(S.WITHDRAWN, S.MERGED))
        if user.is_desk:
            return self.filter(own | ~Q(status=S.DRAFT) | Q(suggested_for=None))
        return self.filter(own | self._shown(user))

    def shown_to(self, user: Any) -> "ResourceQuerySet":
        """Return what the person reads as a reader, whatever else they may see for their work."""
        return self.filter(self._shown(user))

    def _shown(self, user: Any, statuses: Any = S.SHOWN) -> Q:
        passed = Q(embargo_until=None) | Q(embargo_until__lte=now())
        everybody = user.is_authenticated and user.is_active and user.is_desk
        return Q(status__in=statuses) & passed & (Q() if everybody else read_by(user))

    def listed(self, at: datetime | None = None) -> "ResourceQuerySet":
        """Return what lists, feeds and counts show: published, and no longer under embargo."""
        passed = Q(embargo_until=None) | Q(embargo_until__lte=at or now())
        return self.filter(passed, status=S.PUBLISHED)

    def tombstones_for(self, user: Any) -> "ResourceQuerySet":
        """Withdrawn ones that the person could read before: their page tells that and why (410)."""
        return self.filter(self._shown(user, (S.WITHDRAWN,)))

    def of_people(self, user: Any) -> "ResourceQuerySet":
        """Return what the person's stakeholders suggest."""
        theirs = entries_of(user)
        return self.filter(suggested_for__in=theirs)

    def with_file_name(self) -> "ResourceQuerySet":
        """Add `file_name`, which distinguishes drafts that have no title yet."""
        originals = Edition.objects.filter(resource=OuterRef("pk"), is_original=True)
        return self.annotate(
            file_name=Subquery(originals.order_by("-files__number").values("files__name")[:1])
        )

    def suggestions(self) -> "ResourceQuerySet":
        return self.exclude(suggested_for=None)


class Resource(models.Model):
    """A toolkit, a report, a course…: what is true of it in every language.

    `title` is that of the original, kept beside its edition for lists of the desk and logs.
    `embargo_until` is UTC and told in `embargo_zone`; `announced_at` is when followers and the index learned
    of it, which is the end of the embargo or the publication.
    """

    MOVES = RESOURCE_MOVES
    SENTENCES = RESOURCE_SENTENCES

    kind = models.CharField(_("kind"), max_length=15, choices=ResourceKind, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=ResourceStatus, default=S.DRAFT)
    # Chosen by a person: a draft may be without, and nothing leaves its draft before.
    audience = models.CharField(
        _("who may read it"),
        max_length=15,
        choices=Audience,
        blank=True,
        help_text=_("Choose the widest audience that the content allows."),
    )
    title = models.CharField(_("title"), max_length=300, blank=True, editable=False)
    title_is_ours = models.BooleanField(
        _("title in our words"), default=False, help_text=_("The title as printed was not found.")
    )
    language = models.ForeignKey(
        "taxonomy.Language",
        models.PROTECT,
        related_name="+",
        default="en",
        verbose_name=_("language of the original"),
    )

    publisher = models.CharField(_("publisher"), max_length=250, blank=True)
    published_on = models.DateField(_("date of publication"), null=True, blank=True)
    precision = models.CharField(
        _("how exactly the date is known"), max_length=5, choices=Precision, default=Precision.DAY
    )
    symbol = models.CharField(_("document symbol"), max_length=80, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True)
    licence = models.CharField(_("licence"), max_length=12, choices=Licence, blank=True)
    licence_note = models.CharField(_("licence in words"), max_length=300, blank=True)

    countries = models.ManyToManyField(
        "taxonomy.Country", blank=True, related_name="resources", verbose_name=_("countries it is about")
    )
    regions = models.ManyToManyField(
        "taxonomy.Region", blank=True, related_name="resources", verbose_name=_("regions it is about")
    )
    instruments = models.ManyToManyField(
        "taxonomy.Instrument", blank=True, related_name="resources", verbose_name=_("instruments")
    )
    articles = models.ManyToManyField(
        "taxonomy.Article", blank=True, related_name="resources", verbose_name=_("articles")
    )
    clusters = models.ManyToManyField(
        "taxonomy.Cluster", blank=True, related_name="resources", verbose_name=_("clusters of articles")
    )
    topics = models.ManyToManyField(
        "taxonomy.Topic", blank=True, related_name="resources", verbose_name=_("topics and crime types")
    )
    stakeholders = models.ManyToManyField(
        Stakeholder, through="ResourceStakeholder", related_name="resources", verbose_name=_("stakeholders")
    )
    related = models.ManyToManyField(
        "self",
        through="ResourceRelation",
        symmetrical=False,
        related_name="related_from",
        verbose_name=_("related resources"),
    )

    suggested_by = by_person(_("suggested by"), related_name="suggested_resources", blank=True)
    # A suggestion is always some stakeholder's; the desk's own records are nobody's.
    suggested_for = models.ForeignKey(
        Stakeholder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="suggested_resources",
        verbose_name=_("suggested for"),
    )
    note = models.TextField(_("note to the desk"), max_length=2000, blank=True)

    source = models.CharField(_("source of the description"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    # Loaded rows are known by it, so that loading again changes nothing twice.
    code = models.CharField(max_length=60, blank=True, editable=False)
    edited_by_hand = models.BooleanField(default=False, editable=False)
    gone_since = models.DateField(_("no longer in its file since"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    embargo_zone = models.CharField(_("time zone of the embargo"), max_length=60, default=VIENNA)
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = models.CharField(
        _("reason of the withdrawal"), max_length=12, choices=WithdrawalReason, blank=True
    )
    withdrawn_note = models.TextField(_("public note"), max_length=2000, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=S.values), name="resource_status_known"),
            models.CheckConstraint(
                condition=Q(kind__in=("", *ResourceKind.values)), name="resource_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values) | Q(audience="", status__in=(S.DRAFT, S.MERGED)),
                name="resource_audience_known",
            ),
            models.CheckConstraint(
                condition=Q(precision__in=Precision.values), name="resource_precision_known"
            ),
            models.CheckConstraint(
                condition=Q(status=S.DRAFT) | (~Q(kind="") & ~Q(title="")), name="resource_named_once_sent"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(*S.SHOWN, S.WITHDRAWN)) | Q(published_at__isnull=False),
                name="resource_published_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(status=S.WITHDRAWN, withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")
                | ~Q(status=S.WITHDRAWN) & Q(withdrawn_at=None, withdrawn_reason=""),
                name="resource_withdrawn_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status=S.MERGED, merged_into__isnull=False)
                | ~Q(status=S.MERGED) & Q(merged_into=None),
                name="resource_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")), name="resource_not_into_itself"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="resource_code_once"),
        ]
        indexes = [
            models.Index(
                fields=["-published_on", "-id"], condition=Q(status="published"), name="resource_by_date"
            ),
            models.Index(
                fields=["-published_at", "-id"], condition=Q(status="published"), name="resource_latest"
            ),
            models.Index(fields=["status", "-updated_at"], name="resource_queue"),
            models.Index(
                fields=["embargo_until"],
                condition=Q(status="published", announced_at=None),
                name="resource_to_announce",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Resource without a title"))

    def get_absolute_url(self) -> str:
        return reverse("resources:resource", args=[self.pk, self.slug])

    def clean(self) -> None:
        super().clean()
        known_zone(self.embargo_zone)

    @property
    def slug(self) -> str:
        return slugify(self.title)[:80] or "resource"

    @property
    def party(self) -> str:
        return f"stakeholder:{self.suggested_for_id}" if self.suggested_for_id else ""

    @property
    def is_suggestion(self) -> bool:
        return self.suggested_for_id is not None

    @property
    def is_draft(self) -> bool:
        return self.status == S.DRAFT

    @property
    def is_embargoed(self) -> bool:
        return self.embargo_until is not None and self.embargo_until > now()

    @property
    def is_shown(self) -> bool:
        """Return whether its audience may read it now."""
        return self.status in S.SHOWN and not self.is_embargoed

    def edition_for(self, language: str | None = None) -> "Edition | None":
        """The edition in `language` (the one in use), else the original, else any. No query with `editions`
        prefetched; None for a draft that has none."""
        wanted = content_language(language)
        editions = list(self.editions.all())
        for test in (lambda edition: edition.language_id == wanted, lambda edition: edition.is_original):
            for edition in editions:
                if test(edition):
                    return edition
        return editions[0] if editions else None


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: Any) -> "EditionQuerySet":
        return self.filter(resource__in=Resource.objects.visible_to(user))


class Edition(models.Model):
    """A resource in one language: its title and abstract, and where it can be read."""

    resource = models.ForeignKey(
        Resource, models.CASCADE, related_name="editions", verbose_name=_("resource")
    )
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language")
    )
    title = models.CharField(_("title"), max_length=300)
    abstract = models.TextField(
        _("abstract"), blank=True, max_length=10_000, help_text=_("Plain text or Markdown.")
    )
    short_form = models.TextField(_("the practice in short"), blank=True, max_length=2000)
    full_form = models.TextField(_("the practice in full"), blank=True, max_length=LONG)
    link = models.URLField(_("address"), max_length=500, blank=True)
    is_original = models.BooleanField(_("original"), default=False)
    translated_by = models.CharField(
        _("unofficial translation by"),
        max_length=200,
        blank=True,
        help_text=_("Empty for what the publisher itself issued in this language."),
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-is_original", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "language"], name="one_edition_per_language"),
            models.UniqueConstraint(
                fields=["resource"], condition=Q(is_original=True), name="one_original_per_resource"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Author(models.Model):
    """A person or body named as author on the title page, as it stands there."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="authors", verbose_name=_("resource"))
    name = models.CharField(_("name"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class ResourceStakeholder(models.Model):
    """A stakeholder of the directory that wrote or published a resource."""

    resource = models.ForeignKey(
        Resource, models.CASCADE, related_name="stakeholder_links", verbose_name=_("resource")
    )
    stakeholder = models.ForeignKey(
        Stakeholder, models.PROTECT, related_name="resource_links", verbose_name=_("stakeholder")
    )
    role = models.CharField(_("role"), max_length=10, choices=StakeholderRole, default=StakeholderRole.AUTHOR)

    class Meta:
        verbose_name = _("stakeholder of a resource")
        verbose_name_plural = _("stakeholders of a resource")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "stakeholder", "role"], name="one_role_of_a_stakeholder_each"
            ),
            models.CheckConstraint(
                condition=Q(role__in=StakeholderRole.values), name="resource_stakeholder_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} · {self.stakeholder_id} · {self.role}"


class SuggestedArticle(models.Model):
    """An article that a resource serves by its subject, as nobody at the desk has confirmed yet.

    A decided row stays, so that loading the content again does not suggest it a second time.
    """

    resource = models.ForeignKey(
        Resource, models.CASCADE, related_name="suggested_articles", verbose_name=_("resource")
    )
    article = models.ForeignKey(
        "taxonomy.Article", models.PROTECT, related_name="suggested_resources", verbose_name=_("article")
    )
    place = models.CharField(_("place in the resource"), max_length=200, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=SuggestionStatus, default=SuggestionStatus.WAITING
    )

    class Meta:
        verbose_name = _("suggested article")
        verbose_name_plural = _("suggested articles")
        constraints = [
            models.UniqueConstraint(fields=["resource", "article"], name="one_suggested_article_each"),
            models.CheckConstraint(
                condition=Q(status__in=SuggestionStatus.values), name="suggested_article_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} · {self.article_id}"


class ResourceRelation(models.Model):
    """`resource` is `kind` ("part of", "see also"…) `other`."""

    resource = models.ForeignKey(
        Resource, models.CASCADE, related_name="relations", verbose_name=_("resource")
    )
    other = models.ForeignKey(
        Resource, models.CASCADE, related_name="relations_from", verbose_name=_("other resource")
    )
    kind = models.CharField(_("relation"), max_length=15, choices=Relation, default=Relation.SEE_ALSO)

    class Meta:
        verbose_name = _("relation between resources")
        verbose_name_plural = _("relations between resources")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "other", "kind"], name="one_relation_each"),
            models.CheckConstraint(condition=~Q(resource=F("other")), name="related_to_another"),
            models.CheckConstraint(condition=Q(kind__in=Relation.values), name="relation_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.kind} {self.other_id}"


# --- Who belongs to an audience: the same for records and collections --------------------------------


def read_by(user: Any) -> Q:
    """Return the condition on `audience` for a person or visitor other than the desk, which reads all."""
    everybody = Q(audience=Audience.PUBLIC)
    if not (user.is_authenticated and user.is_active):
        return everybody
    # Whoever is here for a State is never a member: some have to hide from their own State.
    if user.has_role(Role.STATE):
        return Q(audience__in=(Audience.PUBLIC, Audience.MEMBERS_STATES))
    if user.has_role(Role.REGIONAL):
        return Q(audience__in=(Audience.PUBLIC, *Audience.SHARED))
    members = Q(audience__in=(Audience.MEMBERS_STATES, Audience.MEMBERS))
    return everybody | (members & takes_part(user))


# --- How kept pages of the library know that they are old --------------------------------------------


class LibraryVersion(Func):
    """A text that is another after every change of the library and every end of an embargo.

    An expression, so that other queries can bring it along.
    """

    function = "resources_version"
    output_field = models.CharField()


class LibraryChangeQuerySet(models.QuerySet["LibraryChange"]):
    def version(self, *, with_index: bool = False) -> str:
        """Return the version. `with_index`: also changed by the index, when a file was read."""
        index = f" || '-' || (SELECT concat_ws('.', count(*), max(id)) FROM {Change._meta.db_table})"  # noqa: S608
        with reading_connection().cursor() as cursor:
            cursor.execute(f"SELECT resources_version(){index if with_index else ''}")
            return str(cursor.fetchone()[0])

    def forget_old(self) -> None:
        """Take away the lines of past days, but never the last: a version must not come again."""
        last = self.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.filter(at__lt=now() - timedelta(days=1), pk__lt=last).delete()


class LibraryChange(models.Model):
    """A line that the database writes whenever a table of the library changes, in the same transaction.

    `resources_version()` counts them. A single counter would make all who write wait for each other.
    """

    at = models.DateTimeField(_("at"), db_default=Now())

    objects = LibraryChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of the library")
        verbose_name_plural = _("changes of the library")

    def __str__(self) -> str:
        return str(self.pk)
