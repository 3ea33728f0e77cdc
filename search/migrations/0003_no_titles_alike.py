from django.db import migrations


class Migration(migrations.Migration):
    # Once words are learnt nobody asks for titles by their trigrams, and every write paid dearly for them.

    dependencies = [
        ("search", "0002_words"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="document", name="document_title_alike"),
    ]
