"""What stakeholders contribute to a review, who signs it with them, and by which rules it is screened."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from core.uploads import StoredFile
from reviews.calls.models import Call, Question
from reviews.contributions.enums import (
    CONTRIBUTION_MOVES,
    CONTRIBUTION_SENTENCES,
    ContributionStatus,
    Signing,
    Visibility,
)
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Membership, Stakeholder, entries_of, readable_by
from taxonomy.names.models import Named, NamedQuerySet

S = ContributionStatus
PUBLIC = Q(status=S.PUBLISHED, visibility__in=(Visibility.PUBLIC, Visibility.UNNAMED))


class ScreeningRuleQuerySet(NamedQuerySet["ScreeningRule"]):
    def in_order(self, language: str | None = None) -> "ScreeningRuleQuerySet":
        return self.order_by("position", "pk")

    def in_use(self) -> "ScreeningRuleQuerySet":
        return self.filter(retired=False)


class ScreeningRule(Named):
    """A published rule by which contributions are screened; whoever is declined is told which."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.TextField(_("the rule in full, in English"))
    retired = models.BooleanField(_("no longer used"), default=False)

    objects = ScreeningRuleQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("screening rule")
        verbose_name_plural = _("screening rules")


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def visible_to(self, user: Any) -> "ContributionQuerySet":
        """What is published; of a person's own stakeholders, and what those are asked to sign.

        For those who screen also whatever was sent.
        """
        if not (user.is_authenticated and user.is_active):
            return self.filter(PUBLIC)
        if user.has_role(Role.REVIEWS, Role.HEAD):
            return self.filter(PUBLIC | ~Q(status=S.DRAFT) | self._own(user))
        return self.filter(PUBLIC | self._own(user))

    @staticmethod
    def _own(user: Any) -> Q:
        theirs = entries_of(user)
        signing = CoSignature.objects.filter(contribution=OuterRef("pk"), stakeholder__in=theirs)
        is_asked = Exists(signing.exclude(status=Signing.DECLINED)) & ~Q(status__in=(S.WITHDRAWN, S.REMOVED))
        return Q(stakeholder__in=theirs) | is_asked

    def of_people(self, user: Any) -> "ContributionQuerySet":
        """Return the contributions of the stakeholders that the person belongs to."""
        theirs = entries_of(user)
        return self.filter(stakeholder__in=theirs)

    def published(self) -> "ContributionQuerySet":
        return self.filter(PUBLIC)

    def named_to(self, user: Any) -> "ContributionQuerySet":
        """With `shows_author`: whether this reader may know who wrote it.

        What a stakeholder wrote under its name is read without it by whoever may not read that name.
        """
        named = Q(visibility=Visibility.PUBLIC) & readable_by(user, Status.NAMED, "stakeholder__")
        if not (user.is_authenticated and user.is_active):
            known: Any = named
        elif user.has_role(Role.REVIEWS, Role.HEAD):
            known = Q(pk__isnull=False)
        else:
            known = named | self._own(user)
        return self.annotate(shows_author=models.ExpressionWrapper(known, models.BooleanField()))


