"""Screening in the registries of the apps below."""

from stakeholders.actions.guards import guards
from stakeholders.actions.screening import refuse_if_hit

guards.register("screening", refuse_if_hit)
