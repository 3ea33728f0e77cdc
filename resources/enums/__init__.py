from resources.enums.files import Scan, TextState
from resources.enums.reading import Alerts, CollectionStatus
from resources.enums.records import (
    RESOURCE_MOVES,
    Audience,
    Licence,
    Precision,
    RefusalReason,
    Relation,
    ResourceKind,
    ResourceStatus,
    StakeholderRole,
    WithdrawalReason,
)

__all__ = [
    "RESOURCE_MOVES",
    "Alerts",
    "Audience",
    "CollectionStatus",
    "Licence",
    "Precision",
    "RefusalReason",
    "Relation",
    "ResourceKind",
    "ResourceStatus",
    "Scan",
    "StakeholderRole",
    "TextState",
    "WithdrawalReason",
]
