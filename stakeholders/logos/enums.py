"""How moderation moves a logo."""

from stakeholders.moderation.enums import Standing, desk_moves

LOGO = "stakeholders.logo"
LOGO_MOVES = desk_moves(
    (Standing.SHOWN,), Standing.HIDDEN, Standing.REMOVED, back=Standing.SHOWN, by="vetting"
)
