"""What the desk begins with and edits from there."""

from stakeholders.vetting.models import FIRST_QUESTIONS, ChecklistQuestion


def load_checklist_questions() -> int:
    """Add the first questions of the checklist where there are none at all; answers how many were added."""
    if ChecklistQuestion.objects.exists():
        return 0
    return len(
        ChecklistQuestion.objects.bulk_create(
            ChecklistQuestion(code=code, text=text, blocking_answer=answer, order=place * 10)
            for place, (code, text, answer) in enumerate(FIRST_QUESTIONS, start=1)
        )
    )
