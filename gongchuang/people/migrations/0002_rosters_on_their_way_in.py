import django.db.models.deletion
import gongchuang.kernel.clock
import gongchuang.kernel.secret
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_units_persons_and_posts'),
    ]

    operations = [
        migrations.CreateModel(
            name='ColumnMemory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('columns', models.JSONField(default=dict)),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gongchuang.kernel.clock.new_uid, editable=False, unique=True)),
                ('file_name', models.CharField(max_length=200)),
                ('file_digest', models.CharField(max_length=64)),
                ('sheet', models.CharField(blank=True, max_length=100)),
                ('head', models.IntegerField(default=0)),
                ('columns', models.JSONField(default=list)),
                ('repairs', models.JSONField(default=dict)),
                ('groups', models.JSONField(default=list)),
                ('counts', models.JSONField(default=dict)),
                ('state', models.CharField(default='staged', max_length=10)),
                ('made_units', models.JSONField(default=list)),
                ('message', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(default=gongchuang.kernel.clock.now)),
                ('applied_at', models.DateTimeField(null=True)),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('outcome', models.CharField(blank=True, max_length=8)),
                ('has_reminder', models.BooleanField(default=False)),
                ('content', gongchuang.kernel.secret.EncryptedField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='people.importrun')),
            ],
        ),
        migrations.AddIndex(
            model_name='importrun',
            index=models.Index(fields=['unit', '-id'], name='importrun_unit'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(fields=['run', 'outcome', 'number'], name='importrow_outcome'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(fields=('run', 'number'), name='importrow_once'),
        ),
    ]
