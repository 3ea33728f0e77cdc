"""The way to the Extended Bureau and back: a list as a file, and its answer, tried before it counts."""

import csv
import io
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.spreadsheet_cells import broken_line, harmless_in_csv, join_values
from core.spreadsheets import csv_line
from core.text import clean_block, clean_line
from reviews.dialogue_desk.actions import draft_decision, object_to
from reviews.dialogue_desk.models import BureauAnswer, BureauList
from reviews.dialogue_desk.queries import lines_of, with_texts
from reviews.dialogues.actions_seats import lock_dialogue
from reviews.dialogues.enums import BureauReason, LineStatus, Outcome
from reviews.dialogues.models import Dialogue, DialogueLine

S = LineStatus
SHOWN = (
    "id",
    "stakeholder",
    "kind",
    "country",
    "first_time",
    "mode",
    "speaks",
    "speaking_about",
    "travel_support",
    "expertise",
    "profile",
)
ANSWERED = ("decision", "reason", "note", "objection")
HEADER = (*SHOWN, "digest", *ANSWERED)
# People write what they read on the page.
ALIKE = {
    "accepted": Outcome.ACCEPT.value,
    "waiting": Outcome.WAIT.value,
    "waiting list": Outcome.WAIT.value,
    "on the waiting list": Outcome.WAIT.value,
    "refused": Outcome.REFUSE.value,
    "not accepted": Outcome.REFUSE.value,
}
# What may stand in a column, said in its heading.
ALLOWED = {"decision": Outcome.values, "reason": BureauReason.values}
MOST_BYTES = 5_000_000


def cells_of(line: DialogueLine) -> dict[str, str]:
    """What the Extended Bureau reads of one application: nothing sensitive, no person.

    The stakeholder as it is called now: a list that names it otherwise would name nobody.
    """
    application = line.application
    told = application.evidence
    yes = {True: "yes", False: "no"}
    cells = {
        "id": str(line.pk),
        "stakeholder": application.stakeholder.name,
        "kind": told.get("kind", ""),
        "country": told.get("country", ""),
        "first_time": yes[bool(getattr(line, "first_time", False))],
        "mode": application.mode,
        "speaks": yes[application.wants_to_speak],
        "speaking_about": application.speaking_about,
        "travel_support": yes[application.travel_support],
        "expertise": join_values(f"{one.topic.name_en}: {one.text}" for one in application.expertise.all()),
        "profile": told.get("mission", ""),
    }
    return {name: harmless_in_csv(" ".join(text.split())) for name, text in cells.items()}


def digest_of_row(cells: Mapping[str, str]) -> str:
    """SHA-256 of what the row shows, however a spreadsheet has broken its lines."""
    shown = [" ".join((cells.get(name) or "").split()) for name in SHOWN]
    return sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()


def make_list(dialogue: Dialogue, *, actor: User) -> BureauList:
    """The applications that are with the Extended Bureau, as one file; each row carries its digest."""
    if not actor.has_perm("reviews.run_dialogues"):
        raise PermissionDenied
    with transaction.atomic():
        kept = lock_dialogue(dialogue.pk)
        rows = _rows(kept)
        if not rows:
            raise WrongState(_("No application has been sent to the Extended Bureau."))
        lines = [
            [*(cells[name] for name in SHOWN), digest_of_row(cells), "", "", "", ""]
            for cells in rows.values()
        ]
        text = "".join(map(csv_line, [[*map(_heading, HEADER)], *lines]))
        made = BureauList.objects.create(
            dialogue=kept,
            rows={pk: digest_of_row(cells) for pk, cells in rows.items()},
            text=text,
            digest=sha256(text.encode()).hexdigest(),
            made_by=actor,
        )
        record(kept, "reviews.dialogue.list", actor=actor, number=len(rows))
    return made


def read_answer(bureau_list: BureauList, name: str, content: bytes, *, actor: User) -> BureauAnswer:
    """Try a file: what it would decide and everything that is wrong with it, row by row. Nothing is changed.

    Raises DomainError where it cannot be read at all.
    """
    if not actor.has_perm("reviews.run_dialogues"):
        raise PermissionDenied
    rows, faults = _judged(bureau_list, _parsed(content))
    return BureauAnswer.objects.create(
        bureau_list=bureau_list,
        name=clean_line(name)[:200],
        sha256=sha256(content).hexdigest(),
        rows=rows,
        faults=faults,
        sent_by=actor,
    )


