"""A kind that says among what its subjects are, and which of a batch are seen, says the same twice."""

from accounts.people.models import User
from notifications.hooks import kinds
from tests.access.world import people, things


def test_what_is_seen_of_a_batch_is_what_is_found_among_the_subjects(db):
    world = people()
    things(world)
    persons = {name: one for name, one in world.items() if isinstance(one, User)}
    told = {}
    for name, kind in kinds.items():
        if kind.among is None or kind.visible_pairs is None:
            continue
        for role, person in persons.items():
            rows = kind.among(person)
            every = set(rows.model._base_manager.values_list("pk", flat=True))
            found = every & set(rows.order_by().values_list("pk", flat=True))
            seen = {pk for _person, pk in kind.visible_pairs({(person.pk, pk) for pk in every})}
            if found != seen:
                told[name, role] = (found - seen, seen - found)
    assert told == {}
