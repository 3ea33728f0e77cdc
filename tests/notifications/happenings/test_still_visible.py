"""A kind that says among what its subjects are, and which of a batch are seen, says the same twice."""

from accounts.people.models import User
from notifications.hooks import kinds
from tests.access.world import people, things


def test_what_is_seen_of_a_batch_is_what_is_found_among_the_subjects(db):
    world = people()
    things(world)
    persons = {name: user for name, user in world.items() if isinstance(user, User)}
    differences = {}
    for name, kind in kinds.items():
        if kind.among is None or kind.visible_pairs is None:
            continue
        for role, person in persons.items():
            rows = kind.among(person)
            every = set(rows.model._base_manager.values_list("pk", flat=True))
            among_ids = every & set(rows.order_by().values_list("pk", flat=True))
            batch_ids = {pk for _person, pk in kind.visible_pairs({(person.pk, pk) for pk in every})}
            if among_ids != batch_ids:
                differences[name, role] = (among_ids - batch_ids, batch_ids - among_ids)
    assert differences == {}
