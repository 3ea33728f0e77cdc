"""Published lists may also bring documents and observations; what came by a list is kept with it."""

from django.db import migrations, models

KINDS = ["groups", "pairings", "participations", "documents", "observations"]


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_attendance_of_events")]

    operations = [
        migrations.RemoveConstraint(model_name="reviewimport", name="review_import_kind_known"),
        migrations.AlterField(
            model_name="reviewimport",
            name="kind",
            field=models.CharField(
                choices=[
                    ("groups", "Review groups of countries"),
                    ("pairings", "Reviewing States by instrument"),
                    ("participations", "Parties to the instruments"),
                    ("documents", "Documents of reviews"),
                    ("observations", "Observations"),
                ],
                max_length=14,
                verbose_name="what it lists",
            ),
        ),
        migrations.AddField(
            model_name="reviewimport",
            name="documents",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="reviews.reviewdocument", verbose_name="documents"
            ),
        ),
        migrations.AddField(
            model_name="reviewimport",
            name="observations",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="reviews.observation", verbose_name="observations"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewimport",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=KINDS), name="review_import_kind_known"
            ),
        ),
    ]
