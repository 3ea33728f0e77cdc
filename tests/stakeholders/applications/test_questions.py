"""A question that somebody adds is copied, changed and read in words, or one of these says what lacks."""

from stakeholders.applications.enums import ANSWERS, COPIED, FACTS, FIELDS, ONLY_OF_APPLICATIONS
from stakeholders.applications.models import Application
from stakeholders.changes.enums import DIRECT, PARTS, VETTED
from stakeholders.entries.enums import CHOICES, LISTS, ROWS
from stakeholders.entries.models import Stakeholder
from stakeholders.exports.columns import HEADS
from stakeholders.leaving.actions import TEXTS


def test_each_question_is_changed_in_one_way_and_one_alone():
    changed = [*DIRECT, *VETTED, *(name for names in PARTS.values() for name in names)]
    assert sorted(changed) == sorted(set(FIELDS) - ONLY_OF_APPLICATIONS | {"kind"})


def test_each_answer_is_a_column_or_list_of_the_application_and_what_is_copied_also_of_the_entry():
    columns = {
        model: {field.name for field in model._meta.get_fields()} for model in (Application, Stakeholder)
    }
    assert set(ANSWERS) - columns[Application] == set()
    assert set(COPIED) - columns[Application] == set()
    assert set(COPIED) - columns[Stakeholder] == set()
    assert set(FIELDS) == set(COPIED) - {"kind"} | set(LISTS) | set(ROWS) | ONLY_OF_APPLICATIONS


def test_each_choice_has_its_words():
    def has_choices(name):
        if name in ROWS or name not in {field.name for field in Stakeholder._meta.concrete_fields}:
            return False
        field = Stakeholder._meta.get_field(name)
        return bool(getattr(field, "base_field", field).choices)

    assert {name for name in FIELDS if has_choices(name)} - {"listing"} == set(CHOICES)


def test_each_choice_has_its_column_in_the_export():
    assert {name for name, question in FIELDS.items() if question.column} == {*CHOICES, *FACTS}
    assert {*CHOICES, *FACTS} <= set(HEADS)


def test_each_text_of_an_expert_is_emptied_where_they_leave():
    texts = {
        field.name
        for field in Stakeholder._meta.concrete_fields
        if field.name in COPIED
        and field.get_internal_type() in {"CharField", "TextField"}
        and not field.choices
    }
    assert texts - {"name"} <= set(TEXTS)
