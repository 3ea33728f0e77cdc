"""The person with roles and consents, copies of their data, access tokens, and what is kept how long."""

from accounts.models.exports import DataExport, DataExportQuerySet
from accounts.models.people import Consent, Grant, GrantQuerySet, LegalVersion, User, UserManager
from accounts.models.resets import FactorReset, FactorResetQuerySet
from accounts.models.retention import RetentionRule, RetentionRun
from accounts.models.tokens import AccessToken, AccessTokenQuerySet

__all__ = [
    "AccessToken",
    "AccessTokenQuerySet",
    "Consent",
    "DataExport",
    "DataExportQuerySet",
    "FactorReset",
    "FactorResetQuerySet",
    "Grant",
    "GrantQuerySet",
    "LegalVersion",
    "RetentionRule",
    "RetentionRun",
    "User",
    "UserManager",
]
