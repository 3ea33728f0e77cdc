from django.db import migrations

NAME = "usersessions_usersession_user_id_af5e0a6d_fk_accounts_user_id"
KEY = (
    f"ALTER TABLE usersessions_usersession DROP CONSTRAINT {NAME}, "
    f"ADD CONSTRAINT {NAME} FOREIGN KEY (user_id) REFERENCES accounts_user (id) {{}}"
    "DEFERRABLE INITIALLY DEFERRED;"
)


class Migration(migrations.Migration):
    """The release before does not know this table: there, too, a person who leaves takes sessions along."""

    dependencies = [
        ("accounts", "0002_tokens_that_write"),
        ("usersessions", "0001_initial"),
    ]

    operations = [
        # safe: the table has just been made and is empty, so that nothing is read and nobody waits.
        migrations.RunSQL(KEY.format("ON DELETE CASCADE "), KEY.format("")),
    ]
