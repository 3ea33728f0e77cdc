"""How moderation moves a project."""

from stakeholders.moderation.enums import Standing, desk_moves

PROJECT = "stakeholders.project"
PROJECT_MOVES = desk_moves(
    (Standing.SHOWN,), Standing.HIDDEN, Standing.REMOVED, back=Standing.SHOWN, by="vetting"
)
MOST_PROJECTS = 50
FIRST = 5  # so many stand on the profile, the others on a page of their own
