import pytest
from django.template.loader import render_to_string

from tests.factories.workflow import ChangeRequestFactory
from tests.support import markup_of
from workflow.items.actions import ask
from workflow.items.queries import labelled_requests
from workflow.moves.actions import move
from workflow.moves.queries import decisions_on, moves_open_to

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_the_timeline_shows_move_and_note_in_one_statement(count, member, curator, django_assert_num_queries):
    change = ChangeRequestFactory(subject_row=member)
    decision = move(change, "refuse", actor=curator, reason="vague", note="Say <which>.\nPlease.")
    for _ in range(count - 1):
        decision.pk = None
        decision.save()
    with django_assert_num_queries(1):
        html = render_to_string("workflow/decisions.html", {"decisions": decisions_on(change)})
    assert markup_of(html).count("Decline the change: vague<br>Say &lt;which&gt;.<br>Please.") == count


def test_the_buttons_are_the_moves_open_to_the_reader(member, curator, rf):
    change = ChangeRequestFactory(subject_row=member)
    context = {"moves": moves_open_to(curator, change), "move_url": "/go/"}
    html = render_to_string("workflow/buttons.html", context, request=rf.get("/"))
    assert 'action="/go/"' in html
    assert html.count("<button") == 2
    assert (
        '<button type="submit" name="move" value="approve" class="btn btn-primary">Approve the change'
        in markup_of(html)
    )
    assert render_to_string("workflow/buttons.html", {"moves": [], "move_url": "/go/"}).strip() == ""


def test_what_is_asked_for_is_shown_by_its_label(member, curator):
    ask(member, {"time_zone": "Which one?"}, actor=curator)
    html = render_to_string("workflow/requests.html", {"asked": labelled_requests(member)})
    assert "<dt>time zone</dt>" in html
    assert render_to_string("workflow/requests.html", {"asked": []}).strip() == ""
