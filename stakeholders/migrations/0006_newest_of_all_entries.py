from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('stakeholders', '0005_logos_projects_identifiers'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='stakeholder', name='stakeholder_newest'),
        migrations.AddIndex(
            model_name='stakeholder',
            index=models.Index(fields=['-created_at', '-id'], name='stakeholder_newest'),
        ),
    ]
