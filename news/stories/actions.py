"""Write, submit and publish stories, propose changes of them, and notify those concerned."""

from collections.abc import Mapping
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from core.uploads import forget_bytes
from news.stories.enums import HeldFor, StoryStatus
from news.stories.models import Story, StoryRevision
from notifications.follows.actions import tell
from notifications.happenings.enums import Weight
from notifications.outbox.actions import notify_all
from search.actions import index
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.entries.rules import acts_for
from stakeholders.trust.enums import Trust
from stakeholders.trust.queries import levels_of
from taxonomy.places.queries import regions_of
from workflow.changes.actions import decide_change, present_values, propose_change
from workflow.changes.models import ChangeRequest
from workflow.items.actions import answer_requests, close_items, open_item, resume
from workflow.items.queries import due_of, open_requests
from workflow.moves.actions import move
from workflow.moves.models import Decision

BATCH = 200
READ, REREAD = "read", "reread"


def terms_of(story: Story) -> list[str]:
    """Return the terms by which followers are told of it."""
    countries = list(story.countries.values_list("pk", flat=True))
    within = regions_of() if countries else {}
    regions = sorted({code for country in countries for code in within.get(country, ())})
    terms = [f"country:{pk}" for pk in countries] + [f"region:{code}" for code in regions]
    terms += [f"topic:{pk}" for pk in story.topics.values_list("pk", flat=True)]
    if story.stakeholder and story.stakeholder.is_named_publicly:
        terms.append(f"stakeholder:{story.stakeholder_id}")
    return terms


def refresh_index(story: Story) -> None:
    """Update the index and invalidate cached pages."""
    index(story)
    DirectoryVersion.objects.bump()


