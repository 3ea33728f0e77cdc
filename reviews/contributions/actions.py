"""What contributors do: begin, write, add evidence, send, correct, answer, narrow, withdraw."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from audit.enums import Audience
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_block, clean_line
from core.uploads import forget_bytes
from core.word_counts import count_words
from notifications.outbox.actions import notify_all
from reviews.calls.enums import CallStatus
from reviews.calls.models import Call
from reviews.calls.queries import stakeholders_of
from reviews.contributions.enums import ContributionStatus, Signing, Visibility
from reviews.contributions.models import Answer, Contribution, CoSignature, Evidence, EvidenceLink
from reviews.contributions.queries import canonical_text, gaps, people_who_write, to_ask_again
from search.actions import index
from stakeholders.entries.enums import MOST_LINKS
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.entries.queries import admins_of
from stakeholders.hooks import sentences_of
from workflow.items.actions import answer_requests, close_items, open_item, resume
from workflow.items.queries import due_of, open_requests
from workflow.moves.actions import lock, move, refuse_saved_elsewhere
from workflow.receipts.actions import digest_of, issue_receipt
from workflow.receipts.models import Receipt
from workflow.windows.actions import refuse_unless_open

S = ContributionStatus
MOST_FILES = 5
SCREEN = "screen"


def begin(call: Call, stakeholder: Stakeholder, *, actor: User) -> Contribution:
    """Return the stakeholder's contribution to the call that is under way, or a new draft."""
    call = Call.objects.get(pk=call.pk)
    _refuse_unless_running(call)
    if not stakeholders_of(actor, call).filter(pk=stakeholder.pk).exists():
        raise PermissionDenied
    under_way = Contribution.objects.filter(call=call, stakeholder=stakeholder).exclude(status__in=S.OVER)
    if (contribution := under_way.first()) is not None:
        return contribution
    refuse_unless_open(call, f"stakeholder:{stakeholder.pk}")
    try:
        with transaction.atomic():
            return Contribution.objects.create(
                call=call, stakeholder=stakeholder, author=actor, language_id=_language_of(actor, call)
            )
    except IntegrityError:  # a colleague was a moment earlier
        return under_way.get()


def save_answers(
    contribution: Contribution,
    *,
    actor: User,
    version: int,
    answers: Mapping[int, str],
    links: Sequence[Mapping[str, str]] | None = None,
    upload: UploadedFile | None = None,
    **fields: Any,
) -> Contribution:
    """Keep a draft, or the answers to what was asked; answers are {id of the question: text}.

    A text over its limit is kept all the same, so that nothing typed is lost; it cannot be sent. `fields`
    may hold visibility, language (code) and countries (codes). Raises WrongState where another window has
    saved since.
    """
    with transaction.atomic():
        contribution = lock(contribution, actor, "reviews.change_contribution")
        if not contribution.is_written:
            raise WrongState(_("This contribution has been submitted. Its page shows what you can still do."))
        refuse_saved_elsewhere(contribution, version)
        _write(contribution, actor, answers, links=links, upload=upload, fields=fields)
    return contribution


def remove_evidence(evidence: Evidence, *, actor: User) -> None:
    """Remove a file while the author may write."""
    with transaction.atomic():
        contribution = lock(evidence.contribution, actor, "reviews.change_contribution")
        if not contribution.is_written:
            raise WrongState(_("A file that was sent stays with the contribution."))
        forget_bytes(evidence.file)
        evidence.delete()
        _keep_digest(contribution)


def discard(contribution: Contribution, *, actor: User, version: int | None = None) -> None:
    """Delete a draft that was never sent, with its requests to sign."""
    with transaction.atomic():
        contribution = lock(contribution, actor, "reviews.change_contribution", version=version)
        if contribution.status != S.DRAFT or contribution.submitted_at is not None:
            raise WrongState(_("This contribution has been sent. It can be withdrawn, not deleted."))
        for evidence in contribution.evidence.all():
            forget_bytes(evidence.file)
        contribution.delete()


