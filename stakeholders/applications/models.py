"""Applications with their papers, and what an application or an entry has several of."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role, Scope
from accounts.people.models import by_person
from core.subqueries import exists_in
from core.uploads import StoredFile
from stakeholders.applications.enums import LOOKS, MOVES, SENTENCES, ApplicationStatus, Purpose, RefusalReason
from stakeholders.entries.enums import (
    SHARED_LISTINGS,
    ContactAudience,
    ContactKind,
    Listing,
    MemberRole,
    NameKind,
    Status,
)
from stakeholders.entries.models import Described, Stakeholder, entries_of
from stakeholders.entries.rules import memberships_of

_NOT_SHARED = (ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: Any) -> "ApplicationQuerySet":
        """A person's own; for those who vet, also everything that was ever sent. Nothing for others."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        own = Q(applicant=user)
        if user.has_role(Role.VETTING, Role.HEAD):
            return self.filter(own | ~Q(status=ApplicationStatus.DRAFT))
        return self.filter(own)

    def shared_with(self, user: Any) -> "ApplicationQuerySet":
        """Return applications from the places of a regional focal point, who reads their `SHARED_FIELDS`.

        Those that hide from members and those withdrawn are left out. Anybody else gets none.
        """
        if not (user.is_authenticated and user.has_role(Role.REGIONAL)):
            return self.none()
        places = user.places_of(Role.REGIONAL)
        rows = self.filter(listing__in=SHARED_LISTINGS).exclude(status__in=_NOT_SHARED)
        if places is not None:
            rows = rows.filter(country__in=sorted(places))
        # What an entry hides since then is hidden here too.
        has_visible_entry = exists_in(Stakeholder.objects.visible_to(user), "stakeholder")
        return rows.filter(Q(stakeholder=None) | has_visible_entry)

    def sent(self) -> "ApplicationQuerySet":
        """Without drafts, which are their applicants' alone."""
        return self.exclude(status=ApplicationStatus.DRAFT)


