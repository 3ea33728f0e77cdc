"""The pages about countries have one trigger a table, made from the list of portal/countries/wiring.py.

A trigger for several events cannot compare before and after in its condition, so the functions do it. The version
of the tracker is moved by them too, no longer by each saved row.
"""

from django.db import migrations

# safe: the release before reads the same versions, which the new triggers move as the old ones did.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION country_pages_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD IS DISTINCT FROM NEW THEN
        INSERT INTO taxonomy_countrypagechange DEFAULT VALUES;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION review_pages_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD IS DISTINCT FROM NEW THEN
        INSERT INTO taxonomy_countrypagechange DEFAULT VALUES;
        INSERT INTO reviews_reviewsversion AS version (id, n) VALUES (1, 1)
            ON CONFLICT (id) DO UPDATE SET n = version.n + 1;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION country_pages_changed_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.status = ANY (TG_ARGV) OR NEW.status = ANY (TG_ARGV))
        AND (TG_OP <> 'UPDATE' OR OLD IS DISTINCT FROM NEW)
    THEN
        INSERT INTO taxonomy_countrypagechange DEFAULT VALUES;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION country_pages_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR (OLD.name, OLD.is_active) IS DISTINCT FROM (NEW.name, NEW.is_active) THEN
        INSERT INTO taxonomy_countrypagechange DEFAULT VALUES;
    END IF;
    RETURN NULL;
END $$;
"""
ALWAYS = (
    "coordination_named", "coordination_network",
    "events_body", "events_event", "events_event_topics", "events_proposalround",
    "events_proposalround_themes", "events_registrationrules",
    "news_newslink", "news_story_countries", "news_storyimage",
    "reviews_call", "reviews_call_countries", "reviews_call_topics",
    "reviews_contribution_countries", "reviews_cosignature", "reviews_dialogue", "reviews_observation",
    "stakeholders_appointment", "stakeholders_appointment_countries", "stakeholders_appointment_regions",
    "taxonomy_language", "taxonomy_topic",
)
OF_REVIEWS = (
    "reviews_countryreview", "reviews_documentkind", "reviews_focalpoint", "reviews_measure", "reviews_phase",
    "reviews_reviewdocument", "reviews_reviewgroup", "reviews_reviewingstate", "reviews_secretariat",
    "reviews_snapshot", "reviews_stepkind", "reviews_steprecord",
    "taxonomy_article", "taxonomy_cluster", "taxonomy_country", "taxonomy_instrument", "taxonomy_participation",
    "taxonomy_region",
)
CALLS = {
    **{table: ("UPDATE", "country_pages_changed()") for table in ALWAYS},
    **{table: ("UPDATE", "review_pages_changed()") for table in OF_REVIEWS},
    "news_story": ("UPDATE", "country_pages_changed_in('published', 'archived')"),
    "reviews_contribution": ("UPDATE", "country_pages_changed_in('published')"),
    "accounts_user": ("UPDATE OF name, is_active", "country_pages_person_changed()"),
}


def replaced(table, update, function):
    """One table at a time, and whole each time, so that a running portal waits for no more than one."""
    old = "".join(
        f"DROP TRIGGER IF EXISTS country_pages_{event} ON {table};\n" for event in ("insert", "update", "delete")
    )
    return migrations.RunSQL(
        f"{old}CREATE OR REPLACE TRIGGER country_pages AFTER INSERT OR DELETE OR {update} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function};"
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("portal", "0008_usage")]

    operations = [
        migrations.RunSQL(FUNCTIONS),
        *(replaced(table, update, function) for table, (update, function) in CALLS.items()),
    ]
