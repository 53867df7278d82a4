import django.db.models.deletion
from django.db import migrations, models

import gongchuang.kernel.clock
import gongchuang.kernel.text


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_units_persons_posts_and_rosters'),
        ('results', '0001_results_benefits_and_spreads'),
    ]

    operations = [
        migrations.CreateModel(
            name='Studio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gongchuang.kernel.clock.new_uid, editable=False, unique=True)),
                ('version', models.IntegerField(default=0, editable=False)),
                ('no', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('level', models.CharField(choices=[('enterprise', gongchuang.kernel.text.Text('企业级', 'Enterprise')), ('district', gongchuang.kernel.text.Text('区市级', 'District')), ('city', gongchuang.kernel.text.Text('市级', 'City')), ('province', gongchuang.kernel.text.Text('省级', 'Province')), ('nation', gongchuang.kernel.text.Text('全国', 'National'))], max_length=12)),
                ('kind', models.CharField(choices=[('model_worker', gongchuang.kernel.text.Text('劳模创新工作室', "Model worker's")), ('craftsman', gongchuang.kernel.text.Text('工匠创新工作室', "Craftsman's")), ('worker', gongchuang.kernel.text.Text('职工创新工作室', "Worker's")), ('joint', gongchuang.kernel.text.Text('联合创新工作室', 'Joint'))], max_length=16)),
                ('field', models.CharField(max_length=80)),
                ('industry', models.CharField(blank=True, max_length=40)),
                ('introduction', models.TextField(blank=True)),
                ('founded_on', models.DateField()),
                ('document_no', models.CharField(blank=True, max_length=40)),
                ('named_on', models.DateField(null=True)),
                ('struck_off_on', models.DateField(null=True)),
                ('struck_off_for', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(choices=[('applied', gongchuang.kernel.text.Text('已申报', 'Applied')), ('sent_back', gongchuang.kernel.text.Text('已退回', 'Sent back')), ('recommended', gongchuang.kernel.text.Text('已推荐', 'Recommended')), ('reviewed', gongchuang.kernel.text.Text('已审核', 'Reviewed')), ('forwarded', gongchuang.kernel.text.Text('待命名', 'To be named')), ('named', gongchuang.kernel.text.Text('已命名', 'Named')), ('rectifying', gongchuang.kernel.text.Text('限期整改', 'To be put right')), ('struck_off', gongchuang.kernel.text.Text('已摘牌', 'Struck off'))], db_index=True, default='applied', max_length=24)),
                ('applied_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_studios', to='people.person')),
                ('mother', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='studios.studio')),
                ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('recommended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='studios', to='people.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Mentorship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gongchuang.kernel.clock.new_uid, editable=False, unique=True)),
                ('version', models.IntegerField(default=0, editable=False)),
                ('no', models.CharField(max_length=20, unique=True)),
                ('trade', models.CharField(max_length=40)),
                ('goals', models.CharField(max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('outcome', models.CharField(blank=True, max_length=300)),
                ('closed_on', models.DateField(null=True)),
                ('state', models.CharField(choices=[('proposed', gongchuang.kernel.text.Text('待徒弟确认', 'To be agreed')), ('agreed', gongchuang.kernel.text.Text('带徒中', 'Under way')), ('completed', gongchuang.kernel.text.Text('已出师', 'Completed')), ('ended', gongchuang.kernel.text.Text('已终止', 'Ended'))], db_index=True, default='proposed', max_length=24)),
                ('apprentice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='apprenticeships_taken', to='people.person')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('mentor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='apprenticeships_given', to='people.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentorships', to='people.unit')),
                ('studio', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mentorships', to='studios.studio')),
            ],
        ),
        migrations.CreateModel(
            name='InnovationGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gongchuang.kernel.clock.new_uid, editable=False, unique=True)),
                ('version', models.IntegerField(default=0, editable=False)),
                ('no', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('team', gongchuang.kernel.text.Text('创新班组', 'Innovation team')), ('group', gongchuang.kernel.text.Text('创新小组', 'Innovation group'))], max_length=8)),
                ('name', models.CharField(max_length=60)),
                ('field', models.CharField(max_length=80)),
                ('founded_on', models.DateField()),
                ('confirmed_on', models.DateField(null=True)),
                ('disbanded_on', models.DateField(null=True)),
                ('state', models.CharField(choices=[('registered', gongchuang.kernel.text.Text('待确认', 'To be confirmed')), ('confirmed', gongchuang.kernel.text.Text('已确认', 'Confirmed')), ('disbanded', gongchuang.kernel.text.Text('已解散', 'Disbanded'))], db_index=True, default='registered', max_length=24)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='led_groups', to='people.person')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='innovation_groups', to='people.unit')),
                ('studio', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='studios.studio')),
            ],
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gongchuang.kernel.clock.new_uid, editable=False, unique=True)),
                ('version', models.IntegerField(default=0, editable=False)),
                ('no', models.CharField(max_length=20, unique=True)),
                ('function', models.CharField(choices=[('study', gongchuang.kernel.text.Text('学习培训', 'Study and training')), ('handing_on', gongchuang.kernel.text.Text('技能传承', 'Handing on skills')), ('problem', gongchuang.kernel.text.Text('创新攻关', 'Tackling problems'))], max_length=12)),
                ('title', models.CharField(max_length=80)),
                ('note', models.TextField(blank=True)),
                ('held_on', models.DateField()),
                ('state', models.CharField(choices=[('logged', gongchuang.kernel.text.Text('待确认', 'To be confirmed')), ('sent_back', gongchuang.kernel.text.Text('已退回', 'Sent back')), ('accepted', gongchuang.kernel.text.Text('已确认', 'Accepted'))], db_index=True, default='logged', max_length=24)),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('logged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='studios.studio')),
            ],
            options={
                'verbose_name_plural': 'activities',
            },
        ),
        migrations.CreateModel(
            name='StudioMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gongchuang.kernel.clock.new_uid, editable=False, unique=True)),
                ('version', models.IntegerField(default=0, editable=False)),
                ('part', models.CharField(choices=[('leader', gongchuang.kernel.text.Text('领衔人', 'Leader')), ('core', gongchuang.kernel.text.Text('骨干', 'Core member')), ('member', gongchuang.kernel.text.Text('成员', 'Member'))], max_length=8)),
                ('joined_on', models.DateField()),
                ('left_on', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='studio_memberships', to='people.person')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='studios.studio')),
            ],
        ),
        migrations.CreateModel(
            name='StudioResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gongchuang.kernel.clock.new_uid, editable=False, unique=True)),
                ('version', models.IntegerField(default=0, editable=False)),
                ('noted_on', models.DateField()),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('result', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='studio_link', to='results.result')),
                ('studio', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='result_links', to='studios.studio')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TeamMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gongchuang.kernel.clock.new_uid, editable=False, unique=True)),
                ('version', models.IntegerField(default=0, editable=False)),
                ('no', models.CharField(max_length=20, unique=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('stations_total', models.PositiveIntegerField()),
                ('stations_automated', models.PositiveIntegerField()),
                ('output_fen', models.BigIntegerField()),
                ('basis', models.CharField(choices=[('output', gongchuang.kernel.text.Text('总产值', 'Gross output value')), ('sales', gongchuang.kernel.text.Text('销售收入', 'Sales revenue')), ('value_added', gongchuang.kernel.text.Text('增加值', 'Value added'))], max_length=12)),
                ('heads_tenths', models.PositiveIntegerField()),
                ('evidence', models.CharField(max_length=120)),
                ('confirmed_on', models.DateField(null=True)),
                ('state', models.CharField(choices=[('entered', gongchuang.kernel.text.Text('待确认', 'To be confirmed')), ('sent_back', gongchuang.kernel.text.Text('已退回', 'Sent back')), ('confirmed', gongchuang.kernel.text.Text('已确认', 'Confirmed')), ('replaced', gongchuang.kernel.text.Text('已更正', 'Replaced'))], db_index=True, default='entered', max_length=24)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='studios.teammeasure')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='team_measures', to='people.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ActivityPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gongchuang.kernel.clock.new_uid, editable=False, unique=True)),
                ('version', models.IntegerField(default=0, editable=False)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='studios.activity')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='studio_activities', to='people.person')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('activity', 'person'), name='activity_part_once')],
            },
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=gongchuang.kernel.clock.new_uid, editable=False, unique=True)),
                ('version', models.IntegerField(default=0, editable=False)),
                ('joined_on', models.DateField()),
                ('left_on', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='group_memberships', to='people.person')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='studios.innovationgroup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_on__isnull', True)), fields=('group', 'person'), name='group_member_once'), models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='group_member_left_on')],
            },
        ),
        migrations.AddIndex(
            model_name='studio',
            index=models.Index(fields=['unit', 'state'], name='studio_unit_state'),
        ),
        migrations.AddConstraint(
            model_name='studio',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['enterprise', 'district', 'city', 'province', 'nation'])), name='studio_level'),
        ),
        migrations.AddConstraint(
            model_name='studio',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['model_worker', 'craftsman', 'worker', 'joint'])), name='studio_kind'),
        ),
        migrations.AddConstraint(
            model_name='studio',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('named', 'rectifying'))), fields=('leader', 'level'), name='studio_one_per_leader_and_level'),
        ),
        migrations.AddConstraint(
            model_name='studio',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('named', 'rectifying'))), fields=('name', 'level'), name='studio_name_once'),
        ),
        migrations.AddConstraint(
            model_name='studio',
            constraint=models.CheckConstraint(condition=models.Q(('mother__isnull', True), models.Q(('mother', models.F('id')), _negated=True), _connector='OR'), name='studio_not_its_own_mother'),
        ),
        migrations.AddConstraint(
            model_name='studio',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['named', 'rectifying', 'struck_off']), _negated=True), models.Q(('named_on__isnull', False), models.Q(('document_no', ''), _negated=True)), _connector='OR'), name='studio_named_by_document'),
        ),
        migrations.AddConstraint(
            model_name='studio',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'struck_off'), ('struck_off_on__gte', models.F('named_on'))), models.Q(models.Q(('state', 'struck_off'), _negated=True), ('struck_off_on__isnull', True)), _connector='OR'), name='studio_struck_off_on'),
        ),
        migrations.AddConstraint(
            model_name='mentorship',
            constraint=models.CheckConstraint(condition=models.Q(('mentor', models.F('apprentice')), _negated=True), name='mentorship_of_two'),
        ),
        migrations.AddConstraint(
            model_name='mentorship',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='mentorship_term'),
        ),
        migrations.AddConstraint(
            model_name='mentorship',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state__in', ['completed', 'ended'])), models.Q(('closed_on__isnull', True), ('state__in', ['proposed', 'agreed'])), _connector='OR'), name='mentorship_closed_on'),
        ),
        migrations.AddConstraint(
            model_name='mentorship',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'agreed'])), fields=('mentor', 'apprentice'), name='mentorship_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='innovationgroup',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['team', 'group'])), name='group_kind'),
        ),
        migrations.AddConstraint(
            model_name='innovationgroup',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'disbanded'), _negated=True), fields=('unit', 'name'), name='group_name_once'),
        ),
        migrations.AddConstraint(
            model_name='innovationgroup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_on__isnull', False), _connector='OR'), name='group_confirmed_on'),
        ),
        migrations.AddConstraint(
            model_name='innovationgroup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('disbanded_on__isnull', False), ('state', 'disbanded')), models.Q(models.Q(('state', 'disbanded'), _negated=True), ('disbanded_on__isnull', True)), _connector='OR'), name='group_disbanded_on'),
        ),
        migrations.AddConstraint(
            model_name='innovationgroup',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('registered_by')), _negated=True), name='group_four_eyes'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(fields=['studio', 'held_on'], name='activity_studio_day'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('function__in', ['study', 'handing_on', 'problem'])), name='activity_function'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), ('accepted_by__isnull', False), _connector='OR'), name='activity_accepted_by'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('accepted_by', models.F('logged_by')), _negated=True), name='activity_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='studiomember',
            constraint=models.CheckConstraint(condition=models.Q(('part__in', ['leader', 'core', 'member'])), name='studio_member_part'),
        ),
        migrations.AddConstraint(
            model_name='studiomember',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on__isnull', True)), fields=('studio', 'person'), name='studio_member_once'),
        ),
        migrations.AddConstraint(
            model_name='studiomember',
            constraint=models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='studio_member_left_on'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['output', 'sales', 'value_added'])), name='measure_basis'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='measure_term'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('stations_automated__lte', models.F('stations_total'))), name='measure_part_of_whole'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('stations_total__gte', 1)), name='measure_stations'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('heads_tenths__gte', 1), ('output_fen__gte', 0)), name='measure_heads_and_output'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by', models.F('entered_by')), _negated=True), name='measure_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_on__isnull', False), _connector='OR'), name='measure_confirmed_on'),
        ),
        migrations.AddConstraint(
            model_name='teammeasure',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'confirmed')), fields=('unit', 'ends_on'), name='measure_one_confirmed'),
        ),
    ]
