import pytest
from django.template.loader import render_to_string

from tests.factories.workflow import ChangeRequestFactory
from tests.support import markup_of
from workflow.moves.actions import move
from workflow.moves.queries import decisions_on

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