class Contribution(models.Model):
    """One stakeholder's answers to one call.

    `digest` is the SHA-256 of the canonical text (see `queries.canonical_text`): whoever signs
    confirms a digest, and is asked again once it is another.
    """

    MOVES = CONTRIBUTION_MOVES
    SENTENCES = CONTRIBUTION_SENTENCES

    call = models.ForeignKey(Call, models.PROTECT, related_name="contributions", verbose_name=_("call"))
    stakeholder = models.ForeignKey(
        Stakeholder, models.PROTECT, related_name="contributions", verbose_name=_("lead stakeholder")
    )
    author = by_person(_("written by"), related_name="contributions")
    status = models.CharField(
        _("status"), max_length=10, choices=ContributionStatus, default=ContributionStatus.DRAFT
    )
    visibility = models.CharField(_("who reads it"), max_length=10, choices=Visibility, blank=True)
    language = models.ForeignKey(
        "taxonomy.Language",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("language of the text"),
    )
    countries = models.ManyToManyField(
        "taxonomy.Country",
        blank=True,
        related_name="+",
        verbose_name=_("countries it is about"),
        help_text=_("None chosen: those of the call."),
    )
    digest = models.CharField(max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    returned_at = models.DateTimeField(_("returned at"), null=True, blank=True)
    # A return has a time of its own, whatever the closing of the call.
    answer_by = models.DateTimeField(_("answer asked by"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    declined_by_rule = models.ForeignKey(
        ScreeningRule, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rule")
    )
    created_at = models.DateTimeField(_("begun at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ContributionStatus.values), name="contribution_status_known"
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=("", *Visibility.values)), name="contribution_visibility_known"
            ),
            models.CheckConstraint(
                condition=Q(status=S.DRAFT) | (~Q(visibility="") & Q(submitted_at__isnull=False)),
                name="contribution_complete_once_sent",
            ),
            # Nobody, by whatever way, publishes what its author keeps for the desk.
            models.CheckConstraint(
                condition=~Q(status=S.PUBLISHED)
                | Q(visibility__in=(Visibility.PUBLIC, Visibility.UNNAMED), published_at__isnull=False),
                name="contribution_published_as_allowed",
            ),
            models.CheckConstraint(
                condition=(Q(status=S.DECLINED) & Q(declined_by_rule__isnull=False))
                | (~Q(status=S.DECLINED) & Q(declined_by_rule=None)),
                name="contribution_declined_by_a_rule",
            ),
            models.UniqueConstraint(
                fields=["call", "stakeholder"], condition=~Q(status__in=S.OVER), name="one_contribution_each"
            ),
        ]
        indexes = [
            models.Index(fields=["call", "status"], name="contribution_of_call"),
            models.Index(
                fields=["-published_at"], condition=Q(status="published"), name="contribution_published"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Contribution to “%(call)s”") % {"call": self.call})

    def get_absolute_url(self) -> str:
        return reverse("calls:contribution", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == S.DRAFT

    @property
    def is_written(self) -> bool:
        """Whether its author may write: a draft, or what was returned with questions."""
        return self.status in S.WRITTEN

    @property
    def party(self) -> str:
        return f"stakeholder:{self.stakeholder_id}"

    @property
    def shows_name(self) -> bool:
        """Whether everybody may know who wrote it."""
        return self.visibility == Visibility.PUBLIC

    def may_be_answered(self, at: datetime) -> bool:
        return self.answer_by is None or at <= self.answer_by


class Answer(models.Model):
    """What a contribution says to one question; an empty answer has no row."""

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="answers", verbose_name=_("contribution")
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("question"))
    text = models.TextField(_("answer"))
    words = models.PositiveIntegerField(_("words"), default=0)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__position", "question__pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "question"], name="one_answer_each"),
            models.CheckConstraint(condition=~Q(text=""), name="answer_not_empty"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class EvidenceLink(models.Model):
    """A public page that a contribution points to."""

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="links", verbose_name=_("contribution")
    )
    label = models.CharField(_("what it is"), max_length=200)
    url = models.URLField(_("address"), max_length=500)

    class Meta:
        verbose_name = _("link to evidence")
        verbose_name_plural = _("links to evidence")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: Any) -> "EvidenceQuerySet":
        """Files of visible contributions that are shown with the name: a file may tell who wrote it."""
        named: Any = Contribution.objects.visible_to(user).named_to(user)
        with_author = named.filter(shows_author=True)
        return self.filter(contribution__in=with_author.values("pk"))


class Evidence(StoredFile):
    """A file that came with a contribution."""

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="evidence", verbose_name=_("contribution")
    )
    uploaded_by = by_person(_("uploaded by"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["uploaded_at", "pk"]


class CoSignatureQuerySet(models.QuerySet["CoSignature"]):
    def waiting_for(self, user: Any) -> "CoSignatureQuerySet":
        """What the person, as an administrator of a stakeholder, is asked to sign, or to sign again."""
        theirs = Membership.objects.filter(
            user=user, role="admin", stakeholder__status__in=Status.TAKING_PART
        ).values("stakeholder_id")
        again = Q(status=Signing.CONFIRMED) & ~Q(digest=F("contribution__digest"))
        open_ones = (S.DRAFT, *S.OPEN)
        return self.filter(stakeholder__in=theirs, contribution__status__in=open_ones).filter(
            Q(status=Signing.INVITED) | again
        )

    def named_to(self, user: Any) -> "CoSignatureQuerySet":
        """Of stakeholders whose name this reader may read."""
        return self.filter(readable_by(user, Status.NAMED, "stakeholder__"))

    def valid(self) -> "CoSignatureQuerySet":
        """Signed, and the text is still the one that was signed: only these are printed."""
        return self.filter(status=Signing.CONFIRMED, digest=F("contribution__digest"))


class CoSignature(models.Model):
    """Another stakeholder that signs: it confirms the digest of one text."""

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="signatures", verbose_name=_("contribution")
    )
    stakeholder = models.ForeignKey(
        Stakeholder, models.PROTECT, related_name="signatures", verbose_name=_("stakeholder")
    )
    status = models.CharField(_("answer"), max_length=10, choices=Signing, default=Signing.INVITED)
    digest = models.CharField(_("digest of the text that was signed"), max_length=64, blank=True)
    invited_by = by_person(_("asked by"))
    invited_at = models.DateTimeField(_("asked at"), db_default=Now(), editable=False)
    answered_by = by_person(_("answered by"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = CoSignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("co-signature")
        verbose_name_plural = _("co-signatures")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "stakeholder"], name="one_signature_each"),
            models.CheckConstraint(condition=Q(status__in=Signing.values), name="signing_known"),
            models.CheckConstraint(
                condition=~Q(status=Signing.CONFIRMED) | ~Q(digest=""), name="signature_has_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} · {self.stakeholder_id} · {self.status}"

    @property
    def is_valid(self) -> bool:
        return self.status == Signing.CONFIRMED and self.digest == self.contribution.digest

    @property
    def is_outdated(self) -> bool:
        """Signed a text that is another by now."""
        return self.status == Signing.CONFIRMED and self.digest != self.contribution.digest
