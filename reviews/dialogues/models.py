"""Constructive dialogues: the call for one, applications in one form, statements, who attended."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from events.events.enums import EventStatus, Mode
from events.events.models import Event
from reviews.dialogues.enums import LINE_MOVES, LOOKS, Gender, LineStatus
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Stakeholder, entries_of
from taxonomy.names.models import Translated
from taxonomy.terms.queries import topics_in_order
from workflow.windows.models import Window

S = LineStatus
SEATS = (Mode.IN_PERSON, Mode.ONLINE)
# What is told about oneself for the arrangements alone is erased at the latest so many days afterwards.
MOST_RETENTION = 180


def runs_them(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.has_role(Role.REVIEWS, Role.HEAD))


class DialogueQuerySet(models.QuerySet["Dialogue"]):
    def visible_to(self, user: Any) -> "DialogueQuerySet":
        """Return all for those who run dialogues; for others those whose event is shown."""
        return self.all() if runs_them(user) else self.shown()

    def shown(self) -> "DialogueQuerySet":
        return self.filter(event__status__in=EventStatus.SHOWN)

    def open_at(self, at: datetime | None = None) -> "DialogueQuerySet":
        """Return the dialogues that are open for applications at `at` (now)."""
        at = at or now()
        published = self.filter(event__status=EventStatus.PUBLISHED).exclude(event__ends_at__lt=at)
        return published.filter(opens_at__lte=at, closes_at__gte=at)

    def for_page(self) -> "DialogueQuerySet":
        related = ("event", "event__part_of", "language")
        return self.select_related(*related).prefetch_related(
            topics_in_order("event__topics"), "event__languages"
        )


class Dialogue(Window, Translated):
    """The call for one constructive dialogue, which is an event; and what came of it.

    Its topics are those of the event. The decisions are promised by the end of `promised_on`, by the clock
    of `zone`.
    """

    event = models.OneToOneField(Event, models.PROTECT, related_name="dialogue", verbose_name=_("event"))
    call_text = models.TextField(
        _("call"), help_text=_("What the dialogue is for, and who should apply. Plain text or Markdown.")
    )
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language of this text")
    )
    promised_on = models.DateField(
        _("decisions promised by"), help_text=_("Applicants see this day, and are informed if it passes.")
    )
    places = models.PositiveIntegerField(
        # Translators: Seats at a dialogue, not locations.
        _("places"),
        null=True,
        blank=True,
        help_text=_("Empty: as many as the Extended Bureau accepts."),
    )
    offer_hours = models.PositiveSmallIntegerField(_("hours to take a place that was offered"), default=72)
    most_words = models.PositiveSmallIntegerField(_("maximum length about one topic, in words"), default=200)
    statement_words = models.PositiveSmallIntegerField(
        _("maximum length of a statement, in words"), default=300
    )
    term = models.TextField(
        _("term for statements"),
        max_length=1000,
        help_text=_("Everybody who sends a statement agrees to it, and a person of the desk checks it."),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days until sensitive answers are erased"),
        default=30,
        validators=[MaxValueValidator(MOST_RETENTION)],
        help_text=_("Counted from the end of the dialogue."),
    )
    summary = models.TextField(_("chair's summary"), blank=True)
    summary_url = models.URLField(_("address of the summary"), max_length=500, blank=True)
    outcomes = models.TextField(_("outcomes"), blank=True)
    summary_at = models.DateTimeField(_("summary published at"), null=True, blank=True)
    # When applicants were told that the promised day has passed; empty again once another is promised.
    silence_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_at = models.DateTimeField(_("decisions released at"), null=True, blank=True, editable=False)
    written_by = by_person(_("written by"))
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("written at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = DialogueQuerySet.as_manager()

    class Meta(Window.Meta):
        verbose_name = _("constructive dialogue")
        verbose_name_plural = _("constructive dialogues")
        ordering = ["-event__starts_at", "-pk"]
        constraints = [
            *Window.Meta.constraints,
            models.CheckConstraint(
                condition=Q(retention_days__lte=MOST_RETENTION), name="dialogue_retention_limited"
            ),
        ]

    def __str__(self) -> str:
        return self.event.title

    def get_absolute_url(self) -> str:
        return reverse("dialogues:dialogue", args=[self.pk])

    @property
    def told_call(self) -> tuple[str, str]:
        """(text, its language) for the reader."""
        return self.text_for_reader("call_text", self.language_id)

    @property
    def told_term(self) -> tuple[str, str]:
        return self.text_for_reader("term", self.language_id)

    @property
    def batch(self) -> str:
        """Under which its decisions are drafted."""
        return f"dialogue:{self.pk}"

    @property
    def takes_applications(self) -> bool:
        return self.event.status == EventStatus.PUBLISHED and self.is_open and not self.event.is_over

    def is_late(self, on: date | None = None) -> bool:
        """Return whether the promised day has passed in the time zone of the dialogue."""
        return (on or now().astimezone(self.clock).date()) > self.promised_on

    @property
    def seats(self) -> tuple[str, ...]:
        """How one may take part."""
        return tuple(SEATS) if self.event.mode == Mode.HYBRID else (self.event.mode,)


class DialogueApplicationQuerySet(models.QuerySet["DialogueApplication"]):
    def visible_to(self, user: Any) -> "DialogueApplicationQuerySet":
        """Return what the person wrote, prepares or answers for; for the desk, all that were sent."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        leads = entries_of(user, MemberRole.ADMIN)
        own = Q(applicant=user) | Q(prepared_by=user, stakeholder__in=leads)
        if runs_them(user):
            return self.filter(own | Q(submitted_at__isnull=False))
        return self.filter(own | Q(stakeholder__in=leads, submitted_at__isnull=False))


