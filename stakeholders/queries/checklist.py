"""What the checklist says about an application, and so whether it may be approved."""

from dataclasses import dataclass, field
from typing import Any

from stakeholders.models import Application, ChecklistAnswer, ChecklistQuestion


@dataclass(frozen=True, slots=True)
class Item:
    """One question in use, with its answer where there is one to the question as it stands today."""

    question: ChecklistQuestion
    answer: ChecklistAnswer | None

    @property
    def blocks(self) -> bool:
        wrong = self.question.blocking_answer
        return self.answer is not None and bool(wrong) and self.answer.answer == wrong


@dataclass(slots=True)
class Checklist:
    """All of it. `earlier` are answers to questions that have been changed or taken out of use since."""

    items: list[Item] = field(default_factory=list)
    earlier: list[ChecklistAnswer] = field(default_factory=list)

    @property
    def unanswered(self) -> list[ChecklistQuestion]:
        return [item.question for item in self.items if item.answer is None]

    @property
    def blocking(self) -> list[Item]:
        return [item for item in self.items if item.blocks]

    @property
    def passes(self) -> bool:
        return not self.unanswered and not self.blocking

    @property
    def answered(self) -> list[Item]:
        return [item for item in self.items if item.answer is not None]

    @property
    def stamp(self) -> str:
        """Tells whether somebody has answered since: the latest answer's instant, "" where there is none."""
        at = [item.answer.at for item in self.items if item.answer] + [one.at for one in self.earlier]
        return max(at).isoformat() if at else ""


def checklist_of(application: Application, *, seen_by: Any = None) -> Checklist:
    """The checklist of one application, two queries. With `seen_by`, only the answers that person may see."""
    rows = ChecklistAnswer.objects.all() if seen_by is None else ChecklistAnswer.objects.visible_to(seen_by)
    given = list(rows.filter(application=application).select_related("by").order_by("question__order", "pk"))
    questions = list(ChecklistQuestion.objects.asked())
    valid = {(one.question_id, one.asked): one for one in given}
    items = [Item(question, valid.pop((question.pk, question.text), None)) for question in questions]
    return Checklist(items, list(valid.values()))
