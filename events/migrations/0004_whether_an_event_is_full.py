from django.db import migrations, models

# safe: one short update of a small table, of a column that the release before neither reads nor writes.
FULL = """
UPDATE events_registrationrules AS rules SET is_full = true FROM events_event AS event
WHERE event.id = rules.event_id
    AND (event.mode = 'online' OR rules.seats_in_person <= (
        SELECT count(*) FROM events_registration
        WHERE rules_id = rules.id AND mode = 'in_person' AND status IN ('confirmed', 'offered')
    ))
    AND (event.mode = 'in_person' OR rules.seats_online <= (
        SELECT count(*) FROM events_registration
        WHERE rules_id = rules.id AND mode = 'online' AND status IN ('confirmed', 'offered')
    ))
"""


class Migration(migrations.Migration):
    dependencies = [
        ('events', '0003_marks_of_documents_and_numbers'),
    ]

    operations = [
        migrations.AddField(
            model_name='registrationrules',
            name='is_full',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='full'),
        ),
        migrations.RunSQL(FULL, migrations.RunSQL.noop),
    ]
