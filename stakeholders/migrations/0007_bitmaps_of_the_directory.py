from django.db import migrations, models

BLOCK = 31_744
LINKS = ("topics", "articles", "engagement_areas", "languages")
KIND = "stakeholders.stakeholder"

# One bit after the other set in a block of nothing: (its place, 1) → the block.
BITS = f"""
ALTER TABLE stakeholders_facetbitmap ALTER COLUMN bits TYPE bit({BLOCK}) USING NULL;
ALTER TABLE stakeholders_facetbitmap ALTER COLUMN bits SET STORAGE PLAIN;
CREATE AGGREGATE stakeholders_bitmap(int, int)
    (SFUNC = set_bit, STYPE = bit, INITCOND = '{"0" * BLOCK}');
"""
NO_BITS = """
DROP AGGREGATE stakeholders_bitmap(int, int);
ALTER TABLE stakeholders_facetbitmap ALTER COLUMN bits TYPE bytea USING '';
"""
NOTE = "INSERT INTO stakeholders_facetchange (stakeholder_id) SELECT DISTINCT"
FACTS = "id, kind, country_id, listing, status, confirmed_at"
# Of an entry itself only what is counted; of its terms every change, and of the document with its words.
FUNCTIONS = f"""
CREATE FUNCTION stakeholders_entries_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {NOTE} id FROM new_rows;
    ELSIF TG_OP = 'DELETE' THEN
        {NOTE} id FROM old_rows;
    ELSE
        {NOTE} id FROM (SELECT {FACTS} FROM old_rows EXCEPT SELECT {FACTS} FROM new_rows) AS changed;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION stakeholders_terms_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        {NOTE} stakeholder_id FROM old_rows;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        {NOTE} stakeholder_id FROM new_rows;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION stakeholders_words_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        {NOTE} object_id FROM old_rows WHERE kind = '{KIND}';
    END IF;
    IF TG_OP <> 'DELETE' THEN
        {NOTE} object_id FROM new_rows WHERE kind = '{KIND}';
    END IF;
    RETURN NULL;
END $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION stakeholders_entries_changed();
DROP FUNCTION stakeholders_terms_changed();
DROP FUNCTION stakeholders_words_changed();
"""
TABLES = {
    "stakeholders_stakeholder": "stakeholders_entries_changed",
    **{f"stakeholders_stakeholder_{name}": "stakeholders_terms_changed" for name in LINKS},
    "search_document": "stakeholders_words_changed",
}
SEEN = {
    "INSERT": "NEW TABLE AS new_rows",
    "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "OLD TABLE AS old_rows",
}
TRIGGERS = "\n".join(
    f"CREATE TRIGGER facets_{act.lower()} AFTER {act} ON {table} REFERENCING {rows} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
    for table, function in TABLES.items()
    for act, rows in SEEN.items()
)
NO_TRIGGERS = "\n".join(
    f"DROP TRIGGER facets_{act.lower()} ON {table};" for table in TABLES for act in SEEN
)
SHOWN = models.Q(
    status__in=("listed", "active"), listing__in=("public", "members_states", "members")
)
EVERYBODY = "INSERT INTO stakeholders_facetchange (stakeholder_id) SELECT id FROM stakeholders_stakeholder;"


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("stakeholders", "0006_newest_of_all_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="CommonWord",
            fields=[
                ("word", models.CharField(max_length=100, primary_key=True, serialize=False, verbose_name="word")),
            ],
            options={
                "verbose_name": "common word of the directory",
                "verbose_name_plural": "common words of the directory",
            },
        ),
        migrations.CreateModel(
            name="FacetBitmap",
            fields=[
                ("pk", models.CompositePrimaryKey("facet", "block", "code", blank=True, editable=False, primary_key=True, serialize=False)),
                ("facet", models.CharField(max_length=20, verbose_name="facet")),
                ("code", models.CharField(max_length=100, verbose_name="code")),
                ("block", models.IntegerField(verbose_name="block")),
                ("bits", models.BinaryField(verbose_name="bits")),
            ],
            options={
                "verbose_name": "bitmap of the directory",
                "verbose_name_plural": "bitmaps of the directory",
            },
        ),
        migrations.CreateModel(
            name="FacetChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stakeholder_id", models.BigIntegerField(verbose_name="stakeholder")),
            ],
            options={
                "verbose_name": "change of the directory's facets",
                "verbose_name_plural": "changes of the directory's facets",
            },
        ),
        migrations.RemoveIndex(model_name="stakeholder", name="stakeholder_directory"),
        migrations.AddIndex(
            model_name="stakeholder",
            index=models.Index(condition=SHOWN, fields=["sort_key", "id"], name="stakeholder_directory"),
        ),
        migrations.AddIndex(
            model_name="stakeholder",
            index=models.Index(
                models.F("confirmed_at").desc(nulls_last=True), models.F("sort_key"), models.F("id"),
                condition=SHOWN, name="stakeholder_last_confirmed",
            ),
        ),
        migrations.RunSQL(BITS, NO_BITS),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        migrations.RunSQL(EVERYBODY, migrations.RunSQL.noop),
    ]
