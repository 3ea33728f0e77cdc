import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.functions.datetime
import django.utils.timezone
from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models


# Accents do not part words in the languages of Latin letters; the other stemmers read their own marks.
CONFIGS = """
CREATE TEXT SEARCH CONFIGURATION portal_en (COPY = english);
ALTER TEXT SEARCH CONFIGURATION portal_en
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
CREATE TEXT SEARCH CONFIGURATION portal_es (COPY = spanish);
ALTER TEXT SEARCH CONFIGURATION portal_es
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, spanish_stem;
CREATE TEXT SEARCH CONFIGURATION portal_fr (COPY = french);
ALTER TEXT SEARCH CONFIGURATION portal_fr
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
"""
DROP_CONFIGS = """
DROP TEXT SEARCH CONFIGURATION portal_en;
DROP TEXT SEARCH CONFIGURATION portal_es;
DROP TEXT SEARCH CONFIGURATION portal_fr;
"""
VECTOR = """
CREATE FUNCTION search_vector(names text, stemmed text, plain text, config text) RETURNS tsvector
LANGUAGE sql STABLE PARALLEL SAFE SET search_path FROM CURRENT
RETURN setweight(to_tsvector('simple', names), 'A')
    || setweight(to_tsvector(config::regconfig, stemmed), 'C')
    || setweight(to_tsvector('simple', plain), 'D');
"""
DROP_VECTOR = "DROP FUNCTION search_vector(text, text, text, text);"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(CONFIGS, DROP_CONFIGS),
        migrations.RunSQL(VECTOR, DROP_VECTOR),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='at')),
            ],
            options={
                'verbose_name': 'change of the index',
                'verbose_name_plural': 'changes of the index',
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80, verbose_name='kind')),
                ('object_id', models.BigIntegerField(verbose_name='object')),
                ('part', models.PositiveIntegerField(default=0, verbose_name='part')),
                ('part_label', models.CharField(blank=True, max_length=60, verbose_name='name of the part')),
                ('language', models.CharField(blank=True, max_length=10, verbose_name='language')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('audience', models.SmallIntegerField(null=True, verbose_name='who may find it')),
                ('country', models.CharField(blank=True, max_length=3, verbose_name='country (ISO3)')),
                ('facets', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, verbose_name='facets')),
                ('url_name', models.CharField(max_length=80, verbose_name='name of its page')),
                ('url_args', models.JSONField(default=list, verbose_name='arguments of its page')),
                ('anchor', models.CharField(blank=True, max_length=20, verbose_name='place on its page')),
                ('pages_of', models.CharField(blank=True, editable=False, max_length=64)),
                ('sort_key', models.CharField(max_length=300)),
                ('tsv', django.contrib.postgres.search.SearchVectorField(verbose_name='words')),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='updated at')),
            ],
            options={
                'verbose_name': 'document of the index',
                'verbose_name_plural': 'documents of the index',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=True, fields=['kind', 'tsv'], gin_pending_list_limit=256, name='document_words'), models.Index(condition=models.Q(('part', 0)), fields=['sort_key'], name='document_title_begins')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id', 'part'), name='one_document_per_part')],
            },
        ),
        migrations.CreateModel(
            name='Often',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(verbose_name='week (its Monday)')),
                ('text', models.CharField(max_length=100, verbose_name='words')),
                ('visitors', models.PositiveIntegerField(verbose_name='visitors')),
                ('in_vain', models.PositiveIntegerField(default=0, verbose_name='of them, found nothing')),
            ],
            options={
                'verbose_name': 'search that many made',
                'verbose_name_plural': 'searches that many made',
                'constraints': [models.UniqueConstraint(fields=('week', 'text'), name='often_once_a_week')],
            },
        ),
        migrations.CreateModel(
            name='Stale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80, verbose_name='kind')),
                ('object_id', models.BigIntegerField(verbose_name='object')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
            ],
            options={
                'verbose_name': 'object not in the search yet',
                'verbose_name_plural': 'objects not in the search yet',
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='stale_once')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(max_length=100, primary_key=True, serialize=False, verbose_name='word')),
                ('times', models.PositiveIntegerField(verbose_name='how many documents hold it')),
            ],
            options={
                'verbose_name': 'word of the index',
                'verbose_name_plural': 'words of the index',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['word'], name='word_alike', opclasses=['gin_trgm_ops'])],
            },
        ),
    ]
