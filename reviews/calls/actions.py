"""What the desk does with calls; a regional focal point may draft one and ask the desk to publish it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from audit.enums import Audience
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from notifications.follows.actions import drop_deadline, set_deadline, tell
from notifications.happenings.enums import Weight
from notifications.outbox.actions import notify_all
from reviews.calls.enums import CallStatus
from reviews.calls.models import Call, FollowUp, Question
from reviews.calls.queries import PUBLISH, places_to_draft
from search.actions import index
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import admins_of
from taxonomy.names.enums import UN_LANGUAGES
from workflow.items.actions import close_items, open_item
from workflow.moves.actions import lock, move
from workflow.windows.actions import extend
from workflow.windows.models import Extension

LISTS = ("countries", "articles", "topics", "accepts")
CLOSING = "closing"
# What may still change once people have begun to answer.
AFTER_PUBLICATION = frozenset(("guidance", "translations", "closes_at"))


def draft_call(*, actor: User, values: Mapping[str, Any], questions: Sequence[Mapping[str, Any]]) -> Call:
    """Begin a draft that nobody but its writer and those who run calls can see."""
    if not actor.has_perm("reviews.draft_call"):
        raise PermissionDenied
    with transaction.atomic():
        _refuse_elsewhere(actor, values.get("countries", ()))
        call = Call(drafted_by=actor, is_demo=actor.is_demo)
        _write(call, values)
        _write_questions(call, questions)
        record(call, "reviews.call.draft", actor=actor)
    return call


def save_call(
    call: Call,
    *,
    actor: User,
    version: int,
    values: Mapping[str, Any],
    questions: Sequence[Mapping[str, Any]] | None = None,
) -> Call:
    """Save a change of a draft, or of what may still change once it is published.

    Questions are known by `id`; those left out are removed. Raises WrongState where another window
    has saved since, or for questions once the call is published.
    """
    with transaction.atomic():
        call = lock(call, actor, "reviews.change_call", version=version)
        if call.status == CallStatus.CANCELLED:
            raise WrongState(_("This call was cancelled."))
        if not call.is_draft:
            values = {name: value for name, value in values.items() if name in AFTER_PUBLICATION}
            if questions is not None:
                raise WrongState(_("The questions of a published call stay as they are."))
        if "countries" in values:
            _refuse_elsewhere(actor, values["countries"])
        was = call.closes_at
        call.version += 1
        fields = _write(call, values)
        if questions is not None:
            _write_questions(call, questions)
            fields.append("questions")
        if not call.is_draft:  # a draft is saved as it is typed
            record(call, "reviews.call.change", actor=actor, fields=sorted(fields))
        if not call.is_draft and call.closes_at != was:
            _record_moved_closing(call, actor)
    return call


def translate_call(
    call: Call,
    *,
    actor: User,
    version: int,
    language: str,
    values: Mapping[str, str],
    questions: Mapping[int, Mapping[str, str]],
) -> Call:
    """Save the texts of the call and its questions (by id) in another language; empty texts are removed.

    Possible also after publication. Raises WrongState where another window has saved since.
    """
    with transaction.atomic():
        call = lock(call, actor, "reviews.change_call", version=version)
        if call.status == CallStatus.CANCELLED:
            raise WrongState(_("This call was cancelled."))
        if language == call.language_id or language not in UN_LANGUAGES:
            raise DomainError(_("The call is written in this language, or the portal does not speak it."))
        call.version += 1
        call.translations = _with_translation(call.translations, language, values)
        call.updated_at = now()
        call.save(update_fields=["translations", "version", "updated_at"])
        for question in call.questions.filter(pk__in=questions):
            texts = questions[question.pk]
            question.translations = _with_translation(question.translations, language, texts)
            question.save(update_fields=["translations"])
        record(call, "reviews.call.translate", actor=actor, language=language)
    return call


def hand_in(call: Call, *, actor: User) -> None:
    """Ask the desk to publish a draft."""
    with transaction.atomic():
        call = lock(call, actor, "reviews.change_call")
        if not call.is_draft:
            raise WrongState(_("This call is no longer a draft."))
        _refuse_incomplete(call)
        open_item(call, PUBLISH, waits_for=Role.REVIEWS)
        record(call, "reviews.call.hand_in", actor=actor)


def publish_call(call: Call, *, actor: User, version: int | None = None) -> Call:
    """Show the call to everybody and tell who follows its countries and topics; it opens by the clock.

    `version` is the one that the person read: where its writer has changed it since, WrongState is raised.
    """
    with transaction.atomic():
        call = lock(call, actor, "reviews.publish_call")
        if version is not None and call.version != version:
            raise WrongState(_("This has changed since you read it. Please read it again before you decide."))
        _refuse_incomplete(call)
        move(call, "publish", actor=actor, published_at=now())
        index(call)
        close_items(call, PUBLISH)
        _keep_deadline(call)
        tell(
            "reviews.call_published",
            call,
            key=f"call:{call.pk}",
            terms=terms_of(call),
            weight=Weight.STEP,
            url_name="calls:call",
            url_args=[call.pk],
            facts={"title": call.title, "closes": call.closes_at.isoformat() if call.closes_at else ""},
        )
    return call


def cancel_call(call: Call, *, actor: User, note: str) -> Call:
    """Cancel a published call with a reason that everybody reads."""
    note = clean_block(note)
    with transaction.atomic():
        call = lock(call, actor, "reviews.cancel_call")
        move(call, "cancel", actor=actor, note=note)
        index(call)
        drop_deadline(call, CLOSING)
        tell(
            "reviews.call_cancelled",
            call,
            key=f"call:{call.pk}:cancelled",
            terms=terms_of(call),
            weight=Weight.STEP,
            url_name="calls:call",
            url_args=[call.pk],
            facts={"title": call.title, "note": note},
        )
    return call


def give_time(
    call: Call, stakeholder: Stakeholder, *, actor: User, until: datetime, reason: str
) -> Extension:
    """Give one stakeholder more time, and tell its administrators; nobody else learns of it."""
    with transaction.atomic():
        call = lock(call, actor, "reviews.extend_call")
        if call.status != CallStatus.PUBLISHED:
            raise WrongState(_("Only a published call has a closing to extend."))
        extension = extend(call, f"stakeholder:{stakeholder.pk}", until=until, reason=reason, actor=actor)
        notify_all(
            admins_of(stakeholder.pk),
            "reviews.extension_given",
            key=f"call:{call.pk}:extension:{stakeholder.pk}:{until.isoformat()}",
            url_name="calls:call",
            url_args=[call.pk],
            facts={"title": call.title, "stakeholder": stakeholder.name, "until": until.isoformat()},
            subject=call,
        )
    return extension


def discard_call(call: Call, *, actor: User) -> None:
    """Delete a draft."""
    with transaction.atomic():
        call = lock(call, actor, "reviews.change_call")
        if not call.is_draft:
            raise WrongState(_("A published call can be cancelled, not deleted."))
        close_items(call)
        call.delete()


def summarize(call: Call, *, actor: User, summary: str) -> Call:
    """Publish what was said, once the call has closed."""
    summary = clean_block(summary)
    with transaction.atomic():
        call = lock(call, actor, "reviews.keep_call")
        if call.status != CallStatus.PUBLISHED or not call.has_closed:
            raise WrongState(_("A summary is written once the call has closed."))
        call.summary, call.summary_at, call.updated_at = summary, now() if summary else None, now()
        call.save(update_fields=["summary", "summary_at", "updated_at"])
        record(call, "reviews.call.summarize", actor=actor)
        if summary:
            tell(
                "reviews.call_followed",
                call,
                key=f"call:{call.pk}:summary",
                terms=terms_of(call),
                weight=Weight.STEP,
                url_name="calls:call",
                url_args=[call.pk],
                facts={"title": call.title},
            )
    return call


def follow_up(call: Call, *, actor: User, on: date, text: str, source: str, url: str = "") -> FollowUp:
    """Add something that followed from the call, with its source."""
    text, source = clean_block(text), clean_line(source)
    wrong = {}
    if not text:
        wrong["text"] = _("Describe what followed.")
    if not source:
        wrong["source"] = _("Enter where it can be read.")
    if on > now().date():
        wrong["on"] = _("Choose a day that is not in the future.")
    if wrong:
        raise DomainError(_("The line was not saved."), fields=wrong)
    with transaction.atomic():
        call = lock(call, actor, "reviews.keep_call")
        if call.is_draft:
            raise WrongState(_("A draft cannot have a follow-up."))
        line = FollowUp.objects.create(call=call, on=on, text=text, source=source, url=url, written_by=actor)
        record(call, "reviews.call.follow_up", actor=actor)
    return line


def forget_follow_up(line: FollowUp, *, actor: User) -> None:
    with transaction.atomic():
        call = lock(line.call, actor, "reviews.keep_call")
        if FollowUp.objects.filter(pk=line.pk).delete()[0]:
            record(call, "reviews.call.forget_follow_up", actor=actor)


def terms_of(call: Call) -> list[str]:
    """Return the terms whose followers are informed: the call's countries, their regions, topics, cluster."""
    countries = list(call.countries.values_list("pk", "region_id"))
    terms = [f"call:{call.pk}"]
    terms += [f"country:{iso3}" for iso3, _region in countries]
    terms += sorted({f"region:{region}" for _iso3, region in countries if region})
    terms += [f"topic:{pk}" for pk in call.topics.values_list("pk", flat=True)]
    terms += [f"review:{iso3}" for iso3, _region in countries]
    return terms + ([f"cluster:{call.cluster_id}"] if call.cluster_id else [])


