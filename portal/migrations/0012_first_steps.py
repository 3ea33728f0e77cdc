import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0011_messages_to_the_team'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HiddenSteps',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('steps', models.CharField(choices=[('administrator', 'First steps of the portal'), ('member', 'First steps of your organization'), ('regional', 'First steps in your region')], max_length=15, verbose_name='list')),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'hidden list of first steps',
                'verbose_name_plural': 'hidden lists of first steps',
                'constraints': [models.UniqueConstraint(fields=('user', 'steps'), name='steps_hidden_once')],
            },
        ),
    ]
