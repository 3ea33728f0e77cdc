"""Datestamps for harvesters are moved by one trigger a table, made from the list of resources/harvesting/wiring.py."""

from django.db import migrations

# safe: the release before reads the same headers, and they are written as before.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION resources_stamp_record(changed bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    record resources_resource;
BEGIN
    SELECT * INTO record FROM resources_resource WHERE id = changed;
    IF resources_for_everybody(record) THEN
        INSERT INTO resources_harvestheader AS header (number, changed_at, is_live, sets, had_datacite)
        VALUES (changed, clock_timestamp(), true, resources_sets(record),
            record.doi <> '' AND record.publisher <> '' AND record.published_on IS NOT NULL)
        ON CONFLICT (number) DO UPDATE SET changed_at = excluded.changed_at, is_live = true,
            sets = excluded.sets, had_datacite = header.had_datacite OR excluded.had_datacite;
    ELSE
        UPDATE resources_harvestheader SET is_live = false, changed_at = clock_timestamp()
        WHERE number = changed AND is_live;
    END IF;
END $$;
CREATE OR REPLACE FUNCTION resources_record_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM resources_stamp_record(coalesce(NEW.id, OLD.id));
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION resources_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM resources_stamp_record(coalesce(NEW.resource_id, OLD.resource_id));
    IF OLD.resource_id <> NEW.resource_id THEN
        PERFORM resources_stamp_record(OLD.resource_id);
    END IF;
    RETURN NULL;
END $$;
"""
LINKED = ("author", "edition", "resource_countries", "resource_regions", "resource_topics", "resourcestakeholder")
TABLES = {"resource": "resources_record_changed", **dict.fromkeys(LINKED, "resources_part_changed")}


def replaced(table, function):
    """One table at a time, and whole each time, so that a running portal waits for no more than one."""
    old = "".join(
        f"DROP TRIGGER IF EXISTS harvested_{event} ON resources_{table};\n" for event in ("insert", "update", "delete")
    )
    return migrations.RunSQL(
        f"{old}CREATE OR REPLACE TRIGGER harvested AFTER INSERT OR DELETE OR UPDATE ON resources_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}();"
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("resources", "0005_headers_for_harvesters")]

    operations = [
        migrations.RunSQL(FUNCTIONS),
        *(replaced(table, function) for table, function in TABLES.items()),
        migrations.RunSQL("DROP FUNCTION IF EXISTS resources_stamp_records(), resources_stamp_linked();"),
    ]