def _refuse_elsewhere(actor: User, countries: Iterable[Any]) -> None:
    """Raise DomainError where a regional focal point drafts a call beyond the countries that they cover."""
    places = places_to_draft(actor)
    chosen = {getattr(country, "pk", country) for country in countries}
    if places is not None and not (chosen and chosen <= places):
        message = _("Choose at least one of the countries that you cover, and no other.")
        raise DomainError(message, fields={"countries": message})


def _with_translation(
    translations: Mapping[str, Mapping[str, str]], language: str, values: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    translation = {field: cleaned for field, text in values.items() if (cleaned := clean_block(text))}
    others = {code: dict(texts) for code, texts in translations.items() if code != language}
    return {**others, language: translation} if translation else others


def _write(call: Call, values: Mapping[str, Any]) -> list[str]:
    """Set columns and lists; return the names of those that have changed."""
    plain = {name: value for name, value in values.items() if name not in LISTS}
    changed = [name for name, value in plain.items() if getattr(call, name) != value]
    for name, value in plain.items():
        setattr(call, name, value)
    call.updated_at = now()
    call.save()
    for name in LISTS:
        if name in values:
            before = set(getattr(call, name).values_list("pk", flat=True))
            after = {getattr(row_or_pk, "pk", row_or_pk) for row_or_pk in values[name]}
            if before != after:
                getattr(call, name).set(after)
                changed.append(name)
    return changed


def _write_questions(call: Call, questions: Sequence[Mapping[str, Any]]) -> None:
    mine = {question.pk: question for question in call.questions.all()}
    for position, values in enumerate(questions):
        question = mine.pop(values.get("id") or 0, None) or Question(call=call)
        for name, value in values.items():
            if name != "id":
                setattr(question, name, value)
        question.position = position
        question.save()
    Question.objects.filter(pk__in=mine).delete()


def gaps_of(call: Call) -> dict[str, str]:
    """Return, by column, what has to be entered before the call can be published."""
    wrong = {}
    if call.opens_at is None:
        wrong["opens_at"] = _("Enter when the call opens.")
    if call.closes_at is None:
        wrong["closes_at"] = _("Enter when the call closes.")
    elif call.closes_at <= now():
        wrong["closes_at"] = _("Choose a closing date in the future.")
    if not call.questions.exists():
        wrong["questions"] = _("Ask at least one question.")
    return wrong


def _refuse_incomplete(call: Call) -> None:
    if wrong := gaps_of(call):
        raise DomainError(_("The call is not complete yet."), fields=wrong)


def _keep_deadline(call: Call) -> None:
    """Set the closing as a deadline of which followers are reminded."""
    if call.closes_at is not None:
        set_deadline(
            "reviews.call_closing",
            call,
            CLOSING,
            call.closes_at,
            terms=terms_of(call),
            url_name="calls:call",
            url_args=[call.pk],
            facts={"title": call.title},
        )


def _record_moved_closing(call: Call, actor: User) -> None:
    closes: datetime | None = call.closes_at
    if closes is None:
        raise DomainError(
            _("The call is not complete yet."), fields={"closes_at": _("Enter when the call closes.")}
        )
    if closes <= now():
        message = _("Choose a closing date in the future.")
        raise DomainError(message, fields={"closes_at": message})
    _keep_deadline(call)
    record(call, "reviews.call.move_closing", actor=actor, closes=closes.isoformat())


for _name, _text in (
    ("draft", gettext_lazy("%(actor)s drafted the call")),
    ("change", gettext_lazy("%(actor)s changed the call (%(fields)s)")),
    ("translate", gettext_lazy("%(actor)s translated the call (%(language)s)")),
    ("hand_in", gettext_lazy("%(actor)s asked the WhatsOn team to publish the call")),
):
    # Those who draft in a region read what became of their draft; nobody else is shown it.
    sentence(f"reviews.call.{_name}", _text, audience=Audience.SUBJECT)
for _name, _text in (
    ("summarize", gettext_lazy("%(actor)s wrote the summary")),
    ("follow_up", gettext_lazy("%(actor)s wrote what followed")),
    ("forget_follow_up", gettext_lazy("%(actor)s removed a follow-up")),
):
    sentence(f"reviews.call.{_name}", _text)
sentence("reviews.call.publish", gettext_lazy("%(actor)s published the call"), audience=Audience.PUBLIC)
sentence("reviews.call.cancel", gettext_lazy("%(actor)s cancelled the call"), audience=Audience.PUBLIC)
sentence(
    "reviews.call.move_closing",
    gettext_lazy("%(actor)s moved the closing of the call to %(closes)s"),
    audience=Audience.PUBLIC,
)
