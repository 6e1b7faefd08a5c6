"""Who may do what in the admin: groups, the rights of each, and the workflow of approval.

The tables are the whole truth; `apply_roles()` makes the database agree with them and is run at every set-up.
"""

from dataclasses import dataclass, field

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from jobs.models import JobIndexPage
from news.models import EventIndexPage, NewsIndexPage
from stadterneuerung.home.models import HomePage

EDITORS = "Redaktion"
APPROVERS = "Freigabe"
ADMINISTRATORS = "Administration"
CASEWORKERS = "Sachbearbeitung"
DATA_PROTECTION = "Datenschutz"

WORKFLOW = "Freigabe"
COLLECTIONS = ["Fotos", "Pläne und Berichte", "Formulare", "Filme"]

# Records that editors keep beside pages: app label → models.
RECORDS = {
    "organisation": ["organisationunit", "servicepoint"],
    "projects": ["fundingprogramme"],
    "base": ["topic", "openquestion"],
    "areas": ["areageometry"],
    "contacts": ["enquirysubject", "routingrule", "deputy", "unitdesk", "answertemplate"],
}
# Enquiries are never deleted by hand. Without LEADS one sees those of one's own units (organisation.Membership).
DESK = ["contacts.view_enquiry", "contacts.change_enquiry"]
LEADS = [*DESK, "contacts.view_all_enquiries"]
# Leads keep the rules in order; one that is no longer needed goes, and so does a deputy entered by mistake.
ROUTING = ["contacts.delete_routingrule", "contacts.delete_deputy"]
# Who sees to deletion and to people's rights. Who read what is seen by data protection alone: administrators read, too.
RIGHTS_OF_PERSONS = [
    "contacts.handle_requests",
    "contacts.view_processingpurpose",
    "contacts.add_processingpurpose",
    "contacts.view_deletionrun",
]
HOLDS = ["contacts.hold_enquiries"]
OPERATIONS = ["contacts.view_outboxmessage", "contacts.change_outboxmessage"]


def _records(*actions: str) -> list[str]:
    return [f"{app}.{action}_{model}" for app, models in RECORDS.items() for model in models for action in actions]


@dataclass(frozen=True)
class Role:
    """Rights of a group: on pages by page type (held by the page and all below it), on files, on models."""

    pages: dict[type[Page], list[str]]
    files: list[str] = field(default_factory=lambda: ["add", "choose"])
    models: list[str] = field(default_factory=list)


ROLES = {
    # Writes everything, publishes news, events and vacancies; the rest goes to approval.
    EDITORS: Role(
        pages={
            HomePage: ["add", "change"],
            NewsIndexPage: ["publish"],
            EventIndexPage: ["publish"],
            JobIndexPage: ["publish"],
        },
        models=[*_records("view"), "organisation.change_servicepoint", *DESK],
    ),
    APPROVERS: Role(
        pages={HomePage: ["add", "change", "publish", "lock", "unlock"]},
        files=["add", "change", "choose"],
        models=[*_records("view", "add", "change"), *LEADS, *ROUTING, *HOLDS],
    ),
    ADMINISTRATORS: Role(
        pages={HomePage: ["add", "change", "publish", "bulk_delete", "lock", "unlock"]},
        files=["add", "change", "delete", "choose"],
        models=[
            *_records("view", "add", "change", "delete"),
            *LEADS,
            *OPERATIONS,
            *RIGHTS_OF_PERSONS,
            *HOLDS,
            # Whose servers ours asks is decided by few.
            "kataster.view_mapbackground",
            "kataster.add_mapbackground",
            "kataster.change_mapbackground",
            "kataster.delete_mapbackground",
            "base.change_sitesettings",
            "base.view_tombstone",
            "base.change_tombstone",
            "base.delete_tombstone",
            "organisation.view_membership",
            "organisation.add_membership",
            "organisation.change_membership",
            "organisation.delete_membership",
            "users.view_user",
            "users.add_user",
            "users.change_user",
            "users.delete_user",
            "wagtailredirects.view_redirect",
            "wagtailredirects.add_redirect",
            "wagtailredirects.change_redirect",
            "wagtailredirects.delete_redirect",
            "wagtailsearchpromotions.view_searchpromotion",
            "wagtailsearchpromotions.add_searchpromotion",
            "wagtailsearchpromotions.change_searchpromotion",
            "wagtailsearchpromotions.delete_searchpromotion",
            "wagtailcore.add_collection",
            "wagtailcore.change_collection",
            "wagtailcore.delete_collection",
            "wagtailcore.add_workflow",
            "wagtailcore.change_workflow",
            "simple_translation.submit_translation",
        ],
    ),
    # Answers enquiries and writes no pages.
    CASEWORKERS: Role(pages={}, files=[], models=DESK),
    # Reads who read what and answers to persons; no list of the desk is open for that reason alone.
    DATA_PROTECTION: Role(pages={}, files=[], models=["contacts.view_auditentry", *RIGHTS_OF_PERSONS, *HOLDS]),
}


def apply_roles() -> None:
    """Make groups, rights, collections and workflow agree with the tables above."""
    root_collection = Collection.get_first_root_node()
    existing = set(root_collection.get_children().values_list("name", flat=True))
    for name in COLLECTIONS:
        if name not in existing:
            root_collection.add_child(name=name)
    for name, role in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(["wagtailadmin.access_admin", *role.models]))
        _set_page_permissions(group, role)
        _set_file_permissions(group, role, root_collection)
    _set_workflow()


def _permissions(names: list[str]) -> list[Permission]:
    """Return the permissions named "app.codename"; an unknown one is a mistake in the tables."""
    wanted = {tuple(name.split(".", 1)) for name in names}
    found = Permission.objects.filter(codename__in=[codename for _, codename in wanted]).select_related("content_type")
    by_name = {(permission.content_type.app_label, permission.codename): permission for permission in found}
    if missing := wanted - by_name.keys():
        raise LookupError(f"Unbekannte Rechte: {', '.join(sorted('.'.join(name) for name in missing))}")
    return [by_name[name] for name in wanted]


def _set_page_permissions(group: Group, role: Role) -> None:
    """Grant the rights on every page of the types named, so on the start pages of all languages."""
    keep = []
    for model, actions in role.pages.items():
        permissions = _permissions([f"wagtailcore.{action}_page" for action in actions])
        for page in Page.objects.type(model):
            for permission in permissions:
                granted, _ = GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
                keep.append(granted.pk)
    GroupPagePermission.objects.filter(group=group).exclude(pk__in=keep).delete()


def _set_file_permissions(group: Group, role: Role, root: Collection) -> None:
    names = [f"base.{action}_{model}" for model in ("customimage", "customdocument") for action in role.files]
    keep = []
    for permission in _permissions(names):
        granted, _ = GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
        keep.append(granted.pk)
    GroupCollectionPermission.objects.filter(group=group).exclude(pk__in=keep).delete()


def _set_workflow() -> None:
    """One approval by Freigabe or Administration, for every page."""
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    task = GroupApprovalTask.objects.filter(name=WORKFLOW).first() or GroupApprovalTask.objects.create(name=WORKFLOW)
    task.groups.set(Group.objects.filter(name__in=[APPROVERS, ADMINISTRATORS]))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for page in Page.objects.type(HomePage):
        WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
