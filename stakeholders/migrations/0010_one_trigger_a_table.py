"""Changed entries are noted by one trigger a table, made from the list of stakeholders/directory/wiring.py."""

from django.db import migrations

# safe: what the release before reads is noted as before, in `stakeholders_facetchange`.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION stakeholders_entry_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE'
        OR (OLD.id, OLD.kind, OLD.country_id, OLD.listing, OLD.status, OLD.confirmed_at)
        IS DISTINCT FROM (NEW.id, NEW.kind, NEW.country_id, NEW.listing, NEW.status, NEW.confirmed_at)
    THEN
        INSERT INTO stakeholders_facetchange (stakeholder_id) VALUES (coalesce(OLD.id, NEW.id));
        INSERT INTO stakeholders_pendingentry (stakeholder_id) VALUES (coalesce(OLD.id, NEW.id));
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION stakeholders_term_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO stakeholders_facetchange (stakeholder_id) VALUES (OLD.stakeholder_id);
        INSERT INTO stakeholders_pendingentry (stakeholder_id) VALUES (OLD.stakeholder_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO stakeholders_facetchange (stakeholder_id) VALUES (NEW.stakeholder_id);
        INSERT INTO stakeholders_pendingentry (stakeholder_id) VALUES (NEW.stakeholder_id);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION stakeholders_document_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.kind = 'stakeholders.stakeholder' THEN
        INSERT INTO stakeholders_facetchange (stakeholder_id) VALUES (OLD.object_id);
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.kind = 'stakeholders.stakeholder' THEN
        INSERT INTO stakeholders_facetchange (stakeholder_id) VALUES (NEW.object_id);
    END IF;
    RETURN NULL;
END $$;
"""
TERMS = ("topics", "articles", "engagement_areas", "languages")
CALLS = {
    "stakeholders_stakeholder": (
        "UPDATE OF id, kind, country_id, listing, status, confirmed_at",
        "stakeholders_entry_changed",
    ),
    **{f"stakeholders_stakeholder_{name}": ("UPDATE", "stakeholders_term_changed") for name in TERMS},
    "search_document": ("UPDATE", "stakeholders_document_changed"),
}


def replaced(table, update, function):
    """One table at a time, and whole each time, so that a running portal waits for no more than one."""
    old = "".join(
        f"DROP TRIGGER IF EXISTS facets_{event} ON {table};\n" for event in ("insert", "update", "delete")
    )
    return migrations.RunSQL(
        f"{old}CREATE OR REPLACE TRIGGER facets AFTER INSERT OR DELETE OR {update} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}();"
    )


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("search", "0002_longer_list_of_words"), ("stakeholders", "0009_sets_of_the_directory")]

    operations = [
        migrations.RunSQL(FUNCTIONS),
        *(replaced(table, update, function) for table, (update, function) in CALLS.items()),
        migrations.RunSQL(
            "DROP FUNCTION IF EXISTS stakeholders_entries_changed(), stakeholders_terms_changed(), "
            "stakeholders_words_changed();"
        ),
    ]
