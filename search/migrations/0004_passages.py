from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0003_quicker_writes"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="part",
            field=models.PositiveIntegerField(default=0, verbose_name="part"),
        ),
        migrations.AddField(
            model_name="document",
            name="part_label",
            field=models.CharField(blank=True, max_length=60, verbose_name="name of the part"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(fields=("kind", "object_id", "part"), name="one_document_per_part"),
        ),
        migrations.RemoveConstraint(model_name="document", name="one_document_per_object"),
    ]
