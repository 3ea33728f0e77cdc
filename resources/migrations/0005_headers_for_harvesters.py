import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# The instant is the clock's, not that of the transaction's begin: whoever lists up to the begin of the oldest
# transaction that has written anything then misses nothing.
FUNCTIONS = """
CREATE FUNCTION resources_for_everybody(record resources_resource) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT record.status IN ('published', 'archived') AND record.audience = 'public' AND NOT record.is_demo
        AND (record.embargo_until IS NULL OR record.embargo_until <= clock_timestamp())
$$;
CREATE FUNCTION resources_sets(record resources_resource) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY['type', 'type:' || record.kind]
        || ARRAY(SELECT 'topic' FROM resources_resource_topics WHERE resource_id = record.id LIMIT 1)
        || ARRAY(SELECT 'topic:' || topic_id FROM resources_resource_topics WHERE resource_id = record.id
                 ORDER BY topic_id)
        || ARRAY(SELECT 'language' FROM resources_edition WHERE resource_id = record.id LIMIT 1)
        || ARRAY(SELECT 'language:' || language_id FROM resources_edition WHERE resource_id = record.id
                 ORDER BY language_id)
$$;
CREATE FUNCTION resources_stamp(changed bigint[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO resources_harvestheader AS header (number, changed_at, is_live, sets, had_datacite)
    SELECT record.id, clock_timestamp(), true, resources_sets(record), record.doi <> '' AND record.publisher <> '' AND record.published_on IS NOT NULL
    FROM resources_resource record WHERE record.id = ANY(changed) AND resources_for_everybody(record)
    ORDER BY record.id
    ON CONFLICT (number) DO UPDATE SET changed_at = excluded.changed_at, is_live = true, sets = excluded.sets,
        had_datacite = header.had_datacite OR excluded.had_datacite;
    UPDATE resources_harvestheader header SET is_live = false, changed_at = clock_timestamp()
    WHERE header.number = ANY(changed) AND header.is_live AND NOT EXISTS (
        SELECT FROM resources_resource record WHERE record.id = header.number
            AND resources_for_everybody(record))
$$;
"""
CHANGED = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM resources_stamp(ARRAY(SELECT {column} FROM after));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM resources_stamp(ARRAY(SELECT {column} FROM before));
    ELSE
        PERFORM resources_stamp(ARRAY(SELECT {column} FROM before UNION SELECT {column} FROM after));
    END IF;
    RETURN NULL;
END $$;
"""
LINKED = (
    "edition",
    "author",
    "resourcestakeholder",
    "resource_topics",
    "resource_countries",
    "resource_regions",
)
TABLES = {"resource": "resources_stamp_records", **dict.fromkeys(LINKED, "resources_stamp_linked")}
AFTER = {
    "INSERT": "NEW TABLE AS after",
    "DELETE": "OLD TABLE AS before",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS after",
}
ON_TABLES = "".join(
    f"CREATE TRIGGER harvested_{event.lower()} AFTER {event} ON resources_{table} REFERENCING {rows} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();\n"
    for table, function in TABLES.items()
    for event, rows in AFTER.items()
)
# Names that a description gives and that stand elsewhere: (table, columns, link, column of the link).
NAMED = (
    (
        "stakeholders_stakeholder",
        ("name", "kind", "status", "listing", "ror_id", "orcid"),
        "resources_resourcestakeholder",
        "stakeholder_id",
        "id",
    ),
    ("taxonomy_topic", ("name_en",), "resources_resource_topics", "topic_id", "code"),
    ("taxonomy_country", ("name_en",), "resources_resource_countries", "country_id", "iso3"),
    ("taxonomy_region", ("name_en",), "resources_resource_regions", "region_id", "m49"),
)
ON_NAMES = "".join(
    f"""
CREATE FUNCTION resources_named_in_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM resources_stamp(ARRAY(SELECT resource_id FROM {link} WHERE {column} = NEW.{key}));
    RETURN NULL;
END $$;
CREATE TRIGGER harvested_names AFTER UPDATE OF {", ".join(columns)} ON {table} FOR EACH ROW
WHEN ({" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns)})
EXECUTE FUNCTION resources_named_in_{table}();
"""
    for table, columns, link, column, key in NAMED
)
# What is public now, as of its last change; what was and is withdrawn or merged.
FILL = """
INSERT INTO resources_harvestheader (number, changed_at, is_live, sets, had_datacite)
SELECT record.id, coalesce(record.withdrawn_at, record.updated_at), resources_for_everybody(record),
    resources_sets(record), record.doi <> '' AND record.publisher <> '' AND record.published_on IS NOT NULL
FROM resources_resource record
WHERE resources_for_everybody(record) OR (record.status IN ('withdrawn', 'merged')
    AND record.audience = 'public' AND record.published_at IS NOT NULL AND NOT record.is_demo);
"""
UNDO = "".join(
    [f"DROP TRIGGER harvested_{event.lower()} ON resources_{table};" for table in TABLES for event in AFTER]
    + [
        f"DROP TRIGGER harvested_names ON {table}; DROP FUNCTION resources_named_in_{table}();"
        for table, *_rest in NAMED
    ]
    + [
        "DROP FUNCTION resources_stamp_records(), resources_stamp_linked(), resources_stamp(bigint[]), "
        "resources_sets(resources_resource), resources_for_everybody(resources_resource);"
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0004_chosen_audience_and_words_of_files"),
        ("stakeholders", "0005_logos_projects_identifiers"),
        ("taxonomy", "0004_synonyms"),
    ]

    operations = [
        migrations.CreateModel(
            name="HarvestHeader",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                ("changed_at", models.DateTimeField(verbose_name="changed at")),
                ("is_live", models.BooleanField(default=True, verbose_name="read by everybody")),
                (
                    "sets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        default=list,
                        size=None,
                        verbose_name="sets",
                    ),
                ),
                ("had_datacite", models.BooleanField(default=False, verbose_name="had what DataCite needs")),
            ],
            options={
                "verbose_name": "header for harvesters",
                "verbose_name_plural": "headers for harvesters",
                "indexes": [
                    models.Index(fields=["changed_at", "number"], name="harvest_by_change"),
                    django.contrib.postgres.indexes.GinIndex(fields=["sets"], name="harvest_sets"),
                ],
            },
        ),
        migrations.RunSQL(
            FUNCTIONS
            + CHANGED.format(name="resources_stamp_records", column="id")
            + CHANGED.format(name="resources_stamp_linked", column="resource_id")
            + ON_TABLES
            + ON_NAMES
            + FILL,
            UNDO,
        ),
    ]
