"""The list of opportunities shows grants and courses: it is old once one changes or closes.

The triggers are made by `manage.py write_triggers`.
"""

from django.db import migrations

# safe: the tables are new, and the release before reads the same version by the same function.

CLOCK = (
    ("publish_at", "news_story"),
    ("opens_at", "reviews_call"), ("opens_at", "reviews_dialogue"),
    ("opens_at", "events_proposalround"), ("opens_at", "events_registrationrules"),
    ("closes_at", "reviews_call"), ("closes_at", "reviews_dialogue"),
    ("closes_at", "events_proposalround"), ("closes_at", "events_registrationrules"),
    ("starts_at", "events_event"), ("ends_at", "events_event"),
)
OFFERED = ("closes_at", "coordination_offering")
TABLES = ("coordination_offering_countries", "coordination_offeringtask")


def version(clock):
    moments = " UNION ALL ".join(
        f"SELECT max({column}) FROM {table} WHERE {column} <= moment" for column, table in clock
    )
    return f"""
CREATE OR REPLACE FUNCTION country_pages_version(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws('.', count(*), min(id), max(id),
        (SELECT n FROM stakeholders_directoryversion WHERE id = 1),
        resources_version(),
        (SELECT extract(epoch FROM max(at)) FROM ({moments}) AS clock(at)))
    FROM taxonomy_countrypagechange
$$;
"""


def trigger(table, function="country_pages_changed()"):
    return migrations.RunSQL(
        f"CREATE TRIGGER country_pages AFTER INSERT OR DELETE OR UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function};",
        f"DROP TRIGGER country_pages ON {table};",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0012_first_steps"),
        ("coordination", "0002_grants_and_courses"),
    ]

    operations = [
        migrations.RunSQL(version((*CLOCK, OFFERED)), version(CLOCK)),
        trigger("coordination_offering", "country_pages_changed_in('published')"),
        *(trigger(table) for table in TABLES),
    ]
