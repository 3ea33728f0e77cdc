"""The id of a request: from our proxy through the page to statements and tasks, and from nobody else."""

from types import SimpleNamespace

import pytest
import structlog
from celery import current_app
from django.db import connection
from structlog.testing import capture_logs

from core import tracing
from core.metrics import STATEMENTS
from core.views import server_error

ID = "f3a1c9d0-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("proxies", "sent", "believed"),
    [(1, ID, True), (0, ID, False), (1, "*/ DROP", False), (1, "short", False), (1, None, False)],
)
@pytest.mark.django_db
def test_only_our_own_proxy_names_a_request(client, settings, proxies, sent, believed):
    settings.PROXY_COUNT = proxies
    answer = client.get("/healthz", headers={"x-request-id": sent} if sent else {})
    assert (answer["X-Request-ID"] == sent) is believed
    assert tracing.REQUEST_ID_FORM.fullmatch(answer["X-Request-ID"])


@pytest.mark.django_db
def test_a_request_has_its_id_in_its_lines_and_counts_its_statements(client, settings):
    settings.PROXY_COUNT = 1
    before = STATEMENTS.labels("portal:home")._value.get()
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        client.get("/en/", headers={"x-request-id": ID})
    ids = {line.get("request_id") for line in lines if line["event"].startswith("request_")}
    assert ids == {ID}
    assert STATEMENTS.labels("portal:home")._value.get() > before
    assert tracing.current.get() is None


@pytest.mark.django_db
def test_statements_carry_it_where_that_is_switched_on(settings):
    settings.TRACE_STATEMENTS = True
    with tracing.traced(ID) as trace, connection.cursor() as cursor:
        cursor.execute("SELECT %s", [1])
        cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()")
        assert cursor.fetchone()[0].startswith(f"/* {ID} */ SELECT query")
    assert trace.statements == 2
    assert trace.seconds > 0


@pytest.mark.django_db
def test_a_slow_statement_is_written_down_without_its_values(settings):
    settings.SLOW_STATEMENT_SECONDS = 0.000001
    with tracing.traced(ID), capture_logs() as lines, connection.cursor() as cursor:
        cursor.execute("SELECT %s::text", ["Zainab"])
    (line,) = lines
    assert (line["event"], line["statement"]) == ("slow_statement", "SELECT %s::text")
    settings.SLOW_STATEMENT_SECONDS = 0
    with tracing.traced(ID), capture_logs() as lines, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert lines == []


def test_a_task_goes_on_under_the_id_of_what_started_it():
    """What Celery hands a worker: the headers of the message are attributes of the task's request."""
    headers = {"id": "task-1"}
    with tracing.traced(ID):
        tracing.hand_on(headers=headers)
    task = SimpleNamespace(name="of.this.test", request=SimpleNamespace(**headers))
    tracing.take_over(task_id="task-1", task=task)
    assert tracing.current.get().id == ID
    assert structlog.contextvars.get_contextvars() == {
        "request_id": ID,
        "task_id": "task-1",
        "task": "of.this.test",
    }
    tracing.let_go(task_id="task-1")
    assert (tracing.current.get(), structlog.contextvars.get_contextvars()) == (None, {})


def test_a_task_that_no_request_started_has_its_own():
    heard = {}

    @current_app.task(name="tests.hears")
    def hears():
        heard.update(structlog.contextvars.get_contextvars())

    hears.apply()
    assert heard["request_id"] == heard["task_id"]
    assert tracing.current.get() is None


def test_an_error_page_names_it(rf):
    with tracing.traced(ID):
        try:
            {}["nothing"]
        except KeyError:
            page = server_error(rf.get("/"))
    assert page.status_code == 500
    assert ID in page.text
