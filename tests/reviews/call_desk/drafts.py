"""What the form of a call posts, and drafts."""

from datetime import timedelta

from django.utils.timezone import now

from tests.days import NEXT_YEAR

HOME = "/en/desk/calls/"


CALL = {
    "title": "Victims in court",
    "language": "en",
    "guidance": "Tell what you know.",
    "opens": f"{NEXT_YEAR}-12-01T09:00",
    "closes": f"{NEXT_YEAR + 1}-03-31T18:00",
    "zone": "Europe/Vienna",
    "cluster": "I",
    "countries": ["KEN", "UGA"],
    "articles": [],
    "topics": ["trafficking-in-persons"],
    "answerers": "all",
    "accepts": ["en", "fr"],
    "most_words": "3000",
    "version": "0",
}


ROWS = [
    {"text": "What works?", "help": "In courts.", "most_words": "300", "is_required": "on"},
    {"text": "What is missing?", "most_words": "200"},
]


def posted(rows=ROWS, **change):
    data = {**CALL, **change, "questions-TOTAL_FORMS": len(rows), "questions-INITIAL_FORMS": len(rows)}
    for n, row in enumerate(rows):
        data |= {f"questions-{n}-{name}": value for name, value in row.items()}
    return data


def a_draft(by, **values):
    from reviews.calls.actions import draft_call

    fields = {
        "title": "Draft on fraud",
        "language_id": "en",
        "opens_at": now() + timedelta(days=1),
        "closes_at": now() + timedelta(days=30),
        "countries": ["KEN"],
        **values,
    }
    return draft_call(actor=by, values=fields, questions=[{"text": "What works?", "most_words": 100}])
