"""The schema: valid, current, never less than it was; and every operation of it, tried."""

import json
from copy import deepcopy

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import positive_data_acceptance

from accounts.tokens.actions import make_token
from accounts.tokens.enums import TokenScope
from api.examples import UNKNOWN
from api.management.breaking import COPY, breaking, unnamed_changes
from api.management.commands.api_schema import as_text
from api.schema import document
from tests.factories.stakeholders import StakeholderFactory, member_of

# So many requests to each operation, always the same ones.
EXAMPLES = 4


def operations():
    schema = schemathesis.openapi.from_dict(json.loads(as_text(document())))
    application = get_wsgi_application()
    # As a server would say, who is counted by where they ask from.
    schema.app = lambda environ, start: application(environ | {"REMOTE_ADDR": "127.0.0.1"}, start)
    return [operation.ok() for operation in schema.get_all_operations()]


def knows_better(operation, response):
    """Whether a request of the right form was refused for what no schema can tell.

    Which codes and cursors there are, and that neither page nor order goes with a cursor, nor a filter with
    an instant, which may be too long ago (410); of what is written, all that a form checks. A number, a truth
    or one of a list of values is never among that.
    """
    if response.status_code == 410:
        return "changed_since" in response.request.url
    if operation.method.upper() != "GET" or response.status_code != 400:
        return response.status_code == 400
    refused = set(response.json().get("errors", {}))
    closed = {
        parameter["name"]
        for parameter in operation.definition.raw.get("parameters", ())
        if parameter["schema"].get("type") in ("integer", "boolean")
        or "enum" in parameter["schema"].get("items", parameter["schema"])
    }
    if "cursor" in response.request.url:
        closed -= {"page", "sort"}
    if "changed_since" in response.request.url:
        closed &= {"page_size", "lang"}
    return not refused & closed


def test_it_is_valid_and_nothing_in_it_is_guessed(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "openapi.yaml"))


def test_the_copy_is_current():
    assert COPY.read_text(encoding="utf-8") == as_text(document()), "Run `make behaviours` and commit."


def test_every_answer_has_an_example_that_is_of_its_kind_and_says_something():
    api_schema = json.loads(as_text(document()))
    wrong = []
    read = {path: methods for path, methods in api_schema["paths"].items() if "get" in methods}
    for path, methods in read.items():
        content = methods["get"]["responses"]["200"]["content"]["application/json"]
        example = content["examples"]["invented"]["value"]
        schema = {**content["schema"], "components": api_schema["components"]}
        wrong += [f"{path}: {error.json_path}" for error in Draft202012Validator(schema).iter_errors(example)]
        if UNKNOWN in json.dumps(example, ensure_ascii=False) and "/own-" not in path and "/me/" not in path:
            wrong.append(f"{path}: {example}")
    assert wrong == []


def test_nothing_that_was_given_out_is_taken_back_unnamed():
    assert (
        unnamed_changes(json.loads(COPY.read_text(encoding="utf-8")), json.loads(as_text(document()))) == []
    )


def test_what_breaks_its_users_is_noticed():
    before = json.loads(as_text(document()))
    after = deepcopy(before)
    del after["paths"]["/api/v1/topics/"]
    listed = after["paths"]["/api/v1/stakeholders/"]["get"]["parameters"]
    listed[:] = [parameter for parameter in listed if parameter["name"] != "kind"]
    listed.append({"name": "key", "required": True, "schema": {}})
    next(parameter for parameter in listed if parameter["name"] == "sort")["schema"]["enum"].remove("newest")
    del after["components"]["schemas"]["Offer"]["properties"]["text"]
    after["components"]["schemas"]["Offer"]["properties"]["direction"]["enum"].remove("need")
    path = "GET /api/v1/stakeholders/"
    assert set(breaking(before, after)) == {
        "removed GET /api/v1/topics/",
        f"removed parameter kind of {path}",
        f"newly required parameter key of {path}",
        f"removed value newest of parameter sort of {path}",
        "removed field text of Offer",
        "removed value need of direction of Offer",
    }
    assert breaking(before, before) == []


@pytest.mark.night
@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.label)
def test_no_request_makes_it_fail_or_answer_what_the_schema_does_not_tell(operation, monkeypatch):
    """As somebody who may write, with a token of all scopes."""
    monkeypatch.setattr(django_settings, "API_PER_MINUTE_PERSON", 1_000_000)
    monkeypatch.setattr(django_settings, "API_PER_MINUTE", 1_000_000)
    person = member_of(StakeholderFactory())
    _token, secret = make_token(actor=person, name="tried", scopes=TokenScope.values, days=1)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # as Django's own client does: the test's connection is kept

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def try_operation(case):
        headers = {"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"}
        response = case.call(headers=headers)
        excluded = [positive_data_acceptance] if knows_better(operation, response) else []
        case.validate_response(response, headers=headers, excluded_checks=excluded)

    try:
        try_operation()
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def test_the_addresses_of_1_0_are_deprecated_and_nothing_else_is():
    operations = [
        (path, operation.get("deprecated", False))
        for path, methods in document()["paths"].items()
        for operation in methods.values()
    ]
    assert {path for path, is_deprecated in operations if is_deprecated} == {
        path for path, _is_deprecated in operations if "/own-" in path
    }
    assert {path.replace("/own-", "/me/") for path, is_deprecated in operations if is_deprecated} <= {
        path for path, is_deprecated in operations if not is_deprecated
    }
