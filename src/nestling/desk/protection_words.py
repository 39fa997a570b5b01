"""Locks, emergency access, seals and information governance's own looks, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from nestling.desk.page_words import action_words, page_words
from nestling.desk.queries.own_looks import OwnLook
from nestling.people.models import EmergencyUse, Notice, NoticeKind, RecordLock
from nestling.science.ages import count_of, day_words

ACT_WORDS = {
    "link_followed": "Followed a sealed link",
    "lifted": "Lifted a lock",
    "reviewed": "Reviewed emergency access",
    "ended": "Took a name off a lock",
    "created": "Put a name on a lock",
}
KIND_WORDS = {
    "people.adoption": "Sealed records",
    "people.recordlock": "Locked records",
    "people.lockname": "Locked records",
    "people.emergencyuse": "Emergency access",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UseRow:
    """One use of emergency access."""

    who: str
    team: str
    opened: str
    ends: str
    state: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """One notice of the home page and where it leads."""

    words: str
    day: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LockRow:
    """One lock: whose record, in which team, since when, who may open it."""

    baby: str
    team: str
    since: str
    names: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLookRow:
    """One line of the monthly list."""

    day: str
    time: str
    who: str
    page: str
    action: str
    records: str
    reason: str


def moment(at: datetime) -> str:
    """A day and a time where the service is."""
    local = timezone.localtime(at)
    return f"{day_words(local.date())}, {local:%H:%M}"


def month_words(month: date) -> str:
    """A month.

    >>> month_words(date(2026, 2, 1))
    'February 2026'
    """
    return f"{month:%B %Y}"


def open_rows(uses: Iterable[EmergencyUse]) -> list[UseRow]:
    """What is open to the user now, each with the way to it."""
    return [use_row(use, url=record_url(use)) for use in uses]


def review_rows(uses: Iterable[EmergencyUse]) -> list[UseRow]:
    """The review queue, each with the way to its review."""
    return [use_row(use, url=reverse("desk:emergency_review", args=[use.pk])) for use in uses]


def use_row(use: EmergencyUse, *, url: str) -> UseRow:
    """One use in words."""
    return UseRow(
        who=use.user.full_name,
        team=use.team.name,
        opened=moment(use.opened_at),
        ends=moment(use.ends_at),
        state=use.get_verdict_display() if use.verdict else "To be reviewed",
        url=url,
    )


def record_url(use: EmergencyUse) -> str:
    """The page that a use opens."""
    if use.family_id is not None:
        return reverse("desk:family", args=[use.family_id])
    return reverse("referrals:referral", args=[use.referral_id])


def notice_lines(notices: Iterable[Notice]) -> list[NoticeLine]:
    """What the user is told. It names no family."""
    return [notice_line(notice) for notice in notices]


def notice_line(notice: Notice) -> NoticeLine:
    """One notice."""
    if notice.kind == NoticeKind.MONTH and notice.month is not None:
        words = f"Read information governance’s own looks of {month_words(notice.month)}"
        url = reverse("desk:own_looks_month", args=[notice.month.year, notice.month.month])
    else:
        words = "Review an emergency access to a record of your team"
        url = reverse("desk:emergency_review", args=[notice.emergency_id])
    return NoticeLine(words=words, day=day_words(notice.told_on), url=url)


def lock_rows(locks: Iterable[RecordLock]) -> list[LockRow]:
    """The locks in words."""
    return [
        LockRow(
            baby=lock.baby.full_name,
            team=lock.team.name,
            since=day_words(lock.locked_on),
            names=", ".join(
                name.user.full_name for name in lock.names.all() if name.until_on is None
            ),
            url=reverse("desk:lock", args=[lock.pk]),
        )
        for lock in locks
    ]


def locked_words(count: int) -> str:
    """That referrals wait behind a lock, for their lead.

    >>> locked_words(1)
    '1 more locked referral waits. Those whom the lock names look after it.'
    """
    if not count:
        return ""
    verb, them = ("waits", "it") if count == 1 else ("wait", "them")
    return (
        f"{count_of(count, 'more locked referral')} {verb}. "
        f"Those whom the lock names look after {them}."
    )


def own_look_rows(looks: Iterable[OwnLook]) -> list[OwnLookRow]:
    """The monthly list in words."""
    return [own_look_row(look) for look in looks]


def own_look_row(look: OwnLook) -> OwnLookRow:
    """One look or act."""
    at = timezone.localtime(look.at)
    return OwnLookRow(
        day=day_words(at.date()),
        time=f"{at:%H:%M}",
        who=look.who,
        page=KIND_WORDS.get(look.page) or page_words(look.page),
        action=ACT_WORDS.get(look.action) or action_words(look.action),
        records=count_of(look.records, "record"),
        reason=look.reason,
    )
