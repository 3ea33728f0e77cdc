"""What a stakeholder wrote and applied for here, as far as its own people may read it."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from core.personal_data import DataField, data_field, data_fields
from reviews.models import Contribution, CoSignature, DialogueApplication, DialogueLine, Evidence
from stakeholders.entries.models import Stakeholder
from stakeholders.exports.queries_dossiers import decisions_on


def contributions(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    rows = Contribution.objects.filter(stakeholder=stakeholder).select_related("call", "language")
    found = list(rows.prefetch_related("answers__question", "links", "countries").order_by("pk"))
    for one in found:
        yield [
            data_field("id", _("number"), one.pk),
            *data_fields(one, "call", "status", "visibility", "language", "countries", "submitted_at"),
            *data_fields(one, "decided_at", "published_at", "digest"),
            *(
                data_field(f"answer_{answer.question_id}", str(answer.question), answer.text)
                for answer in one.answers.all()
            ),
            *(data_field(f"link_{link.pk}", _("link"), link.url) for link in one.links.all()),
        ]
    yield from decisions_on(found)
    signed = CoSignature.objects.filter(stakeholder=stakeholder).select_related("contribution__call")
    for signature in signed.order_by("pk"):
        yield [
            data_field("signature", _("co-signature"), str(signature.contribution)),
            *data_fields(signature, "status", "digest", "invited_at", "answered_at"),
        ]


def evidence(stakeholder: Stakeholder) -> Iterator[tuple[str, Evidence]]:
    for one in Evidence.objects.filter(contribution__stakeholder=stakeholder).order_by("pk"):
        yield one.name, one


def dialogues(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    """Without what a person said of their own access needs and gender: that is theirs, in "my data"."""
    lines = DialogueLine.objects.select_related("dialogue__event")
    rows = DialogueApplication.objects.filter(stakeholder=stakeholder).select_related("language")
    for one in rows.prefetch_related(Prefetch("lines", lines)).order_by("pk"):
        yield [
            data_field("id", _("number"), one.pk),
            *data_fields(one, "language", "mode", "wants_to_speak", "speaking_about", "shares_with_bureau"),
            *data_fields(one, "submitted_at"),
            *(
                data_field(
                    f"line_{line.pk}", line.dialogue.event.title, line.status, line.get_status_display()
                )
                for line in one.lines.all()
            ),
        ]
