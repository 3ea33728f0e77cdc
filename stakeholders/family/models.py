"""Branches and their parent organization."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from core.database import reading_connection
from core.subqueries import exists_in
from stakeholders.applications.models import Application
from stakeholders.entries.models import Stakeholder, entries_of
from stakeholders.family.enums import Side

# Each of the asked entries with everything above it; UNION ends even where a ring had come about.
_ABOVE = """
WITH RECURSIVE above(start, id) AS (
    SELECT branch_id, parent_id FROM stakeholders_familylink
    WHERE branch_id = ANY(%s) AND confirmed_at IS NOT NULL
    UNION
    SELECT above.start, link.parent_id
    FROM above JOIN stakeholders_familylink link ON link.branch_id = above.id
    WHERE link.confirmed_at IS NOT NULL
)
SELECT start, id FROM above
"""


class FamilyLinkQuerySet(models.QuerySet["FamilyLink"]):
    def visible_to(self, user: Any) -> "FamilyLinkQuerySet":
        """Return every link for the desk; for others the confirmed ones of which they may find both ends.

        People of one end also see what either end has asked for itself: who asks makes itself known. What
        the desk has set stays hidden from them while they may not find the other end. A link that an
        application names is shown to its applicant and those who vet.
        """
        if user.is_authenticated and user.is_active and user.is_desk:
            return self.all()
        entries = Stakeholder.objects.visible_to(user)
        sees_branch, sees_parent = exists_in(entries, "branch"), exists_in(entries, "parent")
        shown = Q(confirmed_at__isnull=False) & sees_branch & sees_parent
        if not (user.is_authenticated and user.is_active):
            return self.filter(shown)
        own = entries_of(user)
        theirs = (Q(branch__in=own) & sees_parent) | (Q(parent__in=own) & sees_branch)
        known = ~Q(asked_from=Side.DESK) & Q(branch__isnull=False) & (Q(branch__in=own) | Q(parent__in=own))
        applied = Q(branch__isnull=True, application__applicant=user)
        return self.filter(shown | theirs | known | applied)

    def confirmed(self) -> "FamilyLinkQuerySet":
        return self.filter(confirmed_at__isnull=False)

    def about(self, stakeholder: Stakeholder) -> "FamilyLinkQuerySet":
        """Return the links to or from the entry, without those that only an application names."""
        return self.filter(Q(branch=stakeholder) | Q(parent=stakeholder, branch__isnull=False))

    def above(self, ids: Collection[int]) -> dict[int, set[int]]:
        """Return for each of these stakeholders the ids of all its ancestors."""
        ancestors: dict[int, set[int]] = {pk: set() for pk in ids}
        if ancestors:
            with reading_connection().cursor() as cursor:
                cursor.execute(_ABOVE, [list(ancestors)])
                for start, pk in cursor.fetchall():
                    ancestors[start].add(pk)
        return ancestors


class FamilyLink(models.Model):
    """A branch and its parent: asked for by one end, then confirmed by the other or by the desk.

    While an application is not approved it stands in for the branch. A merge of two stakeholders calls
    `settle_for_merge` first: then neither a second parent nor a link to itself can come about.
    """

    branch = models.ForeignKey(
        Stakeholder,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="parent_links",
        verbose_name=_("branch"),
    )
    application = models.OneToOneField(
        Application,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="parent_link",
        verbose_name=_("application"),
    )
    parent = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="branch_links", verbose_name=_("parent organization")
    )
    asked_from = models.CharField(_("asked for by"), max_length=6, choices=Side)
    asked_at = models.DateTimeField(_("asked for at"), db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)

    objects = FamilyLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between a branch and its parent")
        verbose_name_plural = _("links between branches and parents")
        constraints = [
            models.CheckConstraint(condition=Q(asked_from__in=Side.values), name="family_asked_from_known"),
            models.CheckConstraint(
                condition=Q(branch__isnull=True) | ~Q(branch=F("parent")), name="family_not_within_itself"
            ),
            models.CheckConstraint(
                condition=Q(branch__isnull=False, application__isnull=True)
                | Q(branch__isnull=True, application__isnull=False, confirmed_at__isnull=True),
                name="family_of_entry_or_application",
            ),
            models.UniqueConstraint(fields=["branch", "parent"], name="family_one_link_each_pair"),
            models.UniqueConstraint(
                fields=["branch"], condition=Q(confirmed_at__isnull=False), name="family_one_parent_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch_id or self.application_id} · {self.parent_id}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
