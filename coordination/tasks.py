"""Coordination in the background; ids only, twice is once."""

from celery import shared_task

from coordination.absences import actions as absences_actions
from coordination.activities import actions as activities_actions
from coordination.hand_overs import actions as hand_overs_actions
from coordination.mailings import actions as mailings_actions
from coordination.offerings import actions as offerings_actions
from coordination.surveys import actions_clock as surveys_actions_clock


@shared_task(name="coordination.care_for_absences")
def care_for_absences() -> None:
    """Pass on what was held as absences begin, and give it back as they end."""
    absences_actions.care_for_absences()


@shared_task(name="coordination.take_effect")
def take_effect() -> None:
    """Carry out the hand-overs whose day has come."""
    hand_overs_actions.take_effect()


@shared_task(name="coordination.heavy_introduce")
def heavy_introduce(pk: int) -> None:
    """Tell the region who comes next, from where the last worker stopped."""
    hand_overs_actions.introduce(pk)


@shared_task(name="coordination.sweep_introductions")
def sweep_introductions() -> None:
    """Nudge introductions that were left behind."""
    hand_overs_actions.sweep_introductions()


@shared_task(name="coordination.send_letters")
def send_letters() -> None:
    """Go on with the messages to many that are on their way."""
    mailings_actions.go_on()


@shared_task(name="coordination.remind_of_follow_ups")
def remind_of_follow_ups() -> None:
    """Tell who has something to do until tomorrow."""
    activities_actions.remind()


@shared_task(name="coordination.unlist_closed_offerings")
def unlist_closed_offerings() -> None:
    """Take grants and courses whose deadline has passed out of the search; twice is once."""
    offerings_actions.unlist_closed()


@shared_task(name="coordination.run_surveys")
def run_surveys() -> None:
    """Begin, invite to, remind of and close the surveys that are due; twice is once."""
    surveys_actions_clock.run_surveys()
