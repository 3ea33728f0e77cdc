import pytest
from django.core.exceptions import PermissionDenied

from accounts.people.enums import Role
from audit.models import Entry
from taxonomy.curation.actions import save_row
from taxonomy.curation.queries import revisions_of
from taxonomy.names.models import Revision
from taxonomy.places.models import AreaMapping, Country
from taxonomy.terms.models import Topic
from tests.factories.accounts import person_with


def test_an_edit_leaves_a_revision_with_before_and_after(reference, curator):
    topic = Topic.objects.get(pk="terrorism")
    topic.name_fr, topic.note = "Terrorisme international", "As the desk says it."
    save_row(topic, actor=curator)
    revision = Revision.objects.get()
    assert (revision.kind, revision.code) == ("taxonomy.topic", "terrorism")
    assert revision.changes == {
        "name_fr": ["Terrorisme", "Terrorisme international"],
        "note": ["", "As the desk says it."],
    }
    entry = Entry.objects.get(action="taxonomy.row_changed")
    assert (entry.actor_id, entry.data) == (curator.pk, {"kind": "taxonomy.topic", "code": "terrorism"})
    topic.refresh_from_db()
    assert topic.edited_by_hand is True
    assert topic.edited_at is not None
    assert topic.sort_fr == "terrorisme international"


def test_saving_without_a_change_leaves_no_trace(reference, curator):
    save_row(Topic.objects.get(pk="terrorism"), actor=curator)
    assert Revision.objects.count() == 0
    assert Topic.objects.get(pk="terrorism").edited_by_hand is False


def test_a_new_term_is_added_with_its_history(db, curator):
    save_row(Topic(code="fraud", name_en="Organized fraud", kind="crime"), actor=curator)
    assert Entry.objects.get(action="taxonomy.row_added").data == {"kind": "taxonomy.topic", "code": "fraud"}
    [change] = revisions_of(Topic.objects.get(pk="fraud"), curator)
    assert change.text == f"{curator.name} added fraud to a reference list (topic)."
    assert ("name in English", "", "Organized fraud") in change.differences


@pytest.mark.parametrize("role", (Role.VETTING, Role.REGIONAL, Role.STATE))
def test_others_change_nothing(reference, role):
    topic = Topic.objects.get(pk="terrorism")
    topic.name_en = "Something else"
    with pytest.raises(PermissionDenied):
        save_row(topic, actor=person_with(role))
    assert Topic.objects.get(pk="terrorism").name_en == "Terrorism"


def test_an_area_mapping_is_a_decision_with_a_history(reference, curator):
    save_row(
        AreaMapping(code="XK", country=Country.objects.get(pk="ALB"), note="For this test."), actor=curator
    )
    assert Revision.objects.get().changes == {
        "code": ["", "XK"],
        "country": ["", "ALB"],
        "note": ["", "For this test."],
    }
