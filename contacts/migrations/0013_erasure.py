"""Every enquiry has its version, which the table itself keeps from being changed; what remains of deletion."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

FIXED = {
    "sqlite": [
        "CREATE TRIGGER contacts_purpose_fixed BEFORE UPDATE ON contacts_processingpurpose "
        "BEGIN SELECT RAISE(ABORT, 'a version is never changed'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION contacts_purpose_fixed() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a version is never changed' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER contacts_purpose_fixed BEFORE UPDATE ON contacts_processingpurpose "
        "FOR EACH ROW EXECUTE FUNCTION contacts_purpose_fixed()",
    ],
}
FREE = {
    "sqlite": ["DROP TRIGGER contacts_purpose_fixed"],
    "postgresql": [
        "DROP TRIGGER contacts_purpose_fixed ON contacts_processingpurpose",
        "DROP FUNCTION contacts_purpose_fixed",
    ],
}


def fix_versions(apps, schema_editor):
    for statement in FIXED[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def free_versions(apps, schema_editor):
    for statement in FREE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("contacts", "0012_purposes"),
    ]

    operations = [
        migrations.CreateModel(
            name='DeletionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='wann')),
                ('questions', models.PositiveIntegerField(default=0, verbose_name='Anfragen')),
                ('barriers', models.PositiveIntegerField(default=0, verbose_name='Barrieremeldungen')),
                ('offered', models.PositiveIntegerField(default=0, verbose_name='dem Stadtarchiv angeboten')),
                ('mails', models.PositiveIntegerField(default=0, verbose_name='Mails')),
                ('attachments', models.PositiveIntegerField(default=0, verbose_name='Anhänge')),
                ('files', models.PositiveIntegerField(default=0, verbose_name='verwaiste Dateien')),
                ('audit_entries', models.PositiveIntegerField(default=0, verbose_name='Protokolleinträge')),
            ],
            options={
                'verbose_name': 'Löschlauf',
                'verbose_name_plural': 'Löschprotokoll',
                'ordering': ['-at', '-pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.RemoveField(
            model_name='enquiry',
            name='privacy_version',
        ),
        migrations.AddField(
            model_name='enquiry',
            name='offered_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='dem Stadtarchiv angeboten am'),
        ),
        migrations.AlterField(
            model_name='enquiry',
            name='purpose',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='contacts.processingpurpose', verbose_name='Zweck und Frist'),
        ),
        migrations.CreateModel(
            name='ErasureRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='angelegt')),
                ('digest', models.CharField(max_length=64, verbose_name='Prüfwert der gesuchten Angabe')),
                ('identity', models.CharField(choices=[('mail', 'Antwort von der gespeicherten E-Mail-Adresse'), ('phone', 'Rückruf unter der gespeicherten Nummer'), ('reference', 'Vorgangsnummer und Inhalt genannt'), ('visit', 'persönlich mit Ausweis')], max_length=9, verbose_name='wie die Identität geprüft wurde')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='Vermerk zur Prüfung')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='entschieden')),
                ('state', models.CharField(choices=[('open', 'wartet auf Zustimmung'), ('approved', 'genehmigt, wird ausgeführt'), ('done', 'ausgeführt'), ('refused', 'abgelehnt')], default='open', max_length=8, verbose_name='Stand')),
                ('cases', models.PositiveSmallIntegerField(default=0, verbose_name='Vorgänge')),
                ('erased', models.PositiveSmallIntegerField(default=0, verbose_name='davon gelöscht')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='ausgeführt')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entschieden von')),
                ('enquiries', models.ManyToManyField(blank=True, related_name='+', to='contacts.enquiry', verbose_name='Vorgänge')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
            ],
            options={
                'verbose_name': 'Antrag auf Löschung',
                'verbose_name_plural': 'Anträge auf Löschung',
                'ordering': ['-created_at', '-pk'],
                'permissions': [('handle_requests', 'Kann Auskunft erteilen und Löschung veranlassen'), ('hold_enquiries', 'Kann die Löschung von Anfragen aussetzen und freigeben')],
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(('requested_by', None), ('decided_by', None), models.Q(('requested_by', models.F('decided_by')), _negated=True), _connector='OR'), name='contacts_erasure_by_two'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'approved']), ('note', ''), _connector='OR'), name='contacts_erasure_note_until_decided')],
            },
        ),
        migrations.RunPython(fix_versions, free_versions),
    ]
