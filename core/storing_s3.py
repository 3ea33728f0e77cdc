"""Uploads in S3: a module of its own, since its package is there only where it is used."""

from storages.backends.s3 import S3Storage

from core.storing import TidyStorage


class TidyS3Storage(TidyStorage, S3Storage):
    pass
