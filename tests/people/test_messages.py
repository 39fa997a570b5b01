"""The one door: what leaves, what is held back, and that after a loss nothing is made by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from structlog.testing import capture_logs

from nestling.accounts.models import Team, User
from nestling.people.errors import TaskNotPossibleError
from nestling.people.models import OutboxMessage, Person, Relationship, Task
from nestling.people.models.contact import HeldBack, MessageState
from nestling.people.services import (
    MessageDetails,
    TaskDetails,
    add_task,
    deliver_waiting,
    ensure_overdue_tasks,
    record_loss,
    send,
    withdraw_agreement,
)
from nestling.people.services.messages import ALLOWED_BY
from nestling.reference.codes import code_list
from tests.factories.people import (
    TODAY,
    AddressFactory,
    AgreementFactory,
    ContactPointFactory,
    FamilyFactory,
    PersonFactory,
    RelationshipFactory,
    SafeContactFactory,
    join,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """Twins not born yet, and their mother, to whom everything may be sent."""

    baby: Person
    twin: Person
    mother: Person
    relationship: Relationship
    agreement: Any


@pytest.fixture
def home(team: Team) -> Household:
    place = team.organisation
    baby = PersonFactory.create(organisation=place, unborn=True, birth_order=1)
    twin = PersonFactory.create(organisation=place, unborn=True, birth_order=2)
    mother = PersonFactory.create(organisation=place)
    family = FamilyFactory.create(team=team)
    join(family, baby, role="baby")
    join(family, twin, role="baby")
    join(family, mother, role="carer")
    RelationshipFactory.create(baby=twin, carer=mother)
    SafeContactFactory.create(person=mother)
    ContactPointFactory.create(person=mother)
    ContactPointFactory.create(person=mother, email=True)
    AddressFactory.create(person=mother)
    AgreementFactory.create(team=team, about=twin, given_by=mother)
    return Household(
        baby=baby,
        twin=twin,
        mother=mother,
        relationship=RelationshipFactory.create(baby=baby, carer=mother),
        agreement=AgreementFactory.create(team=team, about=baby, given_by=mother),
    )


Post = Callable[..., OutboxMessage]


@pytest.fixture
def post(
    team: Team,
    worker: User,
    home: Household,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Post:
    """Send a message to the mother, let the transaction end, and read what became of it."""

    def send_now(*, about: Person | None = None, **more: Any) -> OutboxMessage:
        details = {"person": home.mother, "channel": "text", "about": about, **more}
        with django_capture_on_commit_callbacks(execute=True):
            message = send(
                MessageDetails(subject="Your visit", body="On Tuesday at 10.", **details),
                team=team,
                on=TODAY,
                by=worker,
            )
        message.refresh_from_db()
        return message

    return send_now


@pytest.mark.parametrize("channel", ALLOWED_BY)
def test_a_message_that_every_rule_allows_leaves(channel: str, post: Post, home: Household) -> None:
    message = post(about=home.baby, channel=channel)

    assert (message.state, message.held_back_because) == (MessageState.SENT, "")
    assert message.sent_at is not None


def test_the_console_back_end_prints_ids_only(post: Post, home: Household) -> None:
    with capture_logs() as lines:
        message = post(about=home.baby)

    printed = str(lines)
    assert str(message.pk) in printed
    for private in (home.mother.family_name, "Tuesday", "Your visit", "07700"):
        assert private not in printed


def _no_rule(home: Household) -> None:
    home.mother.safe_contacts.all().delete()


def _calls_only(home: Household) -> None:
    home.mother.safe_contacts.update(may_text=False, may_email=False, may_post=False)


def _rule_ended(home: Household) -> None:
    home.mother.safe_contacts.update(until_on=TODAY)


def _withdrawn(home: Household) -> None:
    user = home.agreement.team.organisation.users.first()
    withdraw_agreement(home.agreement, on=TODAY, by=user)


def _ran_out(home: Household) -> None:
    type(home.agreement).objects.update(expires_on=date(2026, 3, 1))


def _refused(home: Household) -> None:
    type(home.agreement).objects.update(answer="refused")


def _no_number(home: Household) -> None:
    home.mother.contact_points.update(until_on=TODAY)
    home.mother.addresses.update(until_on=TODAY)


def _mother_died(home: Household) -> None:
    Person.objects.filter(pk=home.mother.pk).update(loss="infant_death")
    home.mother.refresh_from_db()


@pytest.mark.parametrize(
    ("happened", "why"),
    [
        (_no_rule, HeldBack.NO_RULE),
        (_rule_ended, HeldBack.NO_RULE),
        (_calls_only, HeldBack.NOT_SAFE),
        (_withdrawn, HeldBack.NOT_AGREED),
        (_ran_out, HeldBack.NOT_AGREED),
        (_refused, HeldBack.NOT_AGREED),
        (_no_number, HeldBack.NO_ADDRESS),
        (_mother_died, HeldBack.LOSS),
    ],
)
def test_a_message_that_a_rule_forbids_is_kept_with_the_reason(
    happened: Callable[[Household], None], why: HeldBack, post: Post, home: Household
) -> None:
    happened(home)

    message = post(about=home.baby)

    assert (message.state, message.held_back_because) == (MessageState.HELD_BACK, why)


def test_an_agreement_for_one_baby_does_not_serve_another(post: Post, home: Household) -> None:
    AgreementFactory._meta.model.objects.filter(about=home.twin).delete()

    assert post(about=home.twin).held_back_because == HeldBack.NOT_AGREED


def test_a_letter_needs_no_agreement_to_texts(post: Post, home: Household) -> None:
    _withdrawn(home)

    assert post(about=home.baby, channel="post").state == MessageState.SENT


@pytest.mark.parametrize("channel", ALLOWED_BY)
@pytest.mark.parametrize("about", ["the baby", "the twin", "the mother", "nobody"])
def test_after_a_loss_no_automatic_message_leaves_whatever_it_is_about(
    about: str, channel: str, post: Post, home: Household, worker: User
) -> None:
    record_loss(home.baby, loss="stillbirth", lost_on=TODAY, on=TODAY, by=worker)
    subject = {"the baby": home.baby, "the twin": home.twin, "the mother": home.mother}.get(about)

    message = post(about=subject, channel=channel)

    assert (message.state, message.held_back_because) == (MessageState.HELD_BACK, HeldBack.LOSS)


def test_after_a_loss_a_person_s_own_message_still_leaves_unless_it_is_about_the_baby(
    post: Post, home: Household, worker: User
) -> None:
    record_loss(home.baby, loss="stillbirth", lost_on=TODAY, on=TODAY, by=worker)

    assert post(automatic=False).state == MessageState.SENT
    assert post(about=home.baby, automatic=False).held_back_because == HeldBack.LOSS


@pytest.mark.parametrize("about", ["the baby", "the twin", "nobody"])
def test_a_message_that_waits_when_the_news_comes_is_held_back(
    about: str, team: Team, home: Household, worker: User
) -> None:
    subject = {"the baby": home.baby, "the twin": home.twin}.get(about)
    details = MessageDetails(
        person=home.mother, about=subject, channel="text", subject="Your visit", body="On Tuesday"
    )
    waiting = send(details, team=team, on=TODAY, by=worker)

    record_loss(home.baby, loss="stillbirth", lost_on=None, on=TODAY, by=worker)
    deliver_waiting()

    waiting.refresh_from_db()
    assert waiting.held_back_because == HeldBack.LOSS


def test_a_rule_that_changes_while_a_message_waits_holds_it_back(
    team: Team, home: Household, worker: User
) -> None:
    details = MessageDetails(
        person=home.mother, about=home.baby, channel="text", subject="Your visit", body="Tuesday"
    )
    waiting = send(details, team=team, on=TODAY, by=worker)
    _calls_only(home)

    looked_at = deliver_waiting()

    waiting.refresh_from_db()
    assert (looked_at, waiting.held_back_because) == (1, HeldBack.NOT_SAFE)


@pytest.mark.parametrize("by_whom", ["Nestling itself", "a person"])
@pytest.mark.parametrize("kind", [code for code, _ in code_list("task_kinds").choices()])
def test_after_a_loss_only_a_person_makes_a_task_and_none_that_speaks_of_age(
    kind: str, by_whom: str, team: Team, home: Household, worker: User
) -> None:
    record_loss(home.baby, loss="stillbirth", lost_on=TODAY, on=TODAY, by=worker)
    by = worker if by_whom == "a person" else None
    may = by is not None and kind in ("other", "promised_contact")

    for subject in ({"about_person": home.baby}, {"about_relationship": home.relationship}):
        details = TaskDetails(kind=kind, words="Call", due_on=TODAY, **subject)
        if may:
            add_task(details, team=team, by=by)
        else:
            with pytest.raises(TaskNotPossibleError):
                add_task(details, team=team, by=by)

    assert Task.objects.count() == (2 if may else 0)


def test_a_lost_baby_is_never_overdue(team: Team, home: Household, worker: User) -> None:
    record_loss(home.baby, loss="stillbirth", lost_on=TODAY, on=TODAY, by=worker)
    record_loss(home.twin, loss="stillbirth", lost_on=TODAY, on=TODAY, by=worker)

    assert ensure_overdue_tasks(on=date(2027, 1, 1)) == 0


def test_a_task_is_not_about_an_adult(team: Team, home: Household, worker: User) -> None:
    details = TaskDetails(kind="other", words="Call", due_on=TODAY, about_person=home.mother)

    with pytest.raises(TaskNotPossibleError):
        add_task(details, team=team, by=worker)


def test_a_kind_of_task_is_open_once_for_a_baby(team: Team, home: Household) -> None:
    details = TaskDetails(
        kind="agreement_renewal", words="Ask", due_on=TODAY, about_person=home.baby
    )
    add_task(details, team=team, by=None)

    with pytest.raises(TaskNotPossibleError):
        add_task(details, team=team, by=None)
