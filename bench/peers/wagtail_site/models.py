from django.db import models
from wagtail.search import index


class Entry(index.Indexed, models.Model):
    name = models.CharField(max_length=250)
    other_names = models.TextField()
    kind = models.CharField(max_length=10, db_index=True)
    country = models.CharField(max_length=3, db_index=True)
    city = models.CharField(max_length=120)
    mission = models.TextField()

    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("other_names"),
        index.SearchField("mission"),
        index.FilterField("kind"),
        index.FilterField("country"),
    ]

    def __str__(self):
        return self.name
