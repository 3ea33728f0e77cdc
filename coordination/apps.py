"""Regional focal points' workspace, activities, mail-merge, reports, network pages and plans.

Its place in the house is kept; its first table comes with its first user.
"""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "coordination"