def submit(
    contribution: Contribution, *, actor: User, version: int | None = None
) -> tuple[Contribution, Receipt]:
    """Send it before the closing; the clock of the database row decides, whether or not a job has run.

    Raises DomainError with the fields that lack an answer or are too long, WrongState after the closing.
    """
    with transaction.atomic():
        contribution = lock(contribution, actor, "reviews.submit_contribution", version=version)
        _refuse_unless_running(contribution.call)
        refuse_unless_open(contribution.call, contribution.party)
        _refuse_gaps(contribution)
        spend("reviews.submit", str(actor.pk), most=30, seconds=24 * 3600)
        _keep_digest(contribution)
        move(
            contribution,
            "submit",
            actor=actor,
            submitted_at=now(),
            decided_at=None,
            version=contribution.version,
        )
        open_item(contribution, SCREEN, waits_for=Role.REVIEWS, label=contribution.stakeholder.name)
        index(contribution)
        receipt = _receive(contribution, actor)
        _tell_writers(
            contribution, "reviews.contribution_received", receipt.reference, reference=receipt.reference
        )
        _tell_desk(contribution, "reviews.contribution_arrived", receipt.reference)
        _ask_to_sign_again(contribution)
    return contribution, receipt


def revise(contribution: Contribution, *, actor: User) -> Contribution:
    """Take a sent or declined contribution back before the closing, to correct and send it again."""
    with transaction.atomic():
        contribution = lock(contribution, actor, "reviews.revise_contribution")
        _refuse_unless_running(contribution.call)
        refuse_unless_open(contribution.call, contribution.party)
        try:
            with transaction.atomic():
                move(contribution, "revise", actor=actor, decided_at=None, declined_by_rule=None)
        except IntegrityError:
            raise WrongState(_("You already have another contribution to this call.")) from None
        close_items(contribution)
        index(contribution)
    return contribution


def answer(
    contribution: Contribution, *, actor: User, version: int | None = None
) -> tuple[Contribution, Receipt]:
    """Send what was asked for, within the time of the return, whatever the closing of the call."""
    with transaction.atomic():
        contribution = lock(contribution, actor, "reviews.answer_contribution", version=version)
        if not contribution.may_be_answered(now()):
            raise WrongState(_("The time to answer is over. Please contact the WhatsOn team."))
        _refuse_gaps(contribution)
        _keep_digest(contribution)
        answer_requests(contribution, actor=actor)
        move(contribution, "answer", actor=actor, answer_by=None, version=contribution.version)
        resume(contribution)
        index(contribution)
        receipt = _receive(contribution, actor)
        _tell_writers(
            contribution, "reviews.contribution_received", receipt.reference, reference=receipt.reference
        )
        _tell_desk(contribution, "reviews.contribution_answered", receipt.reference)
        _ask_to_sign_again(contribution)
    return contribution, receipt


def send(
    contribution: Contribution, *, actor: User, version: int | None = None
) -> tuple[Contribution, Receipt]:
    """Submit the contribution, or the answers to the questions where it was returned."""
    act = answer if contribution.status == S.RETURNED else submit
    return act(contribution, actor=actor, version=version)


def narrow(contribution: Contribution, *, actor: User, visibility: str) -> Contribution:
    """Let fewer people read it, at any time. What was published for all is hidden by this at once.

    Only a draft may be widened, by saving it. Raises DomainError for anything that would widen it.
    """
    with transaction.atomic():
        contribution = lock(contribution, actor, "reviews.hide_contribution")
        if visibility not in Visibility.values:
            raise DomainError(_("Choose who may read it."), fields={"visibility": _("Choose from the list.")})
        if contribution.status in S.OVER:
            raise WrongState(_("This contribution is no longer shown."))
        if (
            contribution.visibility
            and Visibility(visibility).width >= Visibility(contribution.visibility).width
        ):
            raise DomainError(
                _("After sending, it can only be shown to fewer people than before."),
                fields={"visibility": _("Choose something narrower.")},
            )
        if contribution.status == S.PUBLISHED and visibility == Visibility.DESK:
            move(contribution, "hide", actor=actor, visibility=visibility, published_at=None)
            refresh_index(contribution)
        else:
            Contribution.objects.filter(pk=contribution.pk).update(visibility=visibility, updated_at=now())
            contribution.visibility = visibility
            index(contribution)
            if contribution.status == S.PUBLISHED:
                DirectoryVersion.objects.bump()  # the profile tells of it by the name
        record(contribution, "reviews.contribution.narrow", actor=actor, visibility=visibility)
    return contribution


