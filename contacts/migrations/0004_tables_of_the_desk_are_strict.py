"""What the rows of before have been brought to is now required of all; the old table goes."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_reports_become_enquiries")]

    operations = [
        migrations.RemoveField(
            model_name='outboxmessage',
            name='barrier_report',
        ),
        migrations.RemoveField(
            model_name='enquiry',
            name='done_at',
        ),
        migrations.AlterField(
            model_name='enquiry',
            name='state',
            field=models.CharField(choices=[('new', 'neu'), ('taken', 'übernommen'), ('waiting', 'wartet auf Rückmeldung'), ('answered', 'beantwortet'), ('closed', 'abgeschlossen')], default='new', editable=False, max_length=8, verbose_name='Stand'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(fields=['-created_at', '-id'], name='contacts_enquiry_newest'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(fields=['unit', '-created_at'], name='contacts_enquiry_of_unit'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=Q(('state', 'closed'), _negated=True), fields=['due_on'], name='contacts_enquiry_open'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(fields=['closed_at'], name='contacts_enquiry_closed'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=Q(Q(('closed_at__isnull', False), ('state', 'closed')), Q(Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='contacts_enquiry_closed_has_date'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=Q(Q(('erased_at__isnull', True), Q(('message', ''), _negated=True)), Q(('email', ''), ('erased_at__isnull', False), ('message', ''), ('name', ''), ('phone', ''), ('url', ''), ('wanted_alternative', '')), _connector='OR'), name='contacts_enquiry_words_until_erased'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=Q(Q(('kind', 'barrier'), _negated=True), ('first_answer_at__isnull', True), ('ombuds_named', True), _connector='OR'), name='contacts_barrier_answer_names_ombuds', violation_error_message='Die Antwort muss auf das Ombudsverfahren hinweisen (BITVNRW § 5).'),
        ),
        migrations.AddConstraint(
            model_name='outboxmessage',
            constraint=models.CheckConstraint(condition=Q(Q(('enquiry__isnull', True), ('kind__in', ['digest', 'test'])), Q(Q(('kind__in', ['digest', 'test']), _negated=True), ('enquiry__isnull', False)), _connector='OR'), name='contacts_outbox_has_its_cause'),
        ),
        migrations.DeleteModel(
            name='BarrierReport',
        ),
        migrations.AlterField(
            model_name='enquiry',
            name='due_on',
            field=models.DateField(editable=False, verbose_name='zu beantworten bis'),
        ),
    ]
