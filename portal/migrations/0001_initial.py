from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(choices=[('about', 'about'), ('terms', 'terms'), ('privacy', 'privacy'), ('accessibility', 'accessibility'), ('cookies', 'cookies'), ('moderation', 'moderation'), ('vetting-criteria', 'vetting-criteria'), ('map-disclaimer', 'map-disclaimer'), ('contact', 'contact')], max_length=30, verbose_name='address')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], default='en', max_length=2, verbose_name='language')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('lead', models.CharField(blank=True, max_length=240, verbose_name='what this page is for')),
                ('body', models.TextField(help_text='Markdown: ## heading, - list, [words](address).', verbose_name='text')),
                ('legal_status', models.CharField(choices=[('plain', 'no legal text'), ('draft', 'draft, not cleared'), ('cleared', 'cleared')], default='plain', max_length=10, verbose_name='legal status')),
                ('seed', models.CharField(blank=True, editable=False, max_length=64, verbose_name='digest of the text that came with the software')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
            ],
            options={
                'verbose_name': 'trust page',
                'verbose_name_plural': 'trust pages',
                'ordering': ['slug', 'language'],
                'constraints': [models.UniqueConstraint(fields=('slug', 'language'), name='one_text_per_page_and_language')],
            },
        ),
    ]
