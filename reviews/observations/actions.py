"""What the desk does with observations: record, change, publish, take back, split, link."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from audit.actions import record
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from reviews.contributions.models import Contribution
from reviews.observations.models import Observation
from workflow.moves.actions import refuse_changed

LISTS = ("topics", "contributions")
# What the parts of a mixed observation take over from it.
INHERITED = ("country_id", "language_id", "source", "source_url", "source_date", "is_demo")
FEWEST_PARTS = 2


def record_observation(*, actor: User, values: Mapping[str, Any]) -> Observation:
    """Record what a public document observes; only the desk sees it until it is published.

    `values`: columns and `topics` by name. Raises PermissionDenied, DomainError.
    """
    _refuse_others(actor)
    with transaction.atomic():
        observation = Observation(recorded_by=actor, is_demo=actor.is_demo)
        _write(observation, values)
        record(observation, "reviews.observation.record", actor=actor)
    return observation


def change_observation(
    observation: Observation, *, actor: User, version: int, values: Mapping[str, Any]
) -> Observation:
    """Save a change. Raises WrongState where it was split, or changed in another window since `version`."""
    with transaction.atomic():
        observation = _for_change(observation, actor, version)
        changed = _write(observation, values)
        if changed:
            _raise_version(observation)
            record(observation, "reviews.observation.change", actor=actor, fields=sorted(changed))
    return observation


def publish_observation(observation: Observation, *, actor: User) -> Observation:
    """Show it to everybody; doing it twice is once."""
    with transaction.atomic():
        observation = _for_change(observation, actor)
        if observation.published_at is None:
            observation.published_at = now()
            observation.save(update_fields=["published_at"])
            record(observation, "reviews.observation.publish", actor=actor)
    return observation


def unpublish_observation(observation: Observation, *, actor: User) -> Observation:
    """Take it back from the public pages; the row and its history stay."""
    with transaction.atomic():
        observation = _for_change(observation, actor)
        if observation.published_at is not None:
            observation.published_at = None
            observation.save(update_fields=["published_at"])
            record(observation, "reviews.observation.unpublish", actor=actor)
    return observation


def split_observation(
    observation: Observation, *, actor: User, version: int, parts: Sequence[Mapping[str, Any]]
) -> list[Observation]:
    """Split an observation: each of `parts` (kind, article, text) becomes its own.

    Country, language, source, topics and contributions go with each. From then on only the parts are shown,
    published where the whole was. Raises DomainError for fewer than two, WrongState where it is split.
    """
    with transaction.atomic():
        observation = _for_change(observation, actor, version)
        if len(parts) < FEWEST_PARTS:
            message = _("Write at least two parts.")
            raise DomainError(_("The observation was not split."), fields={"parts": message})
        shared = {name: getattr(observation, name) for name in INHERITED}
        published_at = now() if observation.published_at else None
        topics, contributions = list(observation.topics.all()), list(observation.contributions.all())
        new_parts = []
        for values in parts:
            part = Observation(split_from=observation, recorded_by=actor, published_at=published_at, **shared)
            _write(part, {**values, "topics": topics})
            part.contributions.set(contributions)
            record(part, "reviews.observation.record", actor=actor)
            new_parts.append(part)
        _raise_version(observation)
        record(observation, "reviews.observation.split", actor=actor, parts=len(new_parts))
    return new_parts


def link_contributions(
    observation: Observation, *, actor: User, contributions: Collection[Contribution]
) -> Observation:
    """Link these contributions and no others. Drafts cannot be linked."""
    with transaction.atomic():
        observation = _for_change(observation, actor)
        wanted = {contribution.pk for contribution in contributions}
        known = set(
            Contribution.objects.visible_to(actor)
            .exclude(status="draft")
            .filter(pk__in=wanted)
            .values_list("pk", flat=True)
        )
        if wanted != known:
            message = _("Choose from the list.")
            raise DomainError(_("The contributions were not linked."), fields={"contributions": message})
        if wanted != set(observation.contributions.values_list("pk", flat=True)):
            observation.contributions.set(wanted)
            _raise_version(observation)
            record(observation, "reviews.observation.link", actor=actor)
    return observation


def _refuse_others(actor: User) -> None:
    if not actor.has_perm("reviews.keep_observations"):
        raise PermissionDenied


def _for_change(observation: Observation, actor: User, version: int | None = None) -> Observation:
    _refuse_others(actor)
    observation = Observation.objects.select_for_update(no_key=True).get(pk=observation.pk)
    refuse_changed(observation, version)
    if observation.parts.exists():
        raise WrongState(_("This observation was split; its parts can be changed."))
    return observation


def _raise_version(observation: Observation) -> None:
    observation.version += 1
    observation.save(update_fields=["version"])


def _write(row: Observation, values: Mapping[str, Any]) -> list[str]:
    """Set columns and lists; return the names of those that have changed."""
    plain = {name: value for name, value in values.items() if name not in LISTS}
    plain |= {name: clean_block(plain[name]) for name in ("text",) if name in plain}
    plain |= {name: clean_line(plain[name]) for name in ("source",) if name in plain}
    changed = [name for name, value in plain.items() if _current_value(row, name) != value]
    for name, value in plain.items():
        setattr(row, name, value)
    wrong = {}
    if not row.text:
        wrong["text"] = _("Describe what the document observes.")
    if not row.source:
        wrong["source"] = _("Nothing is recorded without a source.")
    if row.source_date and row.source_date > now().date():
        wrong["source_date"] = _("The date of a source cannot be in the future.")
    if wrong:
        raise DomainError(_("The observation was not saved."), fields=wrong)
    row.save()
    for name in LISTS:
        if name in values:
            before = set(getattr(row, name).values_list("pk", flat=True))
            after = {getattr(row_or_pk, "pk", row_or_pk) for row_or_pk in values[name]}
            if before != after:
                getattr(row, name).set(after)
                changed.append(name)
    return changed


def _current_value(row: Observation, name: str) -> Any:
    """Return the present value of a column; None for a foreign key that is not set yet."""
    field: Any = Observation._meta.get_field(name)
    return getattr(row, name) if getattr(row, field.attname, None) is not None else None


for _name, _text in (
    ("record", gettext_lazy("%(actor)s recorded the observation")),
    ("change", gettext_lazy("%(actor)s changed the observation (%(fields)s)")),
    ("publish", gettext_lazy("%(actor)s published the observation")),
    ("unpublish", gettext_lazy("%(actor)s withdrew the observation")),
    ("split", gettext_lazy("%(actor)s split the observation into %(parts)s")),
    ("link", gettext_lazy("%(actor)s linked contributions to the observation")),
):
    sentence(f"reviews.observation.{_name}", _text)
