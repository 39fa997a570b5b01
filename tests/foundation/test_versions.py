"""What a page carries of the versions that it shows, and what happened since."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nestling.accounts.models import Organisation, Team
from nestling.foundation import audit
from nestling.foundation.audit import StaleRecordError
from nestling.foundation.versions import Seen, check_seen, happened_since, hold, told_fields

SEEN = st.dictionaries(st.uuids(), st.integers(min_value=1, max_value=10**9 - 1), max_size=8)


@given(versions=SEEN)
def test_what_a_page_carries_is_read_back_as_it_was(versions: dict[UUID, int]) -> None:
    seen = Seen(versions)

    assert Seen.read(str(seen)) == seen


@given(text=st.text(max_size=60))
def test_what_no_page_carried_is_read_as_nothing_or_as_what_it_says(text: str) -> None:
    read = Seen.read(text)

    assert read is None or Seen.read(str(read)) == read


@pytest.mark.parametrize("text", ["", "1", "none-none", "٣" * 32 + ".1", "0" * 32 + ".1-", "\x00"])
def test_garbage_is_no_version(text: str) -> None:
    assert Seen.read(text) is None


@pytest.mark.django_db
def test_records_as_they_were_seen_pass(team: Team) -> None:
    Seen.of(team, None).check(Team.objects.get(pk=team.pk))
    check_seen(None, team)


@pytest.mark.django_db
def test_a_record_that_changed_came_or_went_is_refused(team: Team, other_team: Team) -> None:
    seen = Seen.of(team)
    audit.change(Team.objects.get(pk=team.pk), {"phone": "1"}, by=None)

    for now in ([Team.objects.get(pk=team.pk)], [], [team, other_team]):
        with pytest.raises(StaleRecordError):
            seen.check(*now)


@pytest.mark.django_db
def test_the_trail_tells_what_came_after_the_version_that_was_seen(
    organisation: Organisation,
) -> None:
    team = audit.create(
        Team(organisation=organisation, name="Fern", slug="fern", reference_prefix="FE"), by=None
    )
    audit.change(team, {"place": "Leeds"}, by=None)
    seen = Seen.of(team)
    audit.change(team, {"phone": "1"}, by=None, action="rang")
    audit.record_event("looked_at", about=team, by=None, details={"why": "no change"})
    audit.change(team, {"phone": "2", "email": "a@example.org"}, by=None, action="rang_again")

    events = happened_since(seen, team)

    assert [event.action for event in events] == ["rang", "rang_again"]
    assert {name: event.action for name, event in told_fields(events).items()} == {
        "phone": "rang_again",
        "email": "rang_again",
    }


@pytest.mark.django_db
def test_a_record_that_was_not_seen_is_told_from_its_beginning(organisation: Organisation) -> None:
    team = audit.create(
        Team(organisation=organisation, name="Fern", slug="fern", reference_prefix="FE"), by=None
    )

    assert [event.action for event in happened_since(Seen({}), team)] == ["created"]
    assert happened_since(Seen.of(team), team) == []


@pytest.mark.django_db
def test_nothing_is_told_of_a_record_that_only_the_page_names(team: Team, other_team: Team) -> None:
    audit.change(other_team, {"phone": "1"}, by=None)

    assert happened_since(Seen({other_team.pk: 1}), team, None) == []


@pytest.mark.django_db
def test_holding_a_record_opens_none(team: Team) -> None:
    hold(team)

    assert Team.objects.get(pk=team.pk).version == team.version
