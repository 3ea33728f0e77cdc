"""What stakeholders does when an app below, or a row of its own, says that something happened."""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver

from core.uploads import forget_bytes
from notifications.follows.actions import move_term
from search.actions import index_many
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.exports.models import Export
from stakeholders.logos.models import Logo
from taxonomy.hooks import term_merged
from taxonomy.terms.models import Topic

KIND = "stakeholders.stakeholder"


@receiver(term_merged, dispatch_uid="stakeholders.term_merged.follows")
def follow_to_new_term(
    sender: type[models.Model], old: models.Model, new: models.Model, **_signal: Any
) -> None:
    """Whoever followed a merged topic follows the one that stays."""
    if sender is Topic:
        move_term(f"topic:{old.pk}", f"topic:{new.pk}")


@receiver(term_merged, dispatch_uid="stakeholders.term_merged.index")
def index_entries_under(sender: type[models.Model], new: models.Model, **_signal: Any) -> None:
    """Entries under a merged term are found by the one that stays, at once."""
    fields: list[Any] = [*Stakeholder._meta.concrete_fields, *Stakeholder._meta.many_to_many]
    names = [field.name for field in fields if field.is_relation and field.related_model is sender]
    entries: set[int] = set()
    for name in names:
        entries.update(Stakeholder.objects.filter(**{name: new}).values_list("pk", flat=True))
    if entries:
        index_many(KIND, sorted(entries))
        DirectoryVersion.objects.bump()


@receiver(post_delete, sender=Export, dispatch_uid="stakeholders.export_file")
@receiver(post_delete, sender=Logo, dispatch_uid="stakeholders.logo_file")
def remove_file(instance: Export | Logo, **_signal: Any) -> None:
    """A file goes with its row, also where the row goes with the account or the profile that it was of."""
    forget_bytes(instance.file)
