"""The way to the Extended Bureau and back: a list as a file, and its answer, tried before it counts."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import WrongState
from core.text import clean_block, clean_line
from reviews.dialogue_desk.actions import draft_decision, object_to
from reviews.dialogue_desk.bureau_files import (
    DIGEST,
    SHOWN,
    AnswerRow,
    cells_of,
    digest_of_row,
    is_alike,
    list_rows,
    list_text,
    read_rows,
)
from reviews.dialogue_desk.models import BureauAnswer, BureauList
from reviews.dialogue_desk.queries import lines_of, with_texts
from reviews.dialogues.actions_seats import lock_dialogue
from reviews.dialogues.enums import BureauReason, LineStatus, Outcome
from reviews.dialogues.models import Dialogue, DialogueLine

S = LineStatus


def make_list(dialogue: Dialogue, *, actor: User) -> BureauList:
    """Store the list of applications that are with the Extended Bureau; each row carries its digest."""
    if not actor.has_perm("reviews.run_dialogues"):
        raise PermissionDenied
    with transaction.atomic():
        dialogue = lock_dialogue(dialogue.pk)
        rows = _rows(dialogue)
        if not rows:
            raise WrongState(_("No application has been sent to the Extended Bureau."))
        text = list_text(rows.values())
        bureau_list = BureauList.objects.create(
            dialogue=dialogue,
            rows={pk: digest_of_row(cells) for pk, cells in rows.items()},
            text=text,
            digest=sha256(text.encode()).hexdigest(),
            made_by=actor,
        )
        record(dialogue, "reviews.dialogue.list", actor=actor, number=len(rows))
    return bureau_list


def read_answer(bureau_list: BureauList, name: str, content: bytes, *, actor: User) -> BureauAnswer:
    """Return what a file would decide and its errors by row, without any change.

    Raises DomainError where it cannot be read at all.
    """
    if not actor.has_perm("reviews.run_dialogues"):
        raise PermissionDenied
    rows, faults = _judge_rows(bureau_list, read_rows(content))
    return BureauAnswer.objects.create(
        bureau_list=bureau_list,
        name=clean_line(name)[:200],
        sha256=sha256(content).hexdigest(),
        rows=rows,
        faults=faults,
        sent_by=actor,
    )


def take_over(answer: BureauAnswer, *, actor: User) -> int:
    """Draft the decisions of the file once, all or none; objections are stored for the desk.

    Raises WrongState where an application has changed since the file was tried.
    """
    if not actor.has_perm("reviews.run_dialogues"):
        raise PermissionDenied
    with transaction.atomic():
        dialogue = lock_dialogue(answer.bureau_list.dialogue_id)
        answer = (
            BureauAnswer.objects.select_for_update(of=("self",))
            .select_related("bureau_list")
            .get(pk=answer.pk)
        )
        if answer.taken_at is not None:
            raise WrongState(_("This file has already been imported."))
        if answer.faults or not answer.rows:
            raise WrongState(
                _("A file with errors cannot be imported. Please correct it and upload it again.")
            )
        now_standing = _rows(dialogue)
        lines = DialogueLine.objects.in_bulk([row["line"] for row in answer.rows])
        for row in answer.rows:
            cells = now_standing.get(str(row["line"]))
            if cells is None or digest_of_row(cells) != answer.bureau_list.rows[str(row["line"])]:
                raise WrongState(_("Application %(id)s has changed since.") % {"id": row["line"]})
            line = lines[row["line"]]
            draft_decision(line, row["outcome"], actor=actor, reason=row["reason"], note=row["note"])
            if row["objection"]:
                object_to(line, actor=actor, text=row["objection"])
        answer.taken_at = now()
        answer.save(update_fields=["taken_at"])
        record(dialogue, "reviews.dialogue.answer", actor=actor, number=len(answer.rows))
    return len(answer.rows)


# --- Parts ------------------------------------------------------------------------------------------------
def _rows(dialogue: Dialogue) -> dict[str, dict[str, str]]:
    """Return the cells of the applications that are with the Extended Bureau now, by id."""
    lines = with_texts(lines_of(dialogue).filter(status=S.WITH_BUREAU))
    return {str(line.pk): cells_of(line) for line in lines}


def _judge_rows(
    bureau_list: BureauList, answer_rows: list[AnswerRow]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return (what would be drafted, what is wrong and in which cell)."""
    standing = _rows(bureau_list.dialogue)
    sent = {row["id"]: row for row in list_rows(bureau_list)}
    seen_ids: set[str] = set()
    rows: list[dict[str, Any]] = []
    faults: list[dict[str, Any]] = []
    for row in answer_rows:
        cells, pk = row.cells, row.cells["id"]
        fault = _fault(sent.get(pk), standing.get(pk), cells, is_second=pk in seen_ids)
        seen_ids.add(pk)
        if fault:
            name, text = fault
            faults.append({"row": row.number, "cell": row.place(name), "text": text})
        elif outcome := cells["decision"]:
            rows.append(
                {
                    "line": int(pk),
                    "stakeholder": cells["stakeholder"],
                    "outcome": outcome,
                    "reason": _reason(cells, outcome),
                    "note": clean_block(cells["note"]),
                    "objection": clean_block(cells["objection"]),
                }
            )
    if not rows and not faults:
        faults.append({"row": 1, "text": _("No row contains a decision.")})
    return rows, faults


def _fault(  # noqa: PLR0911  one sentence for each fault
    sent: Mapping[str, str] | None,
    standing: Mapping[str, str] | None,
    cells: Mapping[str, str],
    *,
    is_second: bool,
) -> tuple[str, str] | None:
    """Return the cell in which a row is wrong, and how; None for nothing.

    `sent`: what the list said of the application, `standing`: what it would say now.
    """
    decision, reason = cells["decision"], cells["reason"]
    if sent is None:
        return "id", _("The id “%(id)s” is not on this list.") % {"id": cells["id"][:40]}
    if is_second:
        return "id", _("The id %(id)s is in the file twice.") % {"id": cells["id"]}
    if changed := next((name for name in (*SHOWN, DIGEST) if not is_alike(sent[name], cells[name])), None):
        return changed, _("The application's data in this row were changed in the file.")
    if standing is None:
        return "id", _("The application is no longer with the Extended Bureau.")
    if digest_of_row(standing) != sent[DIGEST]:
        return "id", _("The application has changed since the list was made.")
    if decision and decision not in Outcome.values:
        return "decision", _("“%(text)s” is not a decision. Write %(known)s.") % {
            "text": decision[:40],
            "known": ", ".join(map(str, Outcome.labels)),
        }
    if decision == Outcome.REFUSE and reason and reason not in BureauReason.values:
        return "reason", _("“%(text)s” is not a category of reason. Write %(known)s.") % {
            "text": reason[:40],
            "known": ", ".join(map(str, BureauReason.labels)),
        }
    return None


def _reason(cells: Mapping[str, str], outcome: str) -> str:
    return cells["reason"] or BureauReason.NOT_STATED.value if outcome == Outcome.REFUSE else ""