def tell_published() -> int:
    """Notify followers of stories that are public by now, once for each story; return how many stories."""
    number = 0
    waiting = Story.objects.current().filter(told_at=None)
    for pk in list(waiting.order_by("publish_at", "pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            rows = Story.objects.current().filter(pk=pk, told_at=None)
            story = rows.select_for_update(no_key=True, skip_locked=True).first()
            if story is not None:
                tell_now(story)
                number += 1
    return number


def tell_now(story: Story) -> None:
    """Notify followers, in the transaction that locks the story; not of versions in other languages."""
    group = Q(pk=story.group) | Q(original=story.group)
    is_first = not Story.objects.filter(group).exclude(pk=story.pk).exclude(told_at=None).exists()
    story.told_at = now()
    Story.objects.filter(pk=story.pk).update(told_at=story.told_at)
    refresh_index(story)
    if is_first:
        tell(
            "news.story_published",
            story,
            key=f"story:{story.pk}",
            terms=terms_of(story),
            weight=Weight.NEWS,
            url_name="news:story",
            url_args=[story.pk, story.slug],
            facts={"title": story.title, "summary": story.summary},
        )


def tell_authors(story: Story, kind: str, **facts: Any) -> None:
    """Notify administrators and editors of the stakeholder."""
    if story.stakeholder_id is None:
        return
    people = User.objects.filter(
        memberships__stakeholder=story.stakeholder_id,
        memberships__role__in=MemberRole.WRITERS,
        is_active=True,
    ).distinct()
    notify_all(
        people,
        kind,
        key=f"story:{story.pk}:{kind}:{_count_decisions(story)}",
        url_name="news:own_story",
        url_args=[story.pk],
        facts={"title": story.title, **facts},
        subject=story,
    )


def tell_desk(kind: str, story: Story, *, key: str, url_name: str, url_args: list[Any], due: str) -> None:
    stakeholder = story.stakeholder.name if story.stakeholder else ""
    facts = {"title": story.title, "stakeholder": stakeholder, "due": due}
    notify_all(
        people_of_the_desk(), kind, key=key, url_name=url_name, url_args=url_args, facts=facts, subject=story
    )


def people_of_the_desk() -> QuerySet[User]:
    return holders_of(Role.CURATION)


def _count_decisions(story: Story) -> int:
    """Return how many decisions there are: in the key of a notice, so that each step sends one."""
    return Decision.objects.about(story).count()


# --- Writing a story: begin, autosave, begin a version in another language, discard -------------------

LISTS = ("topics", "countries")
FIELDS = ("title", "summary", "text", "language", "topics", "countries", "videos")
MOST_TEXT = 60_000


def draft_story(
    *, actor: User, values: Mapping[str, Any], stakeholder: Stakeholder | None = None, by_desk: bool = False
) -> Story:
    """Create a draft: of a stakeholder for which the person writes, or, `by_desk`, of the desk or on behalf
    of a stakeholder.
    """
    _refuse_unless_writing(actor, stakeholder, by_desk)
    with transaction.atomic():
        story = Story(author=actor, stakeholder=stakeholder, by_desk=by_desk, is_demo=actor.is_demo)
        _write(story, values)
        record(story, "news.story.write", actor=actor)
    return story


def begin_version(story: Story, *, actor: User, language: str) -> Story:
    """Create a draft of the story in another language, with its topics and countries and the first text."""
    with transaction.atomic():
        first = lock_story(story.group)
        if not actor.has_perm("news.change_story", story):
            raise PermissionDenied
        versions = Story.objects.filter(Q(pk=first.pk) | Q(original=first)).exclude(
            status__in=(StoryStatus.WITHDRAWN, StoryStatus.REFUSED)
        )
        if versions.filter(language=language).exists():
            raise DomainError(_("There is a version in this language already."))
        Story.objects.filter(original=first, language=language).update(original=None)
        version = Story(
            author=actor,
            stakeholder=first.stakeholder,
            by_desk=first.by_desk,
            original=first,
            is_demo=actor.is_demo,
        )
        values = {name: getattr(story, name) for name in ("title", "summary", "text", "videos")}
        lists = {name: list(getattr(story, name).values_list("pk", flat=True)) for name in LISTS}
        _write(version, {**values, **lists, "language_id": language})
        record(version, "news.story.write", actor=actor)
    return version


def save_story(story: Story, *, actor: User, version: int, values: Mapping[str, Any]) -> Story:
    """Save values of a story that its author may write now, or that is with the desk.

    What the desk asked about alone reopens; where it asked about nothing by name, all of it does. A change of
    what is published leaves a revision. Raises WrongState where somebody else has saved since, or where the
    state of the story allows no change.
    """
    with transaction.atomic():
        story = lock_story(story.pk)
        if not actor.has_perm("news.change_story", story):
            raise PermissionDenied
        if story.version != version:
            raise WrongState(
                _(
                    "Another person has changed this story in the meantime. Look at it in "
                    "another window; if you save again, your text replaces theirs."
                )
            )
        allowed = may_change_now(story, actor)
        wanted = {name: value for name, value in values.items() if name.removesuffix("_id") in allowed}
        _refuse_taken_language(story, wanted)
        before = present_values(story, dict.fromkeys(FIELDS))
        fields = _write(story, wanted)
        if story.status in StoryStatus.SHOWN:
            keep_revision(story, before, actor)
        elif fields and not story.is_draft:
            record(story, "news.story.change", actor=actor, fields=", ".join(sorted(fields)))
    return story


def may_change_now(story: Story, actor: User) -> set[str]:
    """Return the fields that the person may change now. Raises WrongState where there are none."""
    curates = actor.has_perm("news.curate_stories")
    if story.status in (StoryStatus.WITHDRAWN, StoryStatus.REFUSED):
        raise WrongState(_("This story can no longer be changed."))
    if curates and (story.by_desk or not story.is_draft):
        return {*FIELDS, "stakeholder"} if story.by_desk and story.is_draft else set(FIELDS)
    if not story.is_written:
        raise WrongState(_("The story is with the WhatsOn team now. Take it back, or await the answer."))
    asked_fields = set(open_requests(story)) if not story.is_draft else set()
    return asked_fields & {*FIELDS, "images"} or {*FIELDS, "images"}


def keep_revision(story: Story, before: Mapping[str, Any], actor: Any) -> list[str]:
    """Store what differs from `before`, and update what shows the story; returns the fields that differ."""
    after = present_values(story, before)
    changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if changes:
        StoryRevision.objects.create(story=story, changes=changes, by=actor)
        record(story, "news.story.edit", actor=actor, fields=", ".join(sorted(changes)))
        refresh_index(story)
    return sorted(changes)


def carry_out(story: Story, after: Mapping[str, Any], actor: Any) -> None:
    """Save approved values; called by the engine in the transaction of the approval."""
    story = lock_story(story.pk)
    before = present_values(story, after)
    columns = {"language": "language_id"}
    _write(story, {columns.get(name, name): value for name, value in after.items()})
    keep_revision(story, before, actor)


def discard_story(story: Story, *, actor: User) -> None:
    """Delete a draft, with its images."""
    with transaction.atomic():
        story = lock_story(story.pk)
        if not actor.has_perm("news.change_story", story):
            raise PermissionDenied
        if not story.is_draft:
            raise WrongState(_("This is no longer a draft."))
        files = [file for image in story.images.all() for file in image.files]
        story.delete()
        forget_bytes(*files)


def refuse_incomplete(story: Story) -> None:
    """Raise DomainError, by the field of the form, where a story cannot be shown yet."""
    wrong = {}
    if not story.summary:
        wrong["summary"] = _("Summarize the story in one or two sentences.")
    if not story.text:
        wrong["text"] = _("Write the text of the story.")
    if wrong:
        raise DomainError(_("The story is not complete yet."), fields=wrong)


def lock_story(pk: int) -> Story:
    return Story.objects.select_for_update(no_key=True).get(pk=pk)


def _refuse_unless_writing(actor: User, stakeholder: Stakeholder | None, by_desk: bool) -> None:
    if by_desk:
        if not actor.has_perm("news.curate_stories"):
            raise PermissionDenied
    elif stakeholder is None or not acts_for(actor, stakeholder.pk):
        raise PermissionDenied


def _refuse_taken_language(story: Story, values: Mapping[str, Any]) -> None:
    """Raise where another version of the story is in this language."""
    language = values.get("language_id", story.language_id)
    group = Q(pk=story.group) | Q(original=story.group)
    if Story.objects.filter(group, language=language).exclude(pk=story.pk).exists():
        message = _("There is a version in this language already.")
        raise DomainError(message, fields={"language": message})


def _write(story: Story, values: Mapping[str, Any]) -> list[str]:
    """Set columns and lists; returns the names of those that changed."""
    plain = {name: value for name, value in values.items() if name not in LISTS}
    changed = [name for name, value in plain.items() if getattr(story, name) != value]
    for name in changed:
        setattr(story, name, plain[name])
    lists = {
        name: {getattr(term_or_pk, "pk", term_or_pk) for term_or_pk in values[name]}
        for name in LISTS
        if name in values
    }
    if story.pk is not None:
        lists = {
            name: wanted
            for name, wanted in lists.items()
            if wanted != set(getattr(story, name).values_list("pk", flat=True))
        }
    if changed or lists or story.pk is None:
        story.version += 1
        story.updated_at = now()
        story.save()
    for name, wanted in lists.items():
        getattr(story, name).set(wanted)
    return [*changed, *lists]


# --- Those who write ----------------------------------------------------------------------------------------
def submit_story(story: Story, *, actor: User) -> Story:
    """Submit a story. The lowest trust of person, stakeholder and mail domain decides where it
    starts: on hold, with the desk, or published at once and read afterwards.
    """
    with transaction.atomic():
        story = lock_story(story.pk)
        if story.status == StoryStatus.ON_HOLD and story.held_for != HeldFor.AUTHOR:
            raise WrongState(_("The story is with the WhatsOn team now. Take it back, or await the answer."))
        answering = story.status == StoryStatus.ON_HOLD
        if actor.has_perm("news.submit_story", story):
            refuse_incomplete(story)
        move(story, "submit", actor=actor, held_for="")
        open_item(story, READ, waits_for=Role.CURATION)
        resume(story)
        answer_requests(story, actor=actor)
        stakeholder = story.stakeholder
        level = levels_of(actor, stakeholder).lowest if stakeholder else Trust.READ_FIRST
        if level == Trust.TRUSTED and not answering:
            move(story, "pass", actor=None, system=True, publish_at=now())
            close_items(story, READ)
            open_item(story, REREAD, waits_for=Role.CURATION)
            tell_now(story)
            tell_authors(story, "news.yours_published", at="")
            return story
        if level == Trust.BLOCKED:
            move(story, "park", actor=None, system=True, held_for=HeldFor.DESK)
        tell_desk(
            "news.arrived",
            story,
            key=f"story:{story.pk}:sent:{story.version}",
            url_name="newsdesk:story",
            url_args=[story.pk],
            due=due_of(story),
        )
    return story


def revise_story(story: Story, *, actor: User) -> Story:
    """Make a story a draft again that is with the desk or was declined."""
    with transaction.atomic():
        story = lock_story(story.pk)
        move(story, "revise", actor=actor)
        close_items(story)
        answer_requests(story, actor=actor)
    return story


def withdraw_story(story: Story, *, actor: User, reason: str, note: str = "") -> Story:
    """Withdraw a story for good; its address shows title, day, reason and the public note."""
    note = clean_block(note)
    with transaction.atomic():
        story = lock_story(story.pk)
        if not story.is_public:
            raise WrongState(_("Only what was public is withdrawn."))
        move(
            story,
            "withdraw",
            actor=actor,
            reason=reason,
            note=note,
            withdrawn_at=now(),
            withdrawn_for=reason,
            withdrawn_note=note,
        )
        close_items(story)
        refresh_index(story)
        if (
            not story.stakeholder_id
            or not actor.memberships.filter(stakeholder=story.stakeholder_id).exists()
        ):
            tell_authors(story, "news.yours_withdrawn", reason=reason, note=note)
    return story


# -----------------------------------------------------------------------------------------------------
# Changes of a published story by those who wrote it: proposed, then carried out once the desk agrees.

CHANGE_WORK = "story_change"
PROPOSED = ("title", "summary", "text", "topics", "countries", "videos")


def propose(story: Story, *, actor: User, values: Mapping[str, Any]) -> ChangeRequest:
    """Propose another text of a published story. Raises as `propose_change` does."""
    with transaction.atomic():
        story = lock_story(story.pk)
        if story.status not in StoryStatus.SHOWN:
            raise WrongState(_("Only a published story is changed in this way."))
        if not actor.has_perm("news.submit_story", story):
            raise PermissionDenied
        wanted = {name: values[name] for name in PROPOSED if name in values}
        for name in ("topics", "countries"):
            if name in wanted:
                wanted[name] = sorted(getattr(term_or_pk, "pk", term_or_pk) for term_or_pk in wanted[name])
        change = propose_change(story, wanted, actor=actor)
        open_item(change, CHANGE_WORK, waits_for=Role.CURATION, label=story.title)
        tell_desk(
            "news.change_arrived",
            story,
            key=f"change:{change.pk}",
            url_name="newsdesk:change",
            url_args=[change.pk],
            due=due_of(change),
        )
    return change


def decide(
    change: ChangeRequest, name: Literal["approve", "refuse", "withdraw"], *, actor: User, note: str = ""
) -> None:
    """Approve a change (everybody then reads the new text), refuse it with a note, or withdraw one's own."""
    note = clean_block(note)
    with transaction.atomic():
        # The story first: whoever proposes holds it too, and two would otherwise wait for each other.
        story = lock_story(change.subject_id)
        change = ChangeRequest.objects.get(pk=change.pk)
        decide_change(change, name, actor=actor, note=note)
        close_items(change, CHANGE_WORK)
        if name == "refuse":
            record(story, "news.story.change_refused", actor=actor, change=change.pk)
        if name != "withdraw":
            tell_authors(story, "news.yours_changed", outcome=name, note=note, change=change.pk)
