from resources.enums.files import LinkFault, Scan, TextFault, TextState
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
    "LinkFault",
    "Precision",
    "RefusalReason",
    "Relation",
    "ResourceKind",
    "ResourceStatus",
    "Scan",
    "StakeholderRole",
    "TextFault",
    "TextState",
    "WithdrawalReason",
]
