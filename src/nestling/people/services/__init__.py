"""Everything that is written in this room: each a use case, in one transaction with its audit."""

from nestling.people.services.adoption import AdoptionDetails, adopt, follow_link
from nestling.people.services.agreements import (
    decide_lawful_basis,
    give_agreement,
    withdraw_agreement,
)
from nestling.people.services.births import record_birth, record_loss
from nestling.people.services.contact import (
    add_address,
    add_contact_point,
    end_contact_point,
    set_safe_contact,
)
from nestling.people.services.details import (
    AddressDetails,
    AgreementDetails,
    BirthDetails,
    ContactPointDetails,
    MessageDetails,
    NoteDetails,
    PersonDetails,
    RiskGiven,
    SafeContactDetails,
    TaskDetails,
)
from nestling.people.services.emergencies import (
    EmergencyTarget,
    may_search,
    note_not_found,
    open_in_emergency,
    review_emergency,
)
from nestling.people.services.families import (
    add_known_member,
    add_member,
    add_new_member,
    add_professional,
    add_to_network,
    declare_family,
    end_membership,
    keep_professional,
    mark_family,
    unmark_family,
)
from nestling.people.services.locks import LockDetails, change_names, lift_lock, lock_record
from nestling.people.services.messages import deliver_waiting, send
from nestling.people.services.notes import change_draft, correct_note, sign_note, write_note
from nestling.people.services.notices import ensure_month_notices, note_month_read
from nestling.people.services.persons import (
    add_person,
    change_person,
    change_person_and_number,
    link_to_team,
    set_identifier,
)
from nestling.people.services.relationships import (
    change_relationship,
    end_relationship,
    relate,
    update_relationship,
)
from nestling.people.services.risks import (
    add_restricted,
    answer_risks,
    end_alert,
    raise_alert,
    record_safeguarding,
)
from nestling.people.services.tasks import add_task, ensure_overdue_tasks, finish_task

__all__ = [
    "AddressDetails",
    "AdoptionDetails",
    "AgreementDetails",
    "BirthDetails",
    "ContactPointDetails",
    "EmergencyTarget",
    "LockDetails",
    "MessageDetails",
    "NoteDetails",
    "PersonDetails",
    "RiskGiven",
    "SafeContactDetails",
    "TaskDetails",
    "add_address",
    "add_contact_point",
    "add_known_member",
    "add_member",
    "add_new_member",
    "add_person",
    "add_professional",
    "add_restricted",
    "add_task",
    "add_to_network",
    "adopt",
    "answer_risks",
    "change_draft",
    "change_names",
    "change_person",
    "change_person_and_number",
    "change_relationship",
    "correct_note",
    "decide_lawful_basis",
    "declare_family",
    "deliver_waiting",
    "end_alert",
    "end_contact_point",
    "end_membership",
    "end_relationship",
    "ensure_month_notices",
    "ensure_overdue_tasks",
    "finish_task",
    "follow_link",
    "give_agreement",
    "keep_professional",
    "lift_lock",
    "link_to_team",
    "lock_record",
    "mark_family",
    "may_search",
    "note_month_read",
    "note_not_found",
    "open_in_emergency",
    "raise_alert",
    "record_birth",
    "record_loss",
    "record_safeguarding",
    "relate",
    "review_emergency",
    "send",
    "set_identifier",
    "set_safe_contact",
    "sign_note",
    "unmark_family",
    "update_relationship",
    "withdraw_agreement",
    "write_note",
]
