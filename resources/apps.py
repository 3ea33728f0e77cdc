"""The library: records, files, versions, collections.

Its place in the house is kept; its first table comes with its first user.
"""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
