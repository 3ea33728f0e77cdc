from coordination.enums.networks import (
    MEMBER_MOVES,
    STEP_MOVES,
    MemberStatus,
    NetworkKind,
    NetworkRole,
    PlanKind,
    Shown,
    StepStatus,
    WithWhom,
)

__all__ = [
    "MEMBER_MOVES", "STEP_MOVES", "MemberStatus", "NetworkKind", "NetworkRole", "PlanKind", "Shown",
    "StepStatus", "WithWhom",
]  # fmt: skip
