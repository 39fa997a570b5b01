"""The nightly caseload: who is in it and who is not, and that only its passphrase opens it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest

from nestling.accounts.models import Organisation, Team
from nestling.accounts.roles import Role
from nestling.desk.caseload import copy, pdf
from nestling.desk.caseload.rows import (
    DO_NOT_CONTACT,
    NO_RULE,
    FamilyEntry,
    TeamCaseload,
    caseload_of,
)
from nestling.foundation.models import AccessLogEntry
from nestling.people.models import Family, Person, RecordLock, StaffPerson
from tests.factories.care import waiting_family, working_family
from tests.factories.people import (
    TODAY,
    AddressFactory,
    ContactPointFactory,
    NoteFactory,
    SafeContactFactory,
    SafeguardingStatusFactory,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 10, 5, 30, tzinfo=UTC)
WORDS = "correct horse battery staple"


@pytest.fixture
def family(team: Team) -> Family:
    return working_family(team).family


def baby_of(family: Family) -> Person:
    return family.members.get(role="baby").person


def carer_of(family: Family) -> Person:
    return family.members.exclude(role="baby").order_by("created_at")[0].person


def only_entry(team: Team) -> FamilyEntry:
    (held,) = caseload_of(team.organisation, on=TODAY)
    (entry,) = held.families
    return entry


def test_a_family_in_work_is_in_it_with_whom_and_when(team: Team) -> None:
    episode = working_family(team, next_session_on=TODAY + timedelta(days=3))

    entry = only_entry(team)

    assert entry.practitioner == episode.practitioner.full_name
    assert entry.next_contact.startswith("13 March 2026")
    assert carer_of(episode.family).full_name in {carer.name for carer in entry.carers}
    assert ("people.family", episode.family.pk) in entry.shows


def test_a_family_that_waits_is_in_it(team: Team) -> None:
    waiting_family(team)

    assert only_entry(team).practitioner == "not allocated yet"


def test_a_family_whose_work_has_ended_is_not(team: Team) -> None:
    working_family(team, ended_on=TODAY)

    assert caseload_of(team.organisation, on=TODAY)[0].families == ()


def test_numbers_stand_beside_the_rule(family: Family, team: Team) -> None:
    carer = carer_of(family)
    SafeContactFactory.create(person=carer, may_text=True, words="After 6pm")
    ContactPointFactory.create(person=carer, kind="mobile", value="07700 900 123")

    line = only_entry(team).carers[0]

    assert "After 6pm" in line.rule
    assert line.phones == ("Mobile phone 07700 900 123",)


def test_without_a_rule_it_says_to_ask(family: Family, team: Team) -> None:
    assert only_entry(team).carers[0].rule == NO_RULE


def test_who_must_not_be_contacted_has_no_number(family: Family, team: Team) -> None:
    carer = carer_of(family)
    never = dict.fromkeys(
        ("may_call", "may_leave_voicemail", "may_text", "may_email", "may_post"), False
    )
    SafeContactFactory.create(person=carer, **never)
    ContactPointFactory.create(person=carer, kind="mobile", value="07700 900 123")

    line = only_entry(team).carers[0]

    assert line.stop
    assert line.rule.startswith(DO_NOT_CONTACT)
    assert line.phones == ()


def test_a_confidential_address_is_marked_and_never_printed(family: Family, team: Team) -> None:
    AddressFactory.create(
        person=carer_of(family), confidential=True, lines="1 Hidden Row", postcode=""
    )

    entry = only_entry(team)

    assert "confidential" in " ".join(entry.carers[0].minds)
    assert "Hidden Row" not in repr(entry)


def test_a_safeguarding_status_stands_beside_the_baby(family: Family, team: Team) -> None:
    SafeguardingStatusFactory.create(
        baby=baby_of(family), team=team, status="child_protection_plan", from_on=date(2026, 2, 1)
    )

    assert "1 February 2026" in only_entry(team).babies[0].safeguarding


def test_after_a_loss_no_age_or_status_is_said(family: Family, team: Team) -> None:
    baby = baby_of(family)
    baby.loss, baby.lost_on = "stillbirth", TODAY
    baby.save(update_fields=["loss", "lost_on"])

    line = only_entry(team).babies[0]

    assert line.age.startswith("A loss is recorded")
    assert line.born == ""


def test_no_note_is_in_it(family: Family, team: Team) -> None:
    NoteFactory.create(team=team, family=family, about_person=baby_of(family), body="his silence")

    assert "silence" not in repr(only_entry(team))


def test_a_locked_record_is_left_out_without_a_word(family: Family, team: Team, user_as) -> None:
    lead = user_as(Role.CLINICAL_LEAD)
    RecordLock.objects.create(
        team=team, baby=baby_of(family), reason="staff", locked_by=lead, locked_on=TODAY
    )

    assert caseload_of(team.organisation, on=TODAY)[0].families == ()


def test_a_member_of_staffs_own_family_is_left_out(family: Family, team: Team, user_as) -> None:
    worker = user_as(Role.PRACTITIONER)
    StaffPerson.objects.create(person=carer_of(family), user=worker, said_by=worker, said_on=TODAY)

    assert caseload_of(team.organisation, on=TODAY)[0].families == ()


def test_another_team_has_its_own_part(family: Family, other_team: Team) -> None:
    both = caseload_of(other_team.organisation, on=TODAY)
    one = caseload_of(other_team.organisation, on=TODAY, team="larkfield")

    assert [held.team for held in both] == ["Larkfield Team", "Willowbrook Team"]
    assert [held.team for held in one] == ["Larkfield Team"]


def copied(organisation: Organisation, to: Path) -> copy.Copied:
    return copy.copy_caseload(organisation, to=to, passphrase=WORDS, at=AT)


def test_only_the_passphrase_opens_the_copy(family: Family, tmp_path: Path) -> None:
    file = tmp_path / "caseload.pdf"

    made = copied(family.team.organisation, file)

    assert made.families == 1
    assert file.stat().st_mode & 0o077 == 0
    assert baby_of(family).family_name.encode() not in file.read_bytes()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(file)
    with pikepdf.open(file, password=WORDS) as opened:
        assert opened.encryption.R == pdf.AES_256
        assert [*pdf.families_in(opened)] == [baby_of(family).full_name]
    assert list(tmp_path.iterdir()) == [file]


def test_the_copy_is_in_the_log_as_an_export(family: Family, tmp_path: Path) -> None:
    copied(family.team.organisation, tmp_path / "caseload.pdf")

    entry = AccessLogEntry.objects.order_by("-id")[0]

    assert (entry.action, entry.page, entry.actor_id) == ("exported", "caseload-copy", None)
    assert entry.details["count"] == 1
    shown = {("people.family", family.pk), ("people.person", baby_of(family).pk)}
    assert shown <= set(entry.records)


def test_a_copy_that_lacks_a_family_is_not_kept(
    family: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "caseload.pdf"
    file.write_bytes(b"yesterday")
    monkeypatch.setattr(pdf, "families_in", lambda _: iter(()))

    with pytest.raises(pdf.CopyCheckError, match="0 families were read back, not 1"):
        copied(family.team.organisation, file)

    assert file.read_bytes() == b"yesterday"
    assert list(tmp_path.iterdir()) == [file]
    assert not AccessLogEntry.objects.filter(page="caseload-copy").exists()


def test_a_copy_that_anyone_can_open_is_refused() -> None:
    plain = pdf.typeset([TeamCaseload(team="T", phone="", families=())], organisation="O", at=AT)

    with pytest.raises(pdf.CopyCheckError, match="without its passphrase"):
        pdf.check(plain, passphrase=WORDS, headings=[])


def test_with_several_organisations_one_must_be_named(organisation: Organisation) -> None:
    Organisation.objects.create(name="Birch Trust", nation="wales")

    with pytest.raises(copy.NotOneOrganisationError, match="Applegarth Trust, Birch Trust"):
        copy.organisation_named("")
    assert copy.organisation_named("Birch Trust").nation == "wales"
