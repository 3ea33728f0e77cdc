from django.db import migrations

# Whose rows the page of a country and that of its review show. Stakeholders and the library count their changes
# themselves. (When a row matters, in words of one row, and the columns that matter; empty: all.)
ALWAYS = (
    "coordination_named", "coordination_network",
    "events_body", "events_event", "events_event_topics", "events_proposalround",
    "events_proposalround_themes", "events_registrationrules",
    "news_story_countries",
    "reviews_call", "reviews_call_countries", "reviews_call_topics",
    "reviews_contribution_countries", "reviews_cosignature", "reviews_countryreview", "reviews_dialogue",
    "reviews_documentkind", "reviews_focalpoint", "reviews_observation", "reviews_phase",
    "reviews_reviewdocument", "reviews_reviewgroup", "reviews_reviewingstate", "reviews_secretariat",
    "reviews_stepkind", "reviews_steprecord",
    "stakeholders_appointment", "stakeholders_appointment_countries", "stakeholders_appointment_regions",
    "taxonomy_article", "taxonomy_cluster", "taxonomy_country", "taxonomy_instrument", "taxonomy_language",
    "taxonomy_participation", "taxonomy_region", "taxonomy_topic",
)
# Drafts are saved every few seconds while somebody writes.
AT_TIMES = {
    "news_story": "{row}.status IN ('published', 'archived')",
    "reviews_contribution": "{row}.status = 'published'",
}
# What pages change by themselves: something opens, closes, begins, ends or comes out.
CLOCK = (
    ("news_story", "publish_at"),
    *((table, column) for column in ("opens_at", "closes_at")
      for table in ("reviews_call", "reviews_dialogue", "events_proposalround", "events_registrationrules")),
    ("events_event", "starts_at"), ("events_event", "ends_at"),
)

FUNCTIONS = """
CREATE FUNCTION country_pages_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO taxonomy_countrypagechange DEFAULT VALUES;
    RETURN NULL;
END $$;
CREATE FUNCTION country_pages_version(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws('.', count(*), min(id), max(id),
        (SELECT n FROM stakeholders_directoryversion WHERE id = 1),
        resources_version(),
        (SELECT extract(epoch FROM max(at)) FROM (""" + " UNION ALL ".join(
    f"SELECT max({column}) FROM {table} WHERE {column} <= moment" for table, column in CLOCK
) + """) AS clock(at)))
    FROM taxonomy_countrypagechange
$$;
"""


def trigger(table, event, condition):
    when = f" WHEN ({condition})" if condition else ""
    return (
        f"CREATE TRIGGER country_pages_{event.lower()} AFTER {event} ON {table} "
        f"FOR EACH ROW{when} EXECUTE FUNCTION country_pages_changed();"
    )


def triggers(table, matters="", columns=""):
    old, new = matters.format(row="OLD"), matters.format(row="NEW")
    changed = "OLD.* IS DISTINCT FROM NEW.*"
    if columns:
        changed = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in columns)
    either = f" AND ({old} OR {new})" if matters else ""
    return [
        trigger(table, "INSERT", new),
        trigger(table, "UPDATE", f"({changed}){either}"),
        trigger(table, "DELETE", old),
    ]


TRIGGERS = [
    *(one for table in ALWAYS for one in triggers(table)),
    *(one for table, matters in AT_TIMES.items() for one in triggers(table, matters)),
    # Signing in changes the row too.
    *triggers("accounts_user", columns=("name", "is_active")),
]
UNDO = [
    *(f"DROP TRIGGER country_pages_{event} ON {table};"
      for table in (*ALWAYS, *AT_TIMES, "accounts_user") for event in ("insert", "update", "delete")),
    "DROP FUNCTION country_pages_version(timestamptz);",
    "DROP FUNCTION country_pages_changed();",
]


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0001_initial"),
        ("coordination", "0001_initial"),
        ("events", "0003_marks_of_documents_and_numbers"),
        ("news", "0003_approval_of_issues"),
        ("portal", "0004_help"),
        ("resources", "0004_chosen_audience_and_words_of_files"),
        ("reviews", "0003_lists_of_documents_and_observations"),
        ("stakeholders", "0006_newest_of_all_entries"),
        ("taxonomy", "0005_countrypagechange"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL("\n".join(TRIGGERS), "\n".join(UNDO)),
    ]