class Application(Described):
    """A request to be in the directory, with what was said and what was judged.

    The columns are the applicant's answers, blank while a draft; `snapshot` is what the desk was sent last.
    """

    MOVES = MOVES
    SENTENCES = SENTENCES

    purpose = models.CharField(_("asks for"), max_length=15, choices=Purpose, default=Purpose.NEW)
    status = models.CharField(
        _("status"), max_length=10, choices=ApplicationStatus, default=ApplicationStatus.DRAFT
    )
    applicant = by_person(_("applicant"), related_name="applications")
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("stakeholder"),
    )
    name = models.CharField(_("name"), max_length=250, blank=True)
    country = models.ForeignKey(  # type: ignore[assignment]  # blank only while a draft
        "taxonomy.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or area"),
    )
    listing = models.CharField(_("who may find it"), max_length=20, choices=Listing, blank=True)
    no_paper_reason = models.TextField(_("why there is no document"), max_length=1000, blank=True)
    # Entries that were shown as likely twins and are another organization, as the applicant says.
    told_apart = models.JSONField(_("profiles that are others"), default=list, editable=False)
    told_apart_why = models.CharField(_("why it is another organization"), max_length=300, blank=True)
    snapshot = models.JSONField(_("what was sent"), default=dict, editable=False)
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    refusal_reason = models.CharField(_("reason"), max_length=20, choices=RefusalReason, blank=True)
    # Until when the desk has promised to decide; stands still while the applicant is asked.
    due_at = models.DateTimeField(_("decision promised by"), null=True, blank=True)
    answer_by = models.DateTimeField(_("answer asked by"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta(Described.Meta):
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            *Described.Meta.constraints,
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="application_purpose_known"),
            models.CheckConstraint(
                condition=Q(status__in=ApplicationStatus.values), name="application_status_known"
            ),
            models.CheckConstraint(
                condition=Q(listing__in=("", *Listing.values)), name="application_listing_known"
            ),
            models.CheckConstraint(
                condition=Q(status=ApplicationStatus.DRAFT, submitted_at__isnull=True)
                | (~Q(status=ApplicationStatus.DRAFT) & Q(submitted_at__isnull=False)),
                name="application_sent_at_once_sent",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ApplicationStatus.DECIDED, decided_at__isnull=False)
                | (~Q(status__in=ApplicationStatus.DECIDED) & Q(decided_at__isnull=True)),
                name="application_decided_at_once_decided",
            ),
            models.CheckConstraint(
                condition=~Q(status=ApplicationStatus.APPROVED) | Q(stakeholder__isnull=False),
                name="application_approved_has_stakeholder",
            ),
            models.CheckConstraint(
                condition=(Q(status=ApplicationStatus.REFUSED) & Q(refusal_reason__in=RefusalReason.values))
                | (~Q(status=ApplicationStatus.REFUSED) & Q(refusal_reason="")),
                name="application_refused_says_why",
            ),
            models.CheckConstraint(
                condition=Q(status=ApplicationStatus.DRAFT)
                | (~Q(name="") & ~Q(listing="") & Q(country__isnull=False)),
                name="application_complete_once_sent",
            ),
            # A row whose applicant has left (NULL) holds nobody back, which is meant.
            models.UniqueConstraint(
                fields=["applicant"],
                condition=Q(status=ApplicationStatus.DRAFT),
                name="one_draft_application_each",
            ),
            models.UniqueConstraint(
                fields=["applicant", "name_key"],
                condition=Q(status__in=ApplicationStatus.OPEN),
                name="one_open_application_per_name",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_at"], name="application_queue"),
            models.Index(fields=["name_key"], name="application_name"),
            models.Index(fields=["site_key"], condition=~Q(site_key=""), name="application_site"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Application without a name yet"))

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:application", args=[self.pk])

    @property
    def look(self) -> str:
        """The look of the badge with the status."""
        return LOOKS.get(self.status, "waiting")

    @property
    def is_draft(self) -> bool:
        return self.status == ApplicationStatus.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status in ApplicationStatus.OPEN

    def promise_after(self, moment: datetime) -> datetime | None:
        """Return the promised instant once a pause that ended at `moment` is added."""
        if self.due_at is None or self.returned_at is None:
            return self.due_at
        return self.due_at + (moment - self.returned_at)


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: Any) -> "PaperQuerySet":
        """Return the papers for the applicant and for those who vet only."""
        return self.filter(application__in=Application.objects.visible_to(user))


class Paper(StoredFile):
    """A registration document that came with an application; the desk's and the applicant's alone."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="papers", verbose_name=_("application")
    )
    uploaded_by = by_person(_("uploaded by"))

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration document")
        verbose_name_plural = _("registration documents")
        ordering = ["uploaded_at", "pk"]


# --- What an application or an entry has several of: names, offices, contacts, officers --------------
# Each row belongs to one application or one stakeholder. Where two stakeholders are merged, all rows move to
# the one that stays: nothing is unique among them, so nothing can collide.

A = ContactAudience


class DescribedPartQuerySet[T: "DescribedPart"](models.QuerySet[T]):
    def of(self, owner: Application | Stakeholder) -> Self:
        return self.filter(**{owner._meta.model_name or "": owner})

    def visible_to(self, user: Any) -> Self:
        """With the application or entry that it belongs to."""
        return self.filter(
            exists_in(Application.objects.visible_to(user), "application")
            | exists_in(Stakeholder.objects.visible_to(user), "stakeholder")
        )


class DescribedPart(models.Model):
    """A row that belongs to one application or to one entry, never to both."""

    application = models.ForeignKey(
        Application,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("application"),
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("stakeholder"),
    )

    class Meta:
        abstract = True
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(application__isnull=False, stakeholder__isnull=True)
                | Q(application__isnull=True, stakeholder__isnull=False),
                name="%(class)s_belongs_to_one",
            )
        ]


class OtherName(DescribedPart):
    """The same name in another language or script, or one that it had before."""

    application = models.ForeignKey(
        Application,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="other_names",
        verbose_name=_("application"),
    )
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="other_names",
        verbose_name=_("stakeholder"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=NameKind)
    text = models.CharField(_("name"), max_length=250)
    language = models.ForeignKey(
        "taxonomy.Language",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("language"),
    )

    objects = DescribedPartQuerySet["OtherName"].as_manager()

    class Meta(DescribedPart.Meta):
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            *DescribedPart.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=NameKind.values), name="other_name_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="other_name_says_something"),
        ]
        # Likely duplicates.
        indexes = [models.Index(Upper("text"), name="other_name_text")]

    def __str__(self) -> str:
        return self.text


class Office(DescribedPart):
    """A place of another office than its seat. A street address is a contact, which has its own audience."""

    country = models.ForeignKey(
        "taxonomy.Country", models.PROTECT, related_name="+", verbose_name=_("country or area")
    )
    city = models.CharField(_("city"), max_length=120, blank=True)

    objects = DescribedPartQuerySet["Office"].as_manager()

    class Meta(DescribedPart.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return f"{self.city} {self.country_id}".strip()


class ContactQuerySet(DescribedPartQuerySet["Contact"]):
    def visible_to(self, user: Any) -> Self:
        """Return the contacts that a reader may see, of entries and applications that they may see.

        An entry's own people and the desk see all of them. A regional focal point sees what is marked for
        more than the desk only where the appointment reaches.
        """
        entries = exists_in(Stakeholder.objects.visible_to(user), "stakeholder")
        if not (user.is_authenticated and user.is_active):
            return self.filter(entries, audience=A.PUBLIC)
        applications = exists_in(Application.objects.visible_to(user), "application")
        if user.is_desk:
            return self.filter(entries | applications)
        readable = Q(audience=A.PUBLIC) | _within_reach(user)
        # Whoever is here for a State is never a member.
        if user.has_role(Role.STATE):
            readable |= Q(audience=A.MEMBERS_STATES)
        elif any(status in Status.TAKING_PART for _pk, _role, status in memberships_of(user)):
            readable |= Q(audience__in=(A.MEMBERS_STATES, A.MEMBERS))
        readable |= Q(stakeholder__in=entries_of(user))
        return self.filter((entries & readable) | applications)


def _within_reach(user: Any) -> Q:
    """Return the contacts that a regional focal point sees as such; none for others."""
    shared = Q(audience__in=(A.MEMBERS_STATES, A.MEMBERS, A.REGIONAL))
    places = Q(pk__in=[])
    for grant in user.live_grants:
        if grant.role != Role.REGIONAL:
            continue
        if grant.scope_kind == Scope.GLOBAL:
            return shared
        if grant.scope_kind == Scope.COUNTRY:
            places |= Q(stakeholder__country=grant.scope_code)
        else:
            for level in ("region", "subregion", "intermediate_region"):
                places |= Q(**{f"stakeholder__country__{level}": grant.scope_code})
    return shared & places


class Contact(DescribedPart):
    """One way to reach it, for the readers that it chose; for the desk alone unless it chose more."""

    kind = models.CharField(_("kind"), max_length=10, choices=ContactKind)
    value = models.CharField(_("contact"), max_length=300)
    audience = models.CharField(
        _("who may read it"), max_length=20, choices=ContactAudience, default=ContactAudience.NARROWEST
    )

    objects = ContactQuerySet.as_manager()

    class Meta(DescribedPart.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            *DescribedPart.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=ContactKind.values), name="contact_kind_known"),
            models.CheckConstraint(
                condition=Q(audience__in=ContactAudience.values), name="contact_audience_known"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="contact_says_something"),
        ]

    def __str__(self) -> str:
        return self.value


class OfficerQuerySet(DescribedPartQuerySet["Officer"]):
    def visible_to(self, user: Any) -> Self:
        """Those who vet, the applicant, and those who look after the entry. Nobody else, members or not."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        applications = exists_in(Application.objects.visible_to(user), "application")
        if user.has_role(Role.VETTING, Role.HEAD):
            return self.filter(applications | Q(stakeholder__isnull=False))
        return self.filter(applications | Q(stakeholder__in=entries_of(user, *MemberRole.WRITERS)))


class Officer(DescribedPart):
    """Somebody who leads it, told for screening alone."""

    name = models.CharField(_("name"), max_length=250)
    position = models.CharField(_("position"), max_length=120, blank=True)

    objects = OfficerQuerySet.as_manager()

    class Meta(DescribedPart.Meta):
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        constraints = [
            *DescribedPart.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="officer_is_named"),
        ]

    def __str__(self) -> str:
        return self.name


class MissionText(DescribedPart):
    """The mission in one more language, beside the column and its language."""

    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language")
    )
    text = models.TextField(_("mission"), max_length=2000)

    objects = DescribedPartQuerySet["MissionText"].as_manager()

    class Meta(DescribedPart.Meta):
        verbose_name = _("mission in another language")
        verbose_name_plural = _("missions in other languages")
        constraints = [
            *DescribedPart.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="mission_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.language_id} · {self.pk}"


class Publication(DescribedPart):
    """What it has published elsewhere; what the library holds is found there."""

    title = models.CharField(_("title"), max_length=300)
    year = models.CharField(_("year"), max_length=4, blank=True)
    url = models.CharField(_("address"), max_length=500)

    objects = DescribedPartQuerySet["Publication"].as_manager()

    class Meta(DescribedPart.Meta):
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            *DescribedPart.Meta.constraints,
            models.CheckConstraint(condition=~Q(title="") & ~Q(url=""), name="publication_says_where"),
        ]

    def __str__(self) -> str:
        return self.title
