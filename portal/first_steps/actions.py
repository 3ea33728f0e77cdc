"""What a person does with a list of first steps: nothing but hiding it."""

from accounts.people.models import User
from portal.first_steps.enums import Steps
from portal.first_steps.models import HiddenSteps


def hide_steps(steps: Steps, *, actor: User) -> None:
    """Show this list to the person no more. Twice is once."""
    HiddenSteps.objects.bulk_create([HiddenSteps(user=actor, steps=steps)], ignore_conflicts=True)