class DialogueApplication(models.Model):
    """One form of one person for one stakeholder; a line for each dialogue that it applies to."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.PROTECT, related_name="dialogue_applications", verbose_name=_("stakeholder")
    )
    applicant = by_person(_("applicant"), related_name="dialogue_applications")
    # An administrator of the stakeholder wrote it for the applicant, who confirms it by sending it.
    prepared_by = by_person(_("prepared by"), blank=True)
    asked_at = models.DateTimeField(_("confirmation asked for at"), null=True, blank=True)
    language = models.ForeignKey(
        "taxonomy.Language",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("language of the answers"),
    )
    mode = models.CharField(_("how you take part"), max_length=10, choices=Mode, blank=True)
    travel_support = models.BooleanField(_("travel support asked for"), default=False)
    wants_to_speak = models.BooleanField(_("would like to speak"), default=False)
    speaking_about = models.TextField(_("what about"), blank=True)
    shares_with_bureau = models.BooleanField(_("may be given to the Extended Bureau"), default=False)
    # What the profile said of the stakeholder when the form was sent: the evidence of expertise.
    evidence: Any = models.JSONField(_("taken from the profile"), default=dict, blank=True)
    # Told for the arrangements and the balance alone; erased afterwards.
    travel_reason = models.TextField(_("why travel support is needed"), blank=True)
    access_needs = models.TextField(_("access needs"), blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, blank=True)
    erased_at = models.DateTimeField(_("sensitive answers erased at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = DialogueApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application to dialogues")
        verbose_name_plural = _("applications to dialogues")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=("", *SEATS)), name="dialogue_application_mode_known"
            ),
            models.CheckConstraint(
                condition=Q(gender__in=("", *Gender.values)), name="dialogue_application_gender_known"
            ),
            models.UniqueConstraint(
                fields=["stakeholder", "applicant"],
                condition=Q(submitted_at=None),
                name="one_draft_of_dialogue_application_each",
            ),
        ]

    def __str__(self) -> str:
        return str(self.stakeholder)

    def get_absolute_url(self) -> str:
        return reverse("dialogues:application", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.submitted_at is None

    @property
    def waits_for_colleague(self) -> bool:
        """Whether the applicant was asked to confirm what somebody else prepared, and has not yet."""
        return self.is_draft and self.asked_at is not None


class DialogueExpertise(models.Model):
    """What the applicant says they know of one topic; an empty text has no row."""

    application = models.ForeignKey(
        DialogueApplication, models.CASCADE, related_name="expertise", verbose_name=_("application")
    )
    topic = models.ForeignKey("taxonomy.Topic", models.PROTECT, related_name="+", verbose_name=_("topic"))
    text = models.TextField(_("expertise"))

    class Meta:
        verbose_name = _("expertise in a topic")
        verbose_name_plural = _("expertise in topics")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "topic"], name="one_expertise_per_topic")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class DialogueLineQuerySet(models.QuerySet["DialogueLine"]):
    def visible_to(self, user: Any) -> "DialogueLineQuerySet":
        return self.filter(application__in=DialogueApplication.objects.visible_to(user).values("pk"))

    def sent(self) -> "DialogueLineQuerySet":
        return self.filter(status__in=S.SENT)

    def undecided(self) -> "DialogueLineQuerySet":
        return self.filter(status__in=S.UNDECIDED)

    def queue(self) -> "DialogueLineQuerySet":
        """Return the waiting list, the next in line first."""
        return self.filter(status=S.WAITING).order_by("queued_at", "pk")


class DialogueLine(models.Model):
    """One dialogue of an application: where it stands since when, and by which class of reason."""

    MOVES = LINE_MOVES

    application = models.ForeignKey(
        DialogueApplication, models.CASCADE, related_name="lines", verbose_name=_("application")
    )
    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="lines", verbose_name=_("dialogue"))
    # As in the application: kept here so that nobody applies twice, whatever two windows do at once.
    person = by_person(_("person"))
    status = models.CharField(_("status"), max_length=15, choices=LineStatus, default=LineStatus.DRAFT)
    since = models.DateTimeField(_("in this state since"), default=now)
    reason = models.CharField(_("category of reason"), max_length=60, blank=True)
    decided_by_desk = models.BooleanField(_("decided by the desk"), default=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    queued_at = models.DateTimeField(_("on the waiting list since"), null=True, blank=True)
    offer_until = models.DateTimeField(_("offer good until"), null=True, blank=True)
    reason_asked_at = models.DateTimeField(_("reason asked for at"), null=True, blank=True)
    reconsider_asked_at = models.DateTimeField(_("reconsideration asked for at"), null=True, blank=True)
    reconsider_text = models.TextField(_("statement of the applicant"), blank=True)
    reconsidered_at = models.DateTimeField(_("reconsidered at"), null=True, blank=True)
    speaks_at = models.PositiveSmallIntegerField(_("place in the order of speakers"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = DialogueLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("application to a dialogue")
        verbose_name_plural = _("applications to a dialogue")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=LineStatus.values), name="dialogue_line_status_known"
            ),
            models.UniqueConstraint(fields=["application", "dialogue"], name="one_line_per_dialogue"),
            models.UniqueConstraint(
                fields=["dialogue", "person"],
                condition=~Q(status__in=(S.DRAFT, S.WITHDRAWN)),
                name="one_application_per_person_and_dialogue",
            ),
            models.CheckConstraint(
                condition=Q(offer_until=None) | Q(status=S.WAITING), name="dialogue_offer_while_waiting"
            ),
        ]
        indexes = [
            models.Index(fields=["dialogue", "status"], name="dialogue_line_by_status"),
            models.Index(fields=["offer_until"], condition=Q(status="waiting"), name="dialogue_offers"),
        ]

    def __str__(self) -> str:
        return f"{self.application.stakeholder} · {self.dialogue}"

    def get_absolute_url(self) -> str:
        return self.application.get_absolute_url()

    @property
    def party(self) -> str:
        return f"stakeholder:{self.application.stakeholder_id}"

    @property
    def look(self) -> str:
        """The look of the badge with the status."""
        return LOOKS.get(self.status, "quiet")

    @property
    def is_offered(self) -> bool:
        return self.status == S.WAITING and self.offer_until is not None and self.offer_until >= now()

    @property
    def place_in_line(self) -> int:
        """The position on the waiting list; 1 for whoever is next."""
        ahead = Q(queued_at__lt=self.queued_at) | Q(queued_at=self.queued_at, pk__lt=self.pk)
        return 1 + DialogueLine.objects.filter(dialogue=self.dialogue_id).queue().filter(ahead).count()


def ends_of(application: DialogueApplication) -> datetime | None:
    """Return when its sensitive answers are due to be erased; None while a dialogue has no known end."""
    dialogues = Dialogue.objects.filter(lines__application=application)
    ends = list(dialogues.values_list("event__ends_at", "retention_days"))
    last = [end + timedelta(days=days) for end, days in ends if end is not None]
    return max(last) if last and len(last) == len(ends) else None


class DialogueStatement(models.Model):
    """What an accepted applicant wants to say; shown to all once the desk has checked it."""

    line = models.OneToOneField(
        DialogueLine, models.CASCADE, related_name="statement", verbose_name=_("application")
    )
    text = models.TextField(_("statement"))
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language of the statement")
    )
    words = models.PositiveIntegerField(_("words"), default=0)
    # The term as it read when the author agreed to it.
    agreed_term = models.TextField(_("term agreed to"))
    sent_at = models.DateTimeField(_("sent at"), default=now)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    checked_by = by_person(_("checked by"))
    returned_note = models.TextField(_("what the author should change"), blank=True)

    class Meta:
        verbose_name = _("statement at a dialogue")
        verbose_name_plural = _("statements at dialogues")
        ordering = ["line__speaks_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_checked(self) -> bool:
        return self.checked_at is not None
