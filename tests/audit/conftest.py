import pytest

from audit.enums import Audience
from audit.hooks import Sentence, sentences

# One sentence for each audience, kept for these tests.
SENTENCES = {
    "test.public": Sentence("%(actor)s published %(subject)s", Audience.PUBLIC, {}),
    "test.subject": Sentence(
        "%(actor)s returned it: %(reason)s", Audience.SUBJECT, {"reason": {"thin": "too thin"}}
    ),
    "test.desk": Sentence("%(actor)s flagged it", Audience.DESK, {}),
}


@pytest.fixture(autouse=True)
def own_sentences(monkeypatch):
    monkeypatch.setattr(sentences, "_entries", {**sentences._entries, **SENTENCES})
