import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('taxonomy', '0005_countrypagechange'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgeRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=40, unique=True, verbose_name='source')),
                ('is_on', models.BooleanField(default=True, verbose_name='remind the desk')),
                ('months', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='months')),
                ('number', models.PositiveIntegerField(default=0, editable=False, verbose_name='facts to check')),
                ('oldest', models.DateField(blank=True, editable=False, null=True, verbose_name='oldest')),
                ('counted_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='counted at')),
            ],
            options={
                'verbose_name': 'rule on the age of facts',
                'verbose_name_plural': 'rules on the age of facts',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('months__range', (1, 120))), name='age_rule_months_possible')],
            },
        ),
    ]
