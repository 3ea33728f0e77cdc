# ruff: noqa: PLC0415  the portal is only there once its settings are
"""Everybody answers an anonymous survey by their own link while processes of the web server are killed.

    python tools/bootstrap.py exec --throwaway -- python -m bench.feedback [--people N] [--kills N]

Runs on a database of its own, `whatson_bench_feedback`, which it makes anew, with gunicorn by its own file.
Each person opens the page and posts a text that no other has. People whose connection breaks open the link
again. Afterwards each answer that was acknowledged is there exactly once, and each other at most once.
"""

import argparse
import http.client
import os
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg

from bench import data
from bench.registrations import PEOPLE, PERSON
from bench.serving import serving

DATABASE = "whatson_bench_feedback"
MARK = re.compile(r'type="radio"[^>]*name="(q\w+)"|name="(q\w+)"[^>]*type="radio"')
WORDS = re.compile(r'<textarea[^>]*name="(q\w+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass
class Outcome:
    """The numbers of the links whose answer was acknowledged, and of those whose connection broke."""

    acknowledged: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    killed: list[int] = field(default_factory=list)  # processes
    seconds: float = 0
    longest: float = 0

    def faults_of(self, texts: Sequence[str]) -> list[str]:
        """Say what is wrong with the answers that are stored, each with the text of its link."""
        stored = Counter(texts)
        expected = {text_of(number) for number in self.acknowledged}
        possible = expected | {text_of(number) for number in self.broken}
        return [
            *(f"lost: {text}" for text in sorted(expected - set(stored))),
            *(f"stored {times} times: {text}" for text, times in stored.items() if times > 1),
            *(f"not sent: {text}" for text in sorted(set(stored) - possible)),
        ]


def text_of(number: int) -> str:
    return f"Answer number {number}."


def answer_all(port: int, leader: int, links: Sequence[str], *, clients: int, kills: int) -> Outcome:
    """Answer by all links; kill a process of the server each time another part of them is answered."""
    outcome, lock, numbers = Outcome(), threading.Lock(), iter(range(len(links)))
    due = [len(links) * part // (kills + 1) for part in range(kills, 0, -1)]

    def work() -> None:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                number = next(numbers, None)
                if due and len(outcome.acknowledged) >= due[-1]:
                    due.pop()
                    outcome.killed.append(_kill_worker(leader))
            if number is None:
                break
            began = time.monotonic()
            try:
                is_taken = answer(client, links[number], text_of(number))
            except (OSError, http.client.HTTPException):
                client.close()
                is_taken = None
            with lock:
                outcome.longest = max(outcome.longest, time.monotonic() - began)
                if is_taken is None:
                    outcome.broken.append(number)
                elif is_taken:
                    outcome.acknowledged.append(number)
        client.close()

    threads = [threading.Thread(target=work) for _client in range(clients)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome.seconds = time.monotonic() - began
    return outcome


def answer(client: http.client.HTTPConnection, link: str, text: str) -> bool:
    """Open the page, fill it in and post it; return whether the answer was taken now, not before."""
    client.request("GET", link)
    page = client.getresponse()
    cookie = page.getheader("Set-Cookie", "").partition(";")[0]
    content = page.read().decode()
    if page.status != http.client.OK:
        raise http.client.HTTPException(page.status)
    words, token = WORDS.search(content), TOKEN.search(content)
    if words is None or token is None:
        return False
    marks = {first or second for first, second in MARK.findall(content)}
    fields = {**dict.fromkeys(marks, "2"), words[1]: text, "csrfmiddlewaretoken": token[1]}
    head = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    client.request("POST", link, body=urlencode(fields), headers=head)
    response = client.getresponse()
    response.read()
    if response.status != http.client.FOUND:
        raise http.client.HTTPException(response.status)
    return True


def answer_broken(port: int, links: Sequence[str], outcome: Outcome) -> int:
    """Let those whose connection broke open their link again; return whose answer had been taken."""
    taken_before = 0
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for number in outcome.broken:
        taken_before += not answer(client, links[number], text_of(number))
        outcome.acknowledged.append(number)
    client.close()
    outcome.broken.clear()
    return taken_before


def _kill_worker(leader: int) -> int:
    children = Path(f"/proc/{leader}/task/{leader}/children").read_text(encoding="ascii").split()
    worker = int(children[0])
    os.kill(worker, signal.SIGKILL)
    return worker


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=5680)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--kills", type=int, default=3)
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    data.collect_static(os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = data.make_database(DATABASE)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(PEOPLE, {"first": PERSON, "people": options.people - 1})
    survey, links = prepare()
    with serving() as (port, leader):
        outcome = answer_all(port, leader, links, clients=options.clients, kills=options.kills)
        broken = len(outcome.broken)
        taken_before = answer_broken(port, links, outcome)
    rate = len(links) / outcome.seconds
    print(f"{len(links)} answers in {outcome.seconds:.0f} s, {rate:.1f} a second, {options.clients} clients")
    print(f"{len(set(outcome.killed))} processes killed; the longest answer took {outcome.longest:.1f} s")
    print(f"{broken} connections broke; of {taken_before} of them the answer had been taken")
    texts = close_and_read(survey)
    print(f"{len(texts)} answers are stored")
    if faults := outcome.faults_of(texts):
        raise SystemExit("\n".join(faults))


# --- Inside the portal -----------------------------------------------------------------------------------
def prepare() -> tuple[Any, list[str]]:
    """Invite everybody to the survey about an event that they attended; return it and their links."""
    import django

    django.setup()
    from datetime import timedelta

    from django.utils.timezone import now

    from accounts.people.models import User
    from coordination.surveys.actions_clock import INVITED, invite
    from coordination.surveys.models import QuestionSet, Survey, SurveyQuestion
    from events.events.models import Event
    from events.registrations.models import Registration, RegistrationRules
    from notifications.outbox.models import Message
    from taxonomy.seed import load_reference

    load_reference()
    ended = now() - timedelta(days=1)
    event = Event.objects.create(
        kind="congress",
        title="Congress",
        language_id="en",
        status="published",
        starts_at=ended - timedelta(days=5),
        ends_at=ended,
    )
    rules = RegistrationRules.objects.create(event=event, opens_at=ended - timedelta(days=60))
    Registration.objects.bulk_create(
        Registration(
            rules=rules,
            user=user,
            mode="in_person",
            status="confirmed",
            attended_at=ended,
            code=f"B{user.pk - PERSON:05}",
        )
        for user in User.objects.filter(pk__gte=PERSON)
    )
    question_set = QuestionSet.objects.create(name="After a congress")
    for position, (kind, text) in enumerate((("scale", "How was it?"), ("text", "What should change?"))):
        SurveyQuestion.objects.create(
            question_set=question_set, position=position, kind=kind, text=text, is_required=kind == "scale"
        )
    survey = Survey.objects.create(
        question_set=question_set,
        title="Congress",
        event=event,
        opens_at=ended,
        closes_at=now() + timedelta(days=10),
    )
    invite(survey)
    urls = Message.objects.filter(kind=INVITED).order_by("pk").values_list("url", flat=True)
    return survey, [urlsplit(url).path for url in urls]


def close_and_read(survey: Any) -> list[str]:
    """Cut off the last answers, and return the texts of all that are stored."""
    from coordination.surveys.actions_answers import close

    close(survey)
    key = str(survey.question_set.questions.get(kind="text").pk)
    return [row.values[key] for row in survey.answers.all()]


if __name__ == "__main__":
    main()
