"""What stakeholders propose to hold at an event, with whom, and who speaks. An accepted one is a meeting."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person, of_person
from events.events.enums import Mode
from events.events.models import Event
from events.proposals.enums import (
    LOOKS,
    PROPOSAL_MOVES,
    PROPOSAL_SENTENCES,
    Partnering,
    ProposalStatus,
    SpeakerGender,
    SpeakerRole,
    SpeakerStatus,
)
from events.registrations.models import RETENTION_MOST
from stakeholders.entries.models import Stakeholder, entries_of
from taxonomy.names.models import Translated
from workflow.windows.models import Window

S = ProposalStatus


class ProposalRound(Window, Translated):
    """When and by which rules meetings may be proposed for one event."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="round", verbose_name=_("event"))
    guidance = models.TextField(
        _("guidance"), blank=True, help_text=_("Who may propose what, in your own words.")
    )
    themes = models.ManyToManyField(
        "taxonomy.Topic",
        blank=True,
        related_name="+",
        verbose_name=_("themes"),
        help_text=_("None chosen: every topic."),
    )
    one_lead_each = models.BooleanField(_("one proposal led per organization"), default=True)
    most_words = models.PositiveIntegerField(_("maximum length of the summary, in words"), default=300)
    most_speakers = models.PositiveSmallIntegerField(_("speakers at most"), default=8)
    minutes = models.PositiveSmallIntegerField(_("minutes of a meeting"), default=60)
    # The organizers are locked with the closing; everything else stays open until then (peers: E-08).
    edits_until = models.DateTimeField(_("other fields may be edited until"), null=True, blank=True)
    link_until = models.DateTimeField(_("link of an online meeting due by"), null=True, blank=True)
    # Reviewers give marks between these two instants; without them no marks are given.
    marks_from = models.DateTimeField(_("marks from"), null=True, blank=True)
    marks_until = models.DateTimeField(_("marks until"), null=True, blank=True)
    is_anonymous = models.BooleanField(
        _("organizers are hidden from reviewers until the marks are in"), default=False, db_default=False
    )
    # Who comes first where there are more proposals than places: said to all, applied by people.
    preference = models.TextField(
        _("order of preference"), blank=True, help_text=_("As announced; shown to proposers.")
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days after which sensitive answers are erased"),
        default=30,
        validators=[MaxValueValidator(RETENTION_MOST)],
        help_text=_("Access needs, and the gender of speakers. From the end of the event; 180 at most."),
    )
    erased_at = models.DateTimeField(_("sensitive answers erased at"), null=True, blank=True, editable=False)

    class Meta(Window.Meta):
        verbose_name = _("round of proposals")
        verbose_name_plural = _("rounds of proposals")
        constraints = [
            *Window.Meta.constraints,
            models.CheckConstraint(
                condition=Q(retention_days__lte=RETENTION_MOST), name="round_retention_limited"
            ),
            models.CheckConstraint(
                condition=Q(marks_from=None, marks_until=None, is_anonymous=False)
                | Q(marks_from__isnull=False, marks_until__isnull=False, marks_from__lt=F("marks_until")),
                name="round_marks_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return str(self.event)

    @property
    def takes_marks(self) -> bool:
        """Whether reviewers give marks now."""
        return bool(self.marks_from and self.marks_until and self.marks_from <= now() < self.marks_until)

    @property
    def marks_are_over(self) -> bool:
        return self.marks_until is not None and self.marks_until <= now()

    def hides_organizers_from(self, user: Any) -> bool:
        """Return whether the user is shown the proposals without those who propose them."""
        return self.is_anonymous and not self.marks_are_over and not user.has_role(Role.HEAD)


class ReviewArea(models.Model):
    """Who reviews what is sent for an event: the proposals of one theme, or of organizers of one region."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="review_areas", verbose_name=_("event"))
    reviewer = of_person(_("reviewer"))
    theme = models.ForeignKey(
        "taxonomy.Topic", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )
    region = models.ForeignKey(
        "taxonomy.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )

    class Meta:
        verbose_name = _("area of a reviewer")
        verbose_name_plural = _("areas of reviewers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(theme__isnull=False, region=None) | Q(theme=None, region__isnull=False),
                name="area_is_theme_or_region",
            ),
            models.UniqueConstraint(fields=["event", "theme"], name="one_reviewer_per_theme"),
            models.UniqueConstraint(fields=["event", "region"], name="one_reviewer_per_region"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.theme_id or self.region_id}"


def _anonymous_events() -> models.QuerySet[ProposalRound, int]:
    """Return the events whose organizers are hidden from reviewers, since marks may still be given."""
    anonymous = ProposalRound.objects.filter(is_anonymous=True, marks_until__gt=Now())
    return anonymous.values_list("event", flat=True)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: Any) -> "ProposalQuerySet":
        """Return meetings of released programmes, the person's own proposals, and sent ones to the desk.

        Of an anonymous round reviewers see nothing here until the marks are in; `events.marking` shows them
        what was sent without its organizers. The head of the desk sees it.
        """
        public = Q(public_at__isnull=False, event__status__in=("published", "cancelled")) & ~Q(
            status__in=S.OUT_OF_VIEW
        )
        if not (user.is_authenticated and user.is_active):
            return self.filter(public)
        own = self._own(user)
        if user.has_role(Role.HEAD):
            return self.filter(public | own | ~Q(status=S.DRAFT))
        if user.has_role(Role.EVENTS):
            return self.filter(public | own | ~Q(status=S.DRAFT) & ~Q(event__in=_anonymous_events()))
        return self.filter(public | own)

    @staticmethod
    def _own(user: Any) -> Q:
        theirs = entries_of(user)
        partners = Partner.objects.filter(proposal=OuterRef("pk"), stakeholder__in=theirs)
        is_asked: Any = Exists(partners.exclude(status=Partnering.DECLINED))
        return Q(lead__in=theirs) | is_asked

    def of_people(self, user: Any) -> "ProposalQuerySet":
        """Return the proposals that the person's stakeholders lead."""
        theirs = entries_of(user)
        return self.filter(lead__in=theirs)

    def accepted(self) -> "ProposalQuerySet":
        """Return the meetings that will be held."""
        return self.filter(status=S.ACCEPTED)

    def numbered(self) -> "ProposalQuerySet":
        """Return the meetings that have a number, the cancelled ones among them."""
        return self.filter(number__isnull=False).order_by("number")


class Proposal(models.Model):
    """A meeting that a stakeholder proposes to hold at an event.

    `authorized_at`: an administrator of the lead has said that it speaks for the organization (E-03);
    until then it does not count. `number`: given on acceptance, never given again. `public_at`: shown to
    everybody by a released programme.
    """

    MOVES = PROPOSAL_MOVES
    SENTENCES = PROPOSAL_SENTENCES

    event = models.ForeignKey(Event, models.PROTECT, related_name="proposals", verbose_name=_("event"))
    lead = models.ForeignKey(
        Stakeholder, models.PROTECT, related_name="proposals", verbose_name=_("lead organizer")
    )
    author = by_person(_("written by"), related_name="proposals")
    status = models.CharField(
        _("status"), max_length=10, choices=ProposalStatus, default=ProposalStatus.DRAFT
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    public_at = models.DateTimeField(_("shown since"), null=True, blank=True)

    title = models.CharField(_("title"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    language = models.ForeignKey(
        "taxonomy.Language",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("language of this text"),
    )
    theme = models.ForeignKey(
        "taxonomy.Topic",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("main theme"),
    )
    more_themes = models.ManyToManyField(
        "taxonomy.Topic",
        blank=True,
        related_name="+",
        verbose_name=_("further themes"),
        help_text=_("Three at most."),
    )
    agenda_item = models.CharField(_("agenda item or working group"), max_length=200, blank=True)
    mode = models.CharField(_("format"), max_length=10, choices=Mode, blank=True)
    link = models.URLField(_("link for taking part online"), max_length=500, blank=True)
    spoken = models.ManyToManyField(
        "taxonomy.Language", blank=True, related_name="+", verbose_name=_("languages of the meeting")
    )
    interpretation = models.ManyToManyField(
        "taxonomy.Language", blank=True, related_name="+", verbose_name=_("interpretation asked for into")
    )
    supporting = models.ManyToManyField(
        "taxonomy.Country", blank=True, related_name="+", verbose_name=_("supporting States")
    )
    mission_informed = models.BooleanField(_("the permanent mission is informed"), null=True, blank=True)
    equipment = models.CharField(_("equipment"), max_length=500, blank=True)
    access_needs = models.CharField(_("access needs"), max_length=500, blank=True)
    expected = models.PositiveIntegerField(_("people expected"), null=True, blank=True)
    wishes = models.CharField(_("wishes for the time"), max_length=300, blank=True)
    logos_agreed = models.BooleanField(_("declaration on logos agreed"), default=False)

    authorized_by = by_person(_("authorized by"), blank=True)
    authorized_at = models.DateTimeField(_("authorized at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    complete_by = models.DateTimeField(_("completion asked by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    # Staff let an organization lead a second one, and say why (E-02).
    override_note = models.CharField(_("why a second one is allowed"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal for a meeting")
        verbose_name_plural = _("proposals for meetings")
        ordering = ["number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ProposalStatus.values), name="proposal_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=S.NUMBERED) | Q(number__isnull=False), name="meeting_has_a_number"
            ),
            models.CheckConstraint(
                condition=(Q(status=S.MERGED) & Q(merged_into__isnull=False))
                | (~Q(status=S.MERGED) & Q(merged_into=None)),
                name="proposal_merged_into_another",
            ),
            models.UniqueConstraint(fields=["event", "number"], name="meeting_number_once"),
        ]
        indexes = [models.Index(fields=["event", "status"], name="proposal_of_event")]

    def __str__(self) -> str:
        return self.title or str(_("Proposal without a title"))

    def get_absolute_url(self) -> str:
        return reverse("events:proposal", args=[self.pk])

    @property
    def look(self) -> str:
        """The look of the badge with the status."""
        return LOOKS.get(self.status, "waiting")

    @property
    def rules(self) -> ProposalRound:
        """Return the round of the event; where it has none, an unsaved one that never opens."""
        try:
            return self.event.round
        except ProposalRound.DoesNotExist:
            # By `event_id`: assigning the object would make it the cached round of the event.
            return ProposalRound(event_id=self.event_id)

    @property
    def is_draft(self) -> bool:
        return self.status == S.DRAFT

    @property
    def is_written(self) -> bool:
        """Return whether its lead may write everything: a draft, or a proposal to be completed."""
        return self.status in S.WRITTEN

    @property
    def is_public(self) -> bool:
        return self.public_at is not None and self.status not in S.OUT_OF_VIEW

    @property
    def can_be_held(self) -> bool:
        """Return whether neither the proposal nor its whole event is off."""
        return self.status not in S.NOT_HELD and not self.event.is_cancelled

    @property
    def counts(self) -> bool:
        """Return whether an administrator of the lead has authorized it."""
        return self.authorized_at is not None

    @property
    def party(self) -> str:
        return f"stakeholder:{self.lead_id}"

    @property
    def can_still_be_completed(self) -> bool:
        return self.complete_by is None or now() <= self.complete_by


class Partner(models.Model):
    """A stakeholder that organizes a meeting together with its lead, once it has confirmed."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="partners", verbose_name=_("proposal")
    )
    stakeholder = models.ForeignKey(
        Stakeholder, models.PROTECT, related_name="partnerings", verbose_name=_("co-organizer")
    )
    status = models.CharField(_("answer"), max_length=10, choices=Partnering, default=Partnering.INVITED)
    invited_by = by_person(_("asked by"))
    invited_at = models.DateTimeField(_("asked at"), db_default=Now(), editable=False)
    answered_by = by_person(_("answered by"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("co-organizer")
        verbose_name_plural = _("co-organizers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "stakeholder"], name="one_partnering_each"),
            models.CheckConstraint(condition=Q(status__in=Partnering.values), name="partnering_known"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.stakeholder_id}"


class Speaker(models.Model):
    """Somebody who will speak at a meeting. The address serves to write to them, and is shown to nobody."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="speakers", verbose_name=_("proposal")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    role = models.CharField(_("role"), max_length=10, choices=SpeakerRole, default=SpeakerRole.PRESENTER)
    name = models.CharField(_("name"), max_length=150)
    affiliation = models.CharField(_("affiliation"), max_length=200, blank=True)
    address = models.EmailField(_("e-mail address"), blank=True)
    # In lower case, for finding the same person at two meetings at once.
    name_key = models.CharField(max_length=150, editable=False, default="")
    mode = models.CharField(_("format"), max_length=10, choices=Mode, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=SpeakerGender, blank=True)
    is_registered = models.BooleanField(_("registered for the event"), null=True, blank=True)
    status = models.CharField(_("answer"), max_length=10, choices=SpeakerStatus, default=SpeakerStatus.NAMED)
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=SpeakerRole.values), name="speaker_role_known"),
            models.CheckConstraint(condition=Q(status__in=SpeakerStatus.values), name="speaker_status_known"),
        ]

    def __str__(self) -> str:
        return self.name


class Merger(models.Model):
    """The desk suggests that one proposal joins another; it happens once both leads agree.

    Neither history is touched: what was merged keeps its page, receipts, and timeline.
    """

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="mergers", verbose_name=_("proposal that joins")
    )
    into = models.ForeignKey(
        Proposal, models.CASCADE, related_name="joining", verbose_name=_("proposal that stays")
    )
    note = models.TextField(_("why"), max_length=2000)
    proposed_by = by_person(_("suggested by"))
    proposed_at = models.DateTimeField(_("suggested at"), db_default=Now())
    agreed_by = by_person(_("agreed by, for the one that joins"), blank=True)
    agreed_at = models.DateTimeField(_("agreed at, for the one that joins"), null=True, blank=True)
    into_agreed_by = by_person(_("agreed by, for the one that stays"), blank=True)
    into_agreed_at = models.DateTimeField(_("agreed at, for the one that stays"), null=True, blank=True)
    # Set once it is done, refused, or taken back.
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    is_done = models.BooleanField(_("merged"), default=False)

    class Meta:
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(proposal=models.F("into")), name="merger_of_two"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(closed_at=None), name="one_open_merger_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} → {self.into_id}"
