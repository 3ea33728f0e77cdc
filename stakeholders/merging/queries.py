"""What two entries say, side by side, and what a merge of them would move."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.text import clean_line, fold
from notifications.inbox.models import Notice
from stakeholders.applications.queries import likely_matches
from stakeholders.entries.enums import Listing, MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.invitations.models import Invitation
from stakeholders.screening.enums import ScreenedKind
from stakeholders.screening.models import Match
from workflow.changes.models import ChangeRequest
from workflow.items.models import WorkItem
from workflow.moves.queries import is_recused

REMAINING, GONE, BOTH = "kept", "gone", "both"
# How much an entry counts: what is vetted never ends in what is not.
WEIGHT = {Status.LISTED: 0, Status.LAPSED: 1, Status.ACTIVE: 2}
# Say nothing without the field they stand beside, and go with it.
GO_WITH = {"mission_language": "mission", "source_url": "source_name", "source_date": "source_name"}
NOT_CHOSEN = frozenset(("status", "approved_at", "confirmed_at"))
MOST = 12


class FieldRow(NamedTuple):
    """One field of both entries as people read it. `choices` is empty where both say the same."""

    name: str
    label: str | Promise
    remaining: str
    gone: str
    choices: tuple[str, ...]
    default: str


def mergeable_entries(user: Any) -> QuerySet[Stakeholder]:
    """Return the entries that the desk may merge, as far as `user` sees them."""
    return Stakeholder.objects.visible_to(user).filter(status__in=WEIGHT).select_related("country")


def candidates(user: Any, about: Stakeholder, words: str) -> list[Stakeholder]:
    """Return others to merge with: by number or words of the name, or, without words, those most alike."""
    others = mergeable_entries(user).exclude(pk=about.pk)
    words = clean_line(words)
    if not words:
        return [match.stakeholder for match in likely_matches(about, others, most=MOST)]
    key = fold(words)
    by_name = Q(name_key__contains=key) | Q(sort_key__contains=key) | Q(acronym__iexact=words)
    if words.isdecimal() and len(words) < 18:
        by_name |= Q(pk=int(words))
    return list(others.filter(by_name).order_by("sort_key", "pk")[:MOST])


def chosen_fields() -> list[Any]:
    """Return the fields of an entry that a person can set, plain ones first."""
    meta = Stakeholder._meta
    plain = [
        field
        for field in meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in {*NOT_CHOSEN, *GO_WITH}
    ]
    return [*plain, *meta.many_to_many]


def rows(gone: Stakeholder, remaining: Stakeholder) -> list[FieldRow]:
    """Return both entries by field, for a page of two columns."""
    return [_row(field, gone, remaining) for field in chosen_fields()]


def _row(field: Any, gone: Stakeholder, remaining: Stakeholder) -> FieldRow:
    ours, theirs = _shown_value(field, remaining), _shown_value(field, gone)
    same = ours == theirs
    if field.many_to_many:
        choices: tuple[str, ...] = (REMAINING, GONE, BOTH)
        default = BOTH
    else:
        choices = (REMAINING, GONE)
        default = _default(field.name, gone, remaining, ours, theirs)
    return FieldRow(field.name, field.verbose_name, ours, theirs, () if same else choices, default)


def _default(name: str, gone: Stakeholder, remaining: Stakeholder, ours: str, theirs: str) -> str:
    """Return whose value stays: that of `remaining`, unless it is empty; of two listings the narrower one."""
    if name == "listing":
        narrow = list(Listing.values)
        return GONE if narrow.index(gone.listing) > narrow.index(remaining.listing) else REMAINING
    return GONE if theirs and not ours else REMAINING


def _shown_value(field: Any, of: Stakeholder) -> str:
    value: Any
    if field.many_to_many:
        related_rows = getattr(of, field.name).all()
        return " · ".join(sorted(str(getattr(row, "name", row)) for row in related_rows))
    if field.is_relation:
        value = getattr(of, field.name)
        return str(getattr(value, "name", value)) if value else ""
    value = getattr(of, field.name)
    if isinstance(value, list):
        labels = dict(getattr(field.base_field, "flatchoices", ()))
        return " · ".join(str(labels.get(choice, choice)) for choice in value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value or "")


def moves(gone: Stakeholder) -> list[tuple[str | Promise, int]]:
    """Return (kind of rows, number) of what would come to the entry that stays, without zeros."""
    through = {field.remote_field.through for field in Stakeholder._meta.many_to_many}
    counts: list[tuple[str | Promise, int]] = []
    for relation in gone._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or relation.parent_link:
            continue
        field: Any = relation.field
        if field.model in through:
            continue
        number = field.model._base_manager.filter(**{field.name: gone}).count()
        counts.append((field.model._meta.verbose_name_plural, number))
    counts += _counts_by_number(gone)
    return [(label, number) for label, number in counts if number]


def _counts_by_number(gone: Stakeholder) -> list[tuple[str | Promise, int]]:
    """Return (label, number) of the rows that name the entry by its number, without a foreign key."""
    return [
        (
            _("Hits of the screening, with their clearances"),
            Match.objects.about(ScreenedKind.STAKEHOLDER, gone.pk).count(),
        ),
        (_("Pending work"), WorkItem.objects.about(gone).open().count()),
        (
            _("Notices in inboxes"),
            Notice.objects.filter(subject_kind=gone._meta.label_lower, subject_id=gone.pk).count(),
        ),
    ]


def collisions(gone: Stakeholder, remaining: Stakeholder) -> list[str]:
    """Return sentences about what both have and only one of each stays."""
    people = Membership.objects.filter(stakeholder=gone, user__memberships__stakeholder=remaining).count()
    addresses = Invitation.objects.open().filter(stakeholder=remaining).values("address")
    invited = Invitation.objects.open().filter(stakeholder=gone, address__in=addresses).count()
    changes = ChangeRequest.objects.about(gone).open().count()
    sentences: list[tuple[int, Callable[[int], str]]] = [
        (
            people,
            lambda n: ngettext(
                "%(number)d person acts for both and keeps the higher role.",
                "%(number)d people act for both and keep the higher role.",
                n,
            ),
        ),
        (
            invited,
            lambda n: ngettext(
                "%(number)d open invitation is to an address that both have invited; one is withdrawn.",
                "%(number)d open invitations are to addresses that both have invited; one each is withdrawn.",
                n,
            ),
        ),
        (
            changes,
            lambda n: ngettext(
                "%(number)d pending change is withdrawn; it can be proposed again.",
                "%(number)d pending changes are withdrawn; they can be proposed again.",
                n,
            ),
        ),
    ]
    return [words(number) % {"number": number} for number, words in sentences if number]


def obstacle(gone: Stakeholder, remaining: Stakeholder, actor: Any) -> str:
    """Return why `gone` cannot be merged into `remaining` by `actor`; empty where it can."""
    if gone.pk == remaining.pk:
        return _("Choose another profile: one cannot be merged into itself.")
    for entry in (gone, remaining):
        if entry.status not in WEIGHT:
            return _("“%(name)s” cannot be merged now: it is “%(status)s”.") % {
                "name": entry,
                "status": entry.get_status_display(),
            }
    if WEIGHT[Status(gone.status)] > WEIGHT[Status(remaining.status)]:
        return _("“%(gone)s” has the higher status of the two. Merge “%(kept)s” into it instead.") % {
            "gone": gone,
            "kept": remaining,
        }
    if is_recused(actor, gone) or is_recused(actor, remaining):
        return _("You are involved in this matter. Please leave the decision to a colleague.")
    return _difference(gone, remaining)


def _difference(gone: Stakeholder, remaining: Stakeholder) -> str:
    """Return why the two cannot be one by what they are; empty where they can."""
    if gone.is_expert != remaining.is_expert:
        return _("An individual expert and an organization cannot be one.")
    if gone.is_demo != remaining.is_demo:
        return _("A demonstration profile and a real one cannot be merged.")
    people = Membership.objects.filter(stakeholder__in=(gone, remaining)).values("user").distinct()
    if remaining.is_expert and people.count() > 1:
        return _("An individual expert is one person, but different people act for these two.")
    return ""


def admins_after(gone: Stakeholder, remaining: Stakeholder) -> int:
    """Return how many different people would administer what stays."""
    led = Membership.objects.filter(stakeholder__in=(gone, remaining), role=MemberRole.ADMIN)
    return led.values("user").distinct().count()