def take_over(answer: BureauAnswer, *, actor: User) -> int:
    """Draft what the file decides, all of it or nothing; objections are kept for the desk. Once.

    Raises WrongState where an application has changed since the file was tried.
    """
    if not actor.has_perm("reviews.run_dialogues"):
        raise PermissionDenied
    with transaction.atomic():
        dialogue = lock_dialogue(answer.bureau_list.dialogue_id)
        kept = (
            BureauAnswer.objects.select_for_update(of=("self",))
            .select_related("bureau_list")
            .get(pk=answer.pk)
        )
        if kept.taken_at is not None:
            raise WrongState(_("This file has been taken over already."))
        if kept.faults or not kept.rows:
            raise WrongState(_("A file with faults is not taken over. Please send a better one."))
        now_standing = _rows(dialogue)
        lines = DialogueLine.objects.in_bulk([row["line"] for row in kept.rows])
        for row in kept.rows:
            cells = now_standing.get(str(row["line"]))
            if cells is None or digest_of_row(cells) != kept.bureau_list.rows[str(row["line"])]:
                raise WrongState(_("Application %(id)s has changed since.") % {"id": row["line"]})
            line = lines[row["line"]]
            draft_decision(line, row["outcome"], actor=actor, reason=row["reason"], note=row["note"])
            if row["objection"]:
                object_to(line, actor=actor, text=row["objection"])
        kept.taken_at = now()
        kept.save(update_fields=["taken_at"])
        record(dialogue, "reviews.dialogue.answer", actor=actor, number=len(kept.rows))
    return len(kept.rows)


# --- Parts ------------------------------------------------------------------------------------------------
def _rows(dialogue: Dialogue) -> dict[str, dict[str, str]]:
    """Id → cells, of what is with the Extended Bureau now."""
    lines = with_texts(lines_of(dialogue).filter(status=S.WITH_BUREAU))
    return {str(line.pk): cells_of(line) for line in lines}


def _parsed(content: bytes) -> list[dict[str, str]]:
    if len(content) > MOST_BYTES:
        raise DomainError(_("This file is too large."), fields={"file": _("This file is too large.")})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        message = _("This is not a CSV file in UTF-8. Please save it as “CSV UTF-8”.")
        raise DomainError(message, fields={"file": message}) from None
    head = text.partition("\n")[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[dict[str, str]] = []
    line = 0
    try:
        reader.fieldnames = [name.partition("(")[0].strip() for name in reader.fieldnames or []]
        missing = [name for name in HEADER if name not in reader.fieldnames]
        line = reader.line_num
        for row in reader:
            rows.append({name: row.get(name) or "" for name in HEADER})
            line = reader.line_num
    except csv.Error:
        message = broken_line(line + 1)
        raise DomainError(message, fields={"file": message}) from None
    if missing:
        message = _("These columns are missing: %(names)s.") % {"names": ", ".join(missing)}
        raise DomainError(message, fields={"file": message})
    return rows


def _judged(
    bureau_list: BureauList, parsed: list[dict[str, str]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(What would be drafted, what is wrong). The header is row 1."""
    standing = _rows(bureau_list.dialogue)
    seen: set[str] = set()
    rows: list[dict[str, Any]] = []
    faults: list[dict[str, Any]] = []
    for number, cells in enumerate(parsed, start=2):
        if not any(text.strip() for text in cells.values()):
            continue
        pk = cells["id"].strip()
        problem = _problem(bureau_list, standing, seen, pk, cells)
        seen.add(pk)
        if problem:
            faults.append({"row": number, "text": problem})
        elif outcome := _outcome(cells["decision"]):
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


def _problem(  # noqa: PLR0911  one sentence for each fault
    bureau_list: BureauList,
    standing: Mapping[str, Mapping[str, str]],
    seen: set[str],
    pk: str,
    cells: Mapping[str, str],
) -> str:
    """What is wrong with a row, "" for nothing."""
    known = bureau_list.rows.get(pk)
    decision, reason = cells["decision"].strip(), cells["reason"].strip()
    if known is None:
        return _("The id “%(id)s” is not on this list.") % {"id": pk}
    if pk in seen:
        return _("The id %(id)s is in the file twice.") % {"id": pk}
    if cells["digest"].strip().lower() != known or digest_of_row(cells) != known:
        return _("The application's data in this row were changed in the file.")
    if pk not in standing:
        return _("The application is no longer with the Extended Bureau.")
    if digest_of_row(standing[pk]) != known:
        return _("The application has changed since the list was made.")
    if decision and not _outcome(decision):
        return _("“%(text)s” is not a decision. Write %(known)s.") % {
            "text": decision[:40],
            "known": ", ".join(Outcome.values),
        }
    if _outcome(decision) == Outcome.REFUSE and reason and reason.lower() not in BureauReason.values:
        return _("“%(text)s” is not a class of reason. Write %(known)s.") % {
            "text": reason[:40],
            "known": ", ".join(BureauReason.values),
        }
    return ""


def _heading(name: str) -> str:
    """As "decision (accept / wait / refuse)"."""
    return f"{name} ({' / '.join(ALLOWED[name])})" if name in ALLOWED else name


def _outcome(text: str) -> str:
    """The answer that a cell gives, in a word of the file or as the portal calls it in English; else ""."""
    word = " ".join(text.lower().split())
    return word if word in Outcome.values else ALIKE.get(word, "")


def _reason(cells: Mapping[str, str], outcome: str) -> str:
    if outcome != Outcome.REFUSE:
        return ""
    return cells["reason"].strip().lower() or BureauReason.NOT_STATED.value
