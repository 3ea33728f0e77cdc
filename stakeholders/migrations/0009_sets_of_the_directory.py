"""The directory is counted from sets that each web process holds, no longer from bits in the database.

The tables of 1.0.0 and their triggers stay, so that its image can serve again: it finds every entry that changed
meanwhile in `stakeholders_facetchange`, and counts those from their rows.
"""

from django.db import migrations, models

# safe: the triggers write for the release before what they wrote, too, and it reads nothing else.
NOTE, PENDING = (
    f"INSERT INTO stakeholders_{table} (stakeholder_id) SELECT DISTINCT" for table in ("facetchange", "pendingentry")
)
COLUMNS = "id, kind, country_id, listing, status, confirmed_at"
CHANGED = f"id FROM (SELECT {COLUMNS} FROM old_rows EXCEPT SELECT {COLUMNS} FROM new_rows) AS changed"


def functions(*notes):
    """What notes the entries whose facts a statement changes: by each of `notes`."""

    def each(rows):
        return " ".join(f"{note} {rows};" for note in notes)

    return f"""
CREATE OR REPLACE FUNCTION stakeholders_entries_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {each("id FROM new_rows")}
    ELSIF TG_OP = 'DELETE' THEN
        {each("id FROM old_rows")}
    ELSE
        {each(CHANGED)}
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION stakeholders_terms_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        {each("stakeholder_id FROM old_rows")}
    END IF;
    IF TG_OP <> 'DELETE' THEN
        {each("stakeholder_id FROM new_rows")}
    END IF;
    RETURN NULL;
END $$;
"""


EVERYBODY = "INSERT INTO stakeholders_pendingentry (stakeholder_id) SELECT id FROM stakeholders_stakeholder;"


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0008_fewer_indexes_of_import_rows")]

    operations = [
        migrations.CreateModel(
            name="FacetSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facet", models.CharField(blank=True, default="", max_length=20, verbose_name="facet")),
                ("code", models.CharField(blank=True, default="", max_length=100, verbose_name="code")),
                ("members", models.BinaryField(default=b"", verbose_name="members")),
                ("stamp", models.UUIDField(verbose_name="stamp")),
            ],
            options={
                "verbose_name": "set of the directory",
                "verbose_name_plural": "sets of the directory",
                "constraints": [models.UniqueConstraint(fields=("facet", "code"), name="one_set_a_code")],
            },
        ),
        migrations.CreateModel(
            name="PendingEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stakeholder_id", models.BigIntegerField(verbose_name="stakeholder")),
            ],
            options={
                "verbose_name": "changed entry of the directory",
                "verbose_name_plural": "changed entries of the directory",
            },
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name=name) for name in ("CommonWord", "FacetBitmap", "FacetChange")
            ]
        ),
        migrations.RunSQL(functions(NOTE, PENDING) + EVERYBODY, functions(NOTE)),
    ]
