import django.contrib.postgres.indexes
from django.db import migrations

QUICK = "ALTER INDEX document_words SET (fastupdate = on, gin_pending_list_limit = 256)"
AS_BEFORE = "ALTER INDEX document_words SET (fastupdate = off); ALTER INDEX document_words RESET (gin_pending_list_limit)"


class Migration(migrations.Migration):
    # Once words are learnt nobody asks for titles by their trigrams, and every write paid dearly for them.

    dependencies = [
        ("search", "0002_words"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="document", name="document_title_alike"),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(QUICK, AS_BEFORE)],
            [
                migrations.RemoveIndex(model_name="document", name="document_words"),
                migrations.AddIndex(
                    model_name="document",
                    index=django.contrib.postgres.indexes.GinIndex(
                        fastupdate=True, fields=["tsv"], gin_pending_list_limit=256, name="document_words"
                    ),
                ),
            ],
        ),
    ]
