"""A referral arrives: persons, relationships, agreement, safety, reference, first step."""

import re

import pytest

from nestling.accounts.models import Team
from nestling.foundation.models import AuditEvent
from nestling.people.models import Agreement, Person, RiskAnswer, SafeContact, SafeguardingStatus
from nestling.referrals.models import Referral, ReferralState
from nestling.referrals.services import BabyGiven, ReferrerGiven, SafeWays
from nestling.referrals.services.references import ALPHABET
from tests.factories.people import PersonFactory, nhs_number
from tests.factories.referrals import BORN, MOTHER, UNBORN, received

pytestmark = pytest.mark.django_db


def test_a_referral_brings_its_baby_carer_and_relationship(team: Team) -> None:
    referral = received(team)

    relationship = referral.relationships_link.get().relationship
    assert relationship.baby == referral.babies_link.get().baby
    assert relationship.carer.given_name == "Ivy"
    assert relationship.kind == "mother"


def test_an_unborn_baby_has_a_due_date_and_no_birth_date(team: Team) -> None:
    baby = received(team).babies_link.get().baby

    assert baby.due_on == UNBORN.due_on
    assert baby.born_on is None
    assert baby.full_name == "Baby Quillfeather"


def test_each_twin_is_related_to_each_carer(team: Team) -> None:
    first = BabyGiven(given_name="Bay", family_name="Tolliver", born_on=BORN.born_on, birth_order=1)
    second = BabyGiven(
        given_name="Rue", family_name="Tolliver", born_on=BORN.born_on, birth_order=2
    )
    father = type(MOTHER)(kind="father", given_name="Hob", family_name="Tolliver")

    referral = received(team, babies=(first, second), carers=(MOTHER, father))

    pairs = {
        (row.relationship.baby.given_name, row.relationship.kind)
        for row in referral.relationships_link.all()
    }
    assert pairs == {("Bay", "mother"), ("Rue", "mother"), ("Bay", "father"), ("Rue", "father")}


def test_a_reference_can_be_read_out_and_follows_from_the_id(team: Team) -> None:
    reference = received(team).reference

    assert re.fullmatch(f"WB-[{ALPHABET}]{{3}}-[{ALPHABET}]{{2}}", reference)


def test_no_family_is_worked_out_from_a_referral(team: Team) -> None:
    assert received(team).family_id is None


def test_the_first_step_is_signed_by_nobody_where_the_public_sent_it(team: Team) -> None:
    step = received(team).steps.get()

    assert (step.state, step.by_id, step.number) == (ReferralState.RECEIVED, None, 1)


def test_the_agreement_to_be_referred_is_kept_for_the_baby(team: Team) -> None:
    received(team)

    agreement = Agreement.objects.get(code="C1")
    assert (agreement.answer, agreement.capacity) == ("given", "parental_responsibility")


def test_where_the_family_is_not_told_there_is_no_agreement(team: Team) -> None:
    received(team, family_knows="not_told")

    assert not Agreement.objects.exists()


def test_domestic_abuse_is_filed_restricted_and_never_with_the_referral(team: Team) -> None:
    referral = received(team, domestic_abuse="present", domestic_abuse_words="He waits outside.")

    answer = RiskAnswer.objects.get()
    assert answer.restricted
    assert answer.words == "He waits outside."
    assert "He waits outside." not in str(vars(referral))


def test_safeguarding_and_safe_contact_come_with_the_referral(team: Team) -> None:
    carer = type(MOTHER)(kind="mother", given_name="Ivy", safe=SafeWays(may_text=True, words="am"))

    received(team, carers=(carer,), safeguarding="pre_birth_cp_plan")

    assert SafeguardingStatus.objects.get().status == "pre_birth_cp_plan"
    rule = SafeContact.objects.get()
    assert (rule.may_text, rule.may_call, rule.words) == (True, False, "am")


def test_a_number_on_another_record_is_kept_aside_and_breaks_nothing(team: Team) -> None:
    number = nhs_number(1)
    with_number = BabyGiven(family_name="Nettlefold", born_on=BORN.born_on, number=number)
    received(team, babies=(with_number,))

    second = received(team, babies=(with_number,))

    assert second.babies_link.get().number_given == number


def test_someone_who_is_known_already_is_not_made_twice(team: Team) -> None:
    father = PersonFactory.create(organisation=team.organisation)
    known = type(MOTHER)(kind="father", existing=father)

    received(team, carers=(known,))
    received(team, carers=(known,))

    assert Person.objects.filter(kind="adult").get() == father
    assert father.babies_link.count() == 2


def test_a_request_for_advice_names_nobody(team: Team) -> None:
    referral = received(team, babies=(), carers=(), age_band="pregnancy", route="advice_line")

    assert not Person.objects.exists()
    assert referral.age_band == "pregnancy"


def test_a_professional_is_kept_apart_from_persons(team: Team) -> None:
    referral = received(team, referrer=ReferrerGiven(name="Hazel Finch", phone="01632 960 002"))

    assert referral.referrer is not None
    assert referral.referrer.name == "Hazel Finch"
    assert not Person.objects.filter(family_name="Finch").exists()


def test_what_was_written_is_sealed_in_the_audit_trail(team: Team) -> None:
    referral = received(team)

    event = AuditEvent.objects.get(record_id=referral.pk, action="received")
    assert "real" not in str(event.changes)


def test_a_father_who_asks_himself_is_the_one_who_refers(team: Team) -> None:
    referral = received(team, self_referred=True, referrer_type="self_family")

    assert referral.referred_by_person_id == referral.relationships_link.get().relationship.carer_id


@pytest.mark.database
def test_references_are_unique(team: Team) -> None:
    references = [received(team).reference for _ in range(30)]

    assert len(set(references)) == Referral.objects.count() == 30
