"""What the demonstration adds to calls: one in each state, and contributions as far as each has come.

Each is for all countries: nothing invented is said of a State.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate, now

from accounts.people.models import User
from core.local_times import last_minute_of
from core.time_display import VIENNA
from notifications.follows.actions import drop_deadline
from reviews.calls import actions as calls_actions
from reviews.calls.models import Call
from reviews.contributions import actions as contributions_actions
from reviews.contributions.models import Contribution
from reviews.moderation import actions as moderation_actions
from reviews.seed import load_mechanism
from reviews.signatures import actions as signatures_actions
from stakeholders.entries.models import Stakeholder

DAY = timedelta(days=1)
OPEN, CLOSED = "Demo call: victims before the courts", "Demo call: protecting those who report"
QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "text": "Demo question: what works well, and how do you know?",
        "help": "One example is enough.",
        "is_required": True,
        "most_words": 300,
    },
    {"text": "Demo question: what is missing?", "help": "", "most_words": 200},
    {"text": "Demo question: what would help most?", "help": "", "most_words": 100},
)
# name of the entry, who writes for it, who reads it, what is said
CONTRIBUTIONS = {
    "watch": (
        "Demo Coastal Watch",
        "admin",
        "public",
        "Demo: interpreters are there on the first day, so fewer witnesses give up.",
    ),
    "forest": (
        "Demo Forest Guardians",
        "keeper",
        "unnamed",
        "Demo: rangers are heard by video and do not lose three days of work.",
    ),
    "justice": (
        "Demo Institute for Justice Research",
        "keeper",
        "desk",
        "Demo: our figures of two courts, which we may not publish yet.",
    ),
    "routes": (
        "Démo Observatoire des routes sahéliennes",
        "keeper",
        "public",
        "Demo : les victimes sont entendues dans leur langue.",
    ),
    "expert": (
        "Demo Esperanza Ejemplo",
        "expert",
        "public",
        "Demo: los fiscales formados piden medidas de protección más a menudo.",
    ),
}


def load_demo_calls(people: dict[str, User]) -> None:
    """By the acts that real people would use, so that each history is true; safe to run twice."""
    if Call.objects.filter(is_demo=True).exists():
        return
    load_mechanism()  # the rules by which the desk declines
    desk = people["reviews"]
    _draft_call(desk, "Demo call: a draft that nobody else sees", opens_at=None, closes_at=None)
    soon = _publish_call(
        desk, "Demo call: money that crosses borders", cluster_id="II", topics=["money-laundering"]
    )
    Call.objects.filter(pk=soon.pk).update(opens_at=now() + 20 * DAY)
    gone = _publish_call(desk, "Demo call: put off", cluster_id="III")
    calls_actions.cancel_call(gone, actor=desk, note="Demo: the phase was put off, and the call with it.")
    _fill_open_call(_publish_call(desk, OPEN, topics=["trafficking-in-persons"]), people)
    _fill_closed_call(_publish_call(desk, CLOSED, topics=["corruption"]), people)


def end_of_day(days: int) -> datetime:
    """Return the last minute, in Vienna, of the day that is `days` from today."""
    return last_minute_of(localdate(timezone=VIENNA) + days * DAY)


def _draft_call(by: User, title: str, **values: Any) -> Call:
    fields = {
        "title": title,
        "language_id": "en",
        "cluster_id": "I",
        "guidance": "Demo: write what you have seen yourself, and name sources that others can look up.",
        "opens_at": now() - 10 * DAY,
        "closes_at": end_of_day(45),
        **values,
    }
    call = calls_actions.draft_call(actor=by, values=fields, questions=QUESTIONS)
    Call.objects.filter(pk=call.pk).update(is_demo=True)
    return call


def _publish_call(desk: User, title: str, **values: Any) -> Call:
    return calls_actions.publish_call(_draft_call(desk, title, **values), actor=desk)


def _write_contribution(
    call: Call, which: str, people: dict[str, User], **fields: Any
) -> tuple[Contribution, User]:
    name, key, visibility, text = CONTRIBUTIONS[which]
    author = people[key]
    draft = contributions_actions.begin(call, Stakeholder.objects.get(name=name), actor=author)
    first, second, _third = call.questions.all()
    language = {"routes": "fr", "expert": "es"}.get(which, "en")
    saved = contributions_actions.save_answers(
        draft,
        actor=author,
        version=draft.version,
        answers={first.pk: text, second.pk: "Demo: time, and somebody who explains the next step."},
        links=[{"label": "Demo report", "url": "https://demo.example/report"}],
        visibility=visibility,
        language=language,
    )
    return saved, author


def _send_contribution(call: Call, which: str, people: dict[str, User]) -> tuple[Contribution, User]:
    saved, author = _write_contribution(call, which, people)
    return contributions_actions.submit(saved, actor=author)[0], author


def _fill_open_call(call: Call, people: dict[str, User]) -> None:
    """A draft that asks for a signature; sent, in screening, returned, declined; and more time for one."""
    desk = people["reviews"]
    calls_actions.translate_call(
        call,
        actor=desk,
        version=call.version,
        language="ar",
        questions={},
        values={"title": "دعوة تجريبية: الضحايا أمام المحاكم", "guidance": ""},
    )
    draft, author = _write_contribution(call, "watch", people)
    signatures_actions.invite(draft, Stakeholder.objects.get(name=CONTRIBUTIONS["forest"][0]), actor=author)
    calls_actions.give_time(
        call, draft.stakeholder, actor=desk, until=now() + 60 * DAY, reason="Demo: a storm cut their lines."
    )
    _send_contribution(call, "forest", people)
    moderation_actions.take(_send_contribution(call, "justice", people)[0], actor=desk)
    last = call.questions.last()
    moderation_actions.return_with_questions(
        _send_contribution(call, "routes", people)[0],
        actor=desk,
        requests={last.field: "Demo: please say which help you mean."},  # type: ignore[union-attr]
        note="Demo: thank you; one question only.",
    )
    moderation_actions.decline(
        _send_contribution(call, "expert", people)[0],
        actor=desk,
        rule="no_accusation",
        note="Demo: a sentence names a person; please give the judgment that says so, or take it out.",
    )


def _fill_closed_call(call: Call, people: dict[str, User]) -> None:
    """Published with and without the name, kept for the desk, withdrawn; what was said, what followed."""
    desk = people["reviews"]
    draft, author = _write_contribution(call, "watch", people)
    partner = Stakeholder.objects.get(name=CONTRIBUTIONS["routes"][0])
    signature = signatures_actions.invite(draft, partner, actor=author)
    draft.refresh_from_db()
    signatures_actions.sign(signature, actor=people["keeper"], digest=draft.digest)
    moderation_actions.publish(contributions_actions.submit(draft, actor=author)[0], actor=desk)
    moderation_actions.publish(_send_contribution(call, "forest", people)[0], actor=desk)
    moderation_actions.keep(_send_contribution(call, "justice", people)[0], actor=desk)
    withdrawn, author = _send_contribution(call, "expert", people)
    contributions_actions.withdraw(withdrawn, actor=author)
    Call.objects.filter(pk=call.pk).update(opens_at=now() - 60 * DAY, closes_at=now())
    drop_deadline(call, calls_actions.CLOSING)
    calls_actions.summarize(
        call,
        actor=desk,
        summary="Demo summary: contributors praise **hearings by video** and ask for clear next steps.",
    )
    calls_actions.follow_up(
        call,
        actor=desk,
        on=date(2026, 11, 20),
        text="Demo: an invented meeting took the point up.",
        source="Demo record of an invented meeting",
        url="https://demo.example/record",
    )
