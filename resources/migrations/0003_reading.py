import django.db.models.functions.datetime
from django.db import migrations, models

# Whose changes change what the library shows; of files, only what readers see of them.
TABLES = (
    "resource", "resource_countries", "resource_regions", "resource_instruments", "resource_articles",
    "resource_clusters", "resource_topics", "edition", "author", "resourcestakeholder", "resourcerelation",
    "collection", "collectionitem",
)
OF_FILES = "UPDATE OF number, name, label, scan, thumbnail"

FUNCTIONS = """
CREATE INDEX resource_embargo ON resources_resource (embargo_until) WHERE embargo_until IS NOT NULL;
CREATE FUNCTION resources_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO resources_librarychange DEFAULT VALUES;
    RETURN NULL;
END $$;
CREATE FUNCTION resources_version() RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws('.', count(*), max(id),
        (SELECT extract(epoch FROM max(embargo_until)) FROM resources_resource WHERE embargo_until <= now()))
    FROM resources_librarychange
$$;
"""
TRIGGER = "CREATE TRIGGER {name} AFTER INSERT OR DELETE OR {update} ON resources_{table} FOR EACH STATEMENT EXECUTE FUNCTION resources_changed();"
TRIGGERS = "\n".join(
    [TRIGGER.format(name="library_changed", update="UPDATE", table=table) for table in TABLES]
    + [TRIGGER.format(name="library_changed", update=OF_FILES, table="resourcefile")]
)
UNDO = "\n".join(
    [f"DROP TRIGGER library_changed ON resources_{table};" for table in (*TABLES, "resourcefile")]
    + ["DROP INDEX resource_embargo;", "DROP FUNCTION resources_version();", "DROP FUNCTION resources_changed();"]
)


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0002_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="LibraryChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="at"
                    ),
                ),
            ],
            options={
                "verbose_name": "change of the library",
                "verbose_name_plural": "changes of the library",
            },
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, UNDO),
    ]