def withdraw(contribution: Contribution, *, actor: User) -> Contribution:
    """Take it back for good, also after it was published; it is then shown to nobody but its people."""
    with transaction.atomic():
        contribution = lock(contribution, actor, "reviews.withdraw_contribution")
        move(
            contribution,
            "withdraw",
            actor=actor,
            decided_at=contribution.decided_at or now(),
            published_at=None,
        )
        close_items(contribution)
        refresh_index(contribution)
        answer_requests(contribution, actor=actor)
        _tell_writers(contribution, "reviews.contribution_withdrawn", str(contribution.version))
    return contribution


# --- Parts ------------------------------------------------------------------------------------------------
def refresh_index(contribution: Contribution) -> None:
    """Update the index, and the profiles that list contributions, to what everybody sees."""
    index(contribution)
    DirectoryVersion.objects.bump()


def _refuse_unless_running(call: Call) -> None:
    if call.status == CallStatus.CANCELLED:
        raise WrongState(_("This call was cancelled."))
    if call.status != CallStatus.PUBLISHED:
        raise PermissionDenied


def _write(
    contribution: Contribution,
    actor: User,
    answers: Mapping[int, str],
    *,
    links: Sequence[Mapping[str, str]] | None,
    upload: UploadedFile | None,
    fields: Mapping[str, Any],
) -> None:
    questions = {question.pk for question in contribution.call.questions.all()}
    if contribution.status == S.RETURNED:
        # Only what was asked about opens again.
        requests = open_requests(contribution)
        questions = {pk for pk in questions if f"question_{pk}" in requests}
        fields = {name: value for name, value in fields.items() if name in requests}
        links = links if "links" in requests else None
        upload = upload if "evidence" in requests else None
    for pk, text in answers.items():
        if pk in questions:
            _write_answer(contribution, pk, clean_block(text))
    if links is not None:
        _write_links(contribution, links)
    if upload is not None:
        _add_evidence(contribution, actor, upload)
    if "countries" in fields:
        contribution.countries.set(fields["countries"])
    if "visibility" in fields:
        _choose_readers(contribution, fields["visibility"] or "")
    if "language" in fields:
        contribution.language_id = fields["language"] or None
    contribution.version += 1
    contribution.updated_at = now()
    contribution.digest = digest_of(canonical_text(contribution))
    contribution.save(update_fields=["visibility", "language", "version", "updated_at", "digest"])


def _choose_readers(contribution: Contribution, visibility: str) -> None:
    """Set the visibility; where it is wider than before, signatures have to be given again."""
    if _width(visibility) > _width(contribution.visibility):
        contribution.signatures.filter(status=Signing.CONFIRMED).update(status=Signing.INVITED, digest="")
    contribution.visibility = visibility


def _width(visibility: str) -> int:
    return Visibility(visibility).width if visibility else -1


def _write_answer(contribution: Contribution, question: int, text: str) -> None:
    if text:
        Answer.objects.update_or_create(
            contribution=contribution,
            question_id=question,
            defaults={"text": text, "words": count_words(text)},
        )
    else:
        Answer.objects.filter(contribution=contribution, question_id=question).delete()


def _write_links(contribution: Contribution, links: Sequence[Mapping[str, str]]) -> None:
    if len(links) > MOST_LINKS:
        raise DomainError(
            _("Please give at most %(most)s links.") % {"most": MOST_LINKS},
            fields={"links": _("Please give at most %(most)s links.") % {"most": MOST_LINKS}},
        )
    contribution.links.all().delete()
    EvidenceLink.objects.bulk_create(
        EvidenceLink(contribution=contribution, label=clean_line(link["label"]), url=link["url"])
        for link in links
    )


