from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

LIMIT = "ALTER INDEX document_words SET (gin_pending_list_limit = {})"


def index(limit):
    return GinIndex(fastupdate=True, fields=["kind", "tsv"], gin_pending_list_limit=limit, name="document_words")


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
    ]

    operations = [
        # The index stays as it is; only what comes waits in a longer list.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(LIMIT.format(1024), LIMIT.format(256))],
            state_operations=[
                migrations.RemoveIndex(model_name="document", name="document_words"),
                migrations.AddIndex(model_name="document", index=index(1024)),
            ],
        ),
    ]
