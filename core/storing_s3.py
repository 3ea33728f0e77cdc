"""Uploads in S3: a module of its own, since its package is there only where it is used."""

from typing import Any

from django.utils.http import content_disposition_header
from storages.backends.s3 import S3Storage

from core.storing import TidyStorage


class TidyS3Storage(TidyStorage, S3Storage):
    """A private bucket: what is in it is read through the portal, or under an address signed for a minute."""

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "signed_downloads": False}

    def address_for_download(self, name: str, offered: str, media_type: str) -> str | None:
        """Where a browser gets a file itself, to save it as `offered`; None where it reaches no bucket."""
        if not self.signed_downloads:
            return None
        address: str = self.url(
            name,
            parameters={
                "ResponseContentDisposition": content_disposition_header(True, offered),
                "ResponseContentType": media_type,
                "ResponseCacheControl": "private, no-store",
            },
        )
        return address
