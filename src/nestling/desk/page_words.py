"""What each page is called in the list of looks."""

PAGES = {
    "desk:home": "My day",
    "desk:families": "List of families",
    "desk:search": "Search",
    "desk:family": "Family page",
    "desk:story": "Whole story",
    "desk:show_to": "Shown to someone",
    "desk:print": "Print of the family page",
    "desk:adult": "An adult’s own page",
    "desk:looks": "Search in who has looked",
    "desk:person_looks": "Who has looked",
    "people:risks": "Risks and strengths",
    "people:adult_risks": "Risks on an adult’s own page",
    "people:restricted": "Restricted entries",
    "people:lock": "Locking a record",
    "people:adoption": "Adoption",
    "desk:lock": "Who may open a locked record",
    "desk:locks": "Locked records",
    "desk:emergency_review": "Review of emergency access",
    "desk:sealed_record": "A sealed record",
    "people:note": "A note",
    "people:note_add": "Writing a note",
    "people:contact": "Contact details",
    "people:agreement_add": "Recording an agreement",
    "people:agreement_withdraw": "Withdrawing an agreement",
    "people:safeguarding_add": "Safeguarding status",
    "people:person_add": "Adding a person",
    "people:relationship_add": "Adding a relationship",
    "people:relationship_edit": "Details of a relationship",
    "people:network_add": "Adding to the network",
    "people:member_end": "Leaving the family",
    "people:task_add": "Adding a task",
    "people:task_done": "A task",
    "people:mark": "On my mind",
    "people:birth": "Recording a birth",
    "people:loss": "Recording a loss",
    "people:person_edit": "Details of a person",
    "referrals:board": "Triage board",
    "referrals:referral": "Referral",
    "referrals:lock": "Locking a referral",
    "referrals:screen": "Screening",
    "referrals:decide": "Decision",
    "referrals:unmet_need": "Unmet need",
    "referrals:agenda": "Agenda of the referral meeting",
    "care:waiting": "Waiting list",
    "care:take_up": "Taking a family up",
    "care:episode": "Episode",
    "care:end": "Ending",
    "care:contact_add": "Writing a contact down",
    "care:wait": "The wait of a referral",
    "care:stage": "Stage of an episode",
    "care:step": "A step up, down or out",
    "care:focus": "Relationships in focus",
    "care:reopen": "Opening again",
}
ACTIONS = {
    "opened": "Looked",
    "listed": "Looked (in a list)",
    "searched": "Found by a search",
    "printed": "Printed",
    "exported": "Sent out",
}


def page_words(page: str) -> str:
    """A page's name in words; one that is not listed is named by its room and part."""
    room, _, part = page.partition(":")
    return PAGES.get(page) or f"{room.title()}: {part.replace('_', ' ')}"


def action_words(action: str) -> str:
    """What was done, in words."""
    return ACTIONS.get(action, action)
