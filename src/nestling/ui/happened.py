"""What somebody did to a record, as the audit trail names it and as people say it."""

DID = {
    "created": "recorded this",
    "changed": "changed this",
    "born": "recorded the birth",
    "lost": "recorded a loss",
    "withdrawn": "withdrew this agreement",
    "ended": "ended this",
    "replaced": "put something new in its place",
    "left": "noted that this person left the family",
    "done": "said that this is done",
    "signed": "signed this",
    "corrected": "added a correction",
    "filed": "filed this with the family",
    "moved": "moved the referral on",
    "family_declared": "said who belongs to the family",
    "screened": "signed a screening",
    "decided": "signed a decision",
    "told": "noted who was told",
    "paused": "stopped the clock",
    "resumed": "let the clock go on",
    "became_referral": "made a referral of this consultation",
    "held": "noted that the contact was held",
    "taken_up": "took the family up",
    "stage": "changed the stage",
    "focus_ended": "changed the focus",
    "next_session": "changed the next session",
    "stepped": "recorded a step to another service",
    "step_outcome": "noted what came of the step",
    "reopened": "opened this again",
    "role_given": "gave this role",
    "role_ended": "ended this role",
    "account_closed": "closed this account",
    "account_reopened": "opened this account again",
    "second_step_reset": "reset the second step of sign-in",
    "team_added": "added the team",
    "team_changed": "changed the team's details",
    "working_facts_added": "wrote these working facts",
    "working_facts_changed": "changed these working facts",
}
"""What to say of each action that the audit trail names."""
OTHERWISE = "changed this"


def did(action: str) -> str:
    """An action as the second half of a sentence that begins with a name.

    >>> did("withdrawn"), did("an action without words")
    ('withdrew this agreement', 'changed this')
    """
    return DID.get(action, OTHERWISE)
