"""The draft of a public referral: kept on the server for a day, for one session, then gone.

A draft is not audited: the audit trail forgets nothing, and a draft that was never sent must leave
nothing behind. Its answers are sealed all the same.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings

from nestling.accounts.models import Team
from nestling.referrals.models import ReferralDraft

Answers = dict[str, dict[str, list[str]]]
"""By step, what stood in each input of its page, as the browser sent it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An open draft: for which team, by whom, and every page answered so far."""

    row: ReferralDraft
    team: Team
    audience: str
    answers: Answers


def session_hash(session_key: str) -> str:
    """What ties a draft to a session: the database alone leads back to no browser."""
    return sha256(f"referral draft {session_key}".encode()).hexdigest()


def start_draft(session_key: str, *, team: Team, audience: str, now: datetime) -> Draft:
    """An empty draft in place of the session's earlier one; expired ones of anyone are deleted."""
    delete_expired(now=now)
    throw_away(session_key)
    row = ReferralDraft.objects.create(
        session_hash=session_hash(session_key),
        team=team,
        audience=audience,
        expires_at=now + timedelta(hours=settings.DRAFT_HOURS),
    )
    return Draft(row=row, team=team, audience=audience, answers={})


def open_draft(session_key: str | None, *, now: datetime) -> Draft | None:
    """The session's draft, or nothing when there is none or its day is over."""
    if not session_key:
        return None
    rows = ReferralDraft.objects.filter(
        session_hash=session_hash(session_key), expires_at__gt=now, team__isnull=False
    )
    row = rows.select_related("team__organisation").first()
    if row is None or row.team is None:
        return None
    return Draft(row=row, team=row.team, audience=row.audience, answers=_read(row.answers))


def keep_answers(draft: Draft, *, step: str, typed: dict[str, list[str]]) -> Draft:
    """The draft with one page's answers in place of what they were."""
    answers = {**draft.answers, step: typed}
    draft.row.answers = json.dumps(answers, ensure_ascii=False)
    draft.row.save(update_fields=["answers"])
    return Draft(row=draft.row, team=draft.team, audience=draft.audience, answers=answers)


def throw_away(session_key: str | None) -> None:
    """Delete the session's draft."""
    if session_key:
        ReferralDraft.objects.filter(session_hash=session_hash(session_key)).delete()


def delete_expired(*, now: datetime) -> int:
    """Delete every draft whose day is over; how many there were."""
    return ReferralDraft.objects.filter(expires_at__lte=now).delete()[0]


def _read(stored: str) -> Answers:
    found: Any = json.loads(stored or "{}")
    return {
        str(step): {str(name): [str(value) for value in values] for name, values in typed.items()}
        for step, typed in found.items()
    }