def _add_evidence(contribution: Contribution, actor: User, upload: UploadedFile) -> None:
    if contribution.evidence.count() >= MOST_FILES:
        message = _("There are already %(most)s files. Please remove one first.") % {"most": MOST_FILES}
        raise DomainError(message, fields={"evidence": message})
    evidence = Evidence(contribution=contribution, uploaded_by=actor)
    evidence.take(upload)
    evidence.save()


def _keep_digest(contribution: Contribution) -> None:
    contribution.digest = digest_of(canonical_text(contribution))
    Contribution.objects.filter(pk=contribution.pk).update(digest=contribution.digest)


def _refuse_gaps(contribution: Contribution) -> None:
    open_gaps = gaps(contribution)
    if open_gaps:
        raise DomainError(
            _("The contribution cannot be submitted yet. Please check the marked fields."),
            fields={gap.field or "__all__": str(gap.text) for gap in open_gaps},
        )


def _receive(contribution: Contribution, actor: User) -> Receipt:
    return issue_receipt(contribution, canonical_text(contribution), contribution.evidence.all(), actor=actor)


def _language_of(actor: User, call: Call) -> str | None:
    """Return the writer's own language if the call accepts it."""
    accepted = set(call.accepts.values_list("pk", flat=True))
    return actor.language if not accepted or actor.language in accepted else None


def _ask_to_sign_again(contribution: Contribution) -> None:
    """Ask those to sign again who signed another text, or for fewer readers."""
    for signature in to_ask_again(contribution).select_related("stakeholder"):
        ask_to_sign(signature, contribution)


def ask_to_sign(signature: CoSignature, contribution: Contribution) -> None:
    notify_all(
        admins_of(signature.stakeholder_id),
        "reviews.signature_asked",
        key=f"signature:{signature.pk}:{contribution.digest}:{contribution.visibility}",
        url_name="calls:sign",
        url_args=[signature.pk],
        facts={
            "call": contribution.call.title,
            "lead": contribution.stakeholder.name,
            "stakeholder": signature.stakeholder.name,
            "again": "yes" if signature.answered_at else "",
        },
        subject=contribution,
    )


def _tell_writers(contribution: Contribution, kind: str, once: str, **facts: Any) -> None:
    notify_all(
        people_who_write(contribution),
        kind,
        key=f"contribution:{contribution.pk}:{kind}:{once}",
        url_name="calls:contribution",
        url_args=[contribution.pk],
        facts={"call": contribution.call.title, "stakeholder": contribution.stakeholder.name, **facts},
        subject=contribution,
    )


def _tell_desk(contribution: Contribution, kind: str, once: str) -> None:
    """Notify the desk's people for reviews, without the author's name, which only the page shows."""
    notify_all(
        holders_of(Role.REVIEWS),
        kind,
        key=f"contribution:{contribution.pk}:{kind}:{once}",
        url_name="calldesk:contribution",
        url_args=[contribution.pk],
        facts={"call": contribution.call.title, "due": due_of(contribution)},
        subject=contribution,
    )


# --- What happened to calls, contributions and observations, as sentences ----------------------------

for _name, _text in (
    ("invite", gettext_lazy("%(actor)s asked another stakeholder to sign")),
    ("uninvite", gettext_lazy("%(actor)s took back the request to sign")),
    ("sign", gettext_lazy("%(actor)s signed the contribution")),
    ("unsign", gettext_lazy("%(actor)s answered that their stakeholder does not sign")),
):
    sentence(f"reviews.contribution.{_name}", _text, audience=Audience.SUBJECT)
sentences_of("reviews.contribution")
sentence(
    "reviews.contribution.narrow",
    gettext_lazy("%(actor)s chose who reads the contribution: %(visibility)s"),
    audience=Audience.SUBJECT,
    labels={"visibility": dict(Visibility.choices)},
)
