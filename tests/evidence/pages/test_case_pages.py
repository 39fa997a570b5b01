"""Cases for change on pages: build, choose, write, keep, share."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nestling.accounts.models import Organisation, User
from nestling.accounts.roles import Role
from nestling.evidence import queries, services
from nestling.evidence.models import Case, CaseShare, CaseVersion
from nestling.evidence.services import StaleCaseError, VersionDetails
from nestling.foundation.models import AuditEvent
from tests.factories.accounts import TeamFactory
from tests.factories.evidence import DAY, CaseFactory, CaseShareFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def client(client_as: SignIn) -> Client:
    return client_as(Role.COMMISSIONER)


def build(client: Client, **answers: object) -> object:
    given = {"area": "Rutland", "scenario": "disorganised_low_risk", **answers}
    return client.post(reverse("evidence:case_new"), given)


def page_of(name: str, case: Case, *more: object) -> str:
    return reverse(f"evidence:{name}", args=[case.pk, *more])


def newest(case: Case) -> CaseVersion:
    return queries.open_version(case)


def test_a_case_is_built_with_every_section_and_the_audit_trail_knows(client: Client) -> None:
    answer = build(client)

    case = Case.objects.get()
    assert answer["Location"] == page_of("case_sections", case)  # type: ignore[index]
    assert (case.area_name, newest(case).what) == ("Rutland", "Built")
    actions = AuditEvent.objects.filter(organisation_id=case.organisation_id)
    assert set(actions.values_list("action", flat=True)) == {"case_begun", "case_built"}
    assert len(str(list(AuditEvent.objects.values_list("changes", flat=True)))) < 5_000


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"area": "Newcastle"}, "Newcastle upon Tyne (E08000021)"),
        ({"area": "Leed"}, "did you mean Leeds"),
        ({"area": ""}, "Enter"),
        ({"area": "x" * 100_000}, "100 characters"),
        ({"area": "Leeds\x00"}, "Null"),
        ({"scenario": "worst"}, "There is a problem"),
        ({"area": "Cardiff", "scenario": "risk_weighted"}, "not available for Cardiff"),
    ],
)
def test_what_cannot_be_built_is_said_beside_the_field_and_nothing_is_kept(
    client: Client, answers: dict[str, str], says: str
) -> None:
    answer = build(client, **answers)

    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert says in answer.content.decode()  # type: ignore[attr-defined]
    assert not Case.objects.exists()


def sent(name: str, *lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join(lines).encode(), content_type="text/csv")


def test_files_of_access_and_training_reach_the_report(client: Client) -> None:
    access = sent(
        "access.csv",
        "measure,period_start,period_end,geography_type,geography,age,value,shown,note",
        "children_ge1,2025-01-01,2025-12-31,country,England,0,455,455,",
        "children_ge1,2025-01-01,2025-12-31,country,England,1,505,505,",
    )
    workforce = sent(
        "trained.csv",
        "area_code,profession,level,trained,all,as_of,source",
        "E92000001,Health visitor,universal,4,11,2026-01-31,Team lead’s count",
    )

    build(client, area="England", access=access, workforce=workforce)

    page = client.get(page_of("case", Case.objects.get())).content.decode()
    assert "455" in page
    assert "Team lead’s count" in page


@pytest.mark.parametrize(
    ("name", "lines", "says"),
    [
        ("access", ("measure,age", "children_ge1,0"), "access.csv:1: no column period_start"),
        ("workforce", ("area_code", "x"), "no column profession"),
        ("workforce", (), "The submitted file is empty"),
        (
            "workforce",
            ("area_code,profession,level,trained,all,as_of,source", *["E06,HV,x,9,3,2026,us"] * 30),
            "and 10 more lines like these",
        ),
    ],
)
def test_a_file_that_cannot_be_read_lists_its_faults_and_nothing_is_kept(
    client: Client, name: str, lines: tuple[str, ...], says: str
) -> None:
    answer = build(client, **{name: sent(f"{name}.csv", *lines)})

    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert says in answer.content.decode()  # type: ignore[attr-defined]
    assert not Case.objects.exists()


def test_a_file_of_other_letters_is_refused_in_words(client: Client) -> None:
    answer = build(client, access=SimpleUploadedFile("access.csv", b"\xff\xfe\x00m"))

    assert "access.csv cannot be read as UTF-8 text" in answer.content.decode()  # type: ignore[attr-defined]


def test_a_case_reads_as_a_report_inside_the_page(client: Client, kept_case: Case) -> None:
    page = client.get(page_of("case", kept_case)).content.decode()

    assert "Leeds: babies who need help" in page
    assert page.count("data:image/svg+xml;base64,") >= 3
    assert "<script>" not in page
    assert " style=" not in page


def test_sections_that_are_left_out_make_a_new_version(client: Client, kept_case: Case) -> None:
    chosen = [one for one in newest(kept_case).sections if one != "policy"]

    client.post(page_of("case_sections", kept_case), {"sections": chosen, "after": 1})

    assert newest(kept_case).sections == chosen
    assert kept_case.versions.get(number=1).sections != chosen
    assert "What England has said" not in client.get(page_of("case", kept_case)).content.decode()


def test_at_least_one_section_is_kept(client: Client, kept_case: Case) -> None:
    answer = client.post(page_of("case_sections", kept_case), {"after": 1})

    assert answer.status_code == 422
    assert "Choose at least one section" in answer.content.decode()


def test_own_words_are_saved_and_escaped(client: Client, kept_case: Case) -> None:
    words = page_of("case_words", kept_case, "early-life")

    client.post(words, {"after": 1, "passage-0": "Ask <b>us</b> about {1}.", "passage-1": ""})

    assert newest(kept_case).words == {"early-life.0": "Ask <b>us</b> about {1}."}
    assert (
        "Ask &lt;b&gt;us&lt;/b&gt; about" in client.get(page_of("case", kept_case)).content.decode()
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("There are {1: 9,999 babies}.", "cannot be changed here"),
        ("We saw 40% of them.", "Say where the number comes from"),
        ("x" * 100_000, "characters or fewer"),
        ("a\x00b", "Null"),
    ],
)
def test_a_text_that_cannot_stand_is_refused_and_nothing_typed_is_lost(
    client: Client, kept_case: Case, text: str, says: str
) -> None:
    words = page_of("case_words", kept_case, "early-life")

    answer = client.post(words, {"after": 1, "passage-0": text, "passage-1": "Seacroft"})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Seacroft" in answer.content.decode()
    assert newest(kept_case).number == 1


def test_saving_nothing_new_makes_no_version(client: Client, kept_case: Case) -> None:
    page = client.get(page_of("case_words", kept_case, "early-life"))
    assert page.status_code == 200

    client.post(page_of("case_words", kept_case, "early-life"), {"after": 1})

    assert newest(kept_case).number == 1


def test_a_version_saved_meanwhile_is_not_overwritten(client: Client, kept_case: Case) -> None:
    words = page_of("case_words", kept_case, "early-life")
    client.post(words, {"after": 1, "passage-1": "Mine."})

    answer = client.post(words, {"after": 1, "passage-1": "Yours."})

    assert answer.status_code == 422
    assert "Somebody saved another version" in answer.content.decode()
    assert 'name="after" value="2"' in answer.content.decode()
    assert newest(kept_case).words == {"early-life.1": "Mine."}


@pytest.mark.database
def test_two_saves_after_one_version_cannot_both_stand(kept_case: Case) -> None:
    details = VersionDetails(sections=["need"], what="Sections chosen")
    services.save_version(kept_case, details, after=1, on=DAY, by=kept_case.begun_by)

    with pytest.raises(StaleCaseError):
        services.save_version(kept_case, details, after=1, on=DAY, by=kept_case.begun_by)

    assert [row.number for row in kept_case.versions.order_by("number")] == [1, 2]


def test_versions_are_compared_and_an_older_one_is_put_back(
    client: Client, kept_case: Case
) -> None:
    words = page_of("case_words", kept_case, "early-life")
    client.post(words, {"after": 1, "passage-1": "Ask Seacroft."})
    page = client.get(page_of("case_versions", kept_case) + "?old=2&new=1").content.decode()
    assert "Ask Seacroft." in page

    client.post(page_of("case_put_back", kept_case, 1))

    assert (newest(kept_case).number, newest(kept_case).words) == (3, {})
    assert kept_case.versions.get(number=2).words == {"early-life.1": "Ask Seacroft."}


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!DOCTYPE"), ("md", b"*A case for change")],
)
def test_a_version_is_saved_as_a_file(
    client: Client, kept_case: Case, ending: str, begins: bytes
) -> None:
    answer = client.get(page_of("case_file", kept_case, 1, ending))

    assert answer.content.startswith(begins)
    name = f"case-for-change-leeds-version-1.{ending}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_another_kind_of_file_is_not_found(client: Client, kept_case: Case) -> None:
    assert client.get(page_of("case_file", kept_case, 1, "exe")).status_code == 404


def test_a_shared_version_is_read_by_everyone_of_the_organisation_and_nobody_else(
    client: Client, client_as: SignIn, kept_case: Case
) -> None:
    client.post(page_of("case_share", kept_case, 1))
    client.post(page_of("case_share", kept_case, 1))
    row = CaseShare.objects.get()
    link = reverse("evidence:shared", args=[row.pk])
    elsewhere = TeamFactory.create()

    assert link in client.get(page_of("case_share", kept_case, 1)).content.decode()
    assert client_as(Role.TEAM_ADMINISTRATOR).get(link).status_code == 200
    assert client_as(Role.CLINICAL_LEAD, in_team=elsewhere).get(link).status_code == 404
    assert Client().get(link).status_code == 302


def test_a_share_that_is_ended_opens_no_more(client: Client, kept_case: Case) -> None:
    row = CaseShareFactory.create(version_shared=newest(kept_case))

    client.post(page_of("case_share", kept_case, 1), {"end": "yes"})

    row.refresh_from_db()
    assert row.ended_by is not None
    assert client.get(reverse("evidence:shared", args=[row.pk])).status_code == 404
    assert client.get(reverse("evidence:shared_file", args=[row.pk, "md"])).status_code == 404


@pytest.mark.parametrize("name", ["case", "case_sections", "case_versions"])
def test_a_draft_is_seen_only_by_those_who_plan_for_its_organisation(
    client_as: SignIn, kept_case: Case, name: str
) -> None:
    elsewhere = TeamFactory.create()

    assert client_as(Role.ANALYST).get(page_of(name, kept_case)).status_code == 200
    assert client_as(Role.SERVICE_MANAGER).get(page_of(name, kept_case)).status_code == 404
    stranger = client_as(Role.COMMISSIONER, in_team=elsewhere)
    assert stranger.get(page_of(name, kept_case)).status_code == 404


def test_who_plans_for_no_organisation_cannot_build(client_as: SignIn) -> None:
    assert build(client_as(Role.SERVICE_MANAGER)).status_code == 403  # type: ignore[attr-defined]


def test_the_list_asks_the_same_of_the_database_for_three_cases_and_for_thirty(
    client: Client,
    organisation: Organisation,
    user_as: Callable[..., User],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    who = user_as(Role.ANALYST)
    CaseFactory.create_batch(30, organisation=organisation, begun_by=who)

    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        page = client.get(reverse("evidence:cases")).content.decode()

    assert page.count('<th scope="row">') == 30


def away_case(client: Client) -> Case:
    build(client)
    case = Case.objects.get()
    client.post(page_of("case_put_away", case))
    case.refresh_from_db()
    return case


def test_a_case_that_is_put_away_leaves_the_list_and_stands_under_put_away(client: Client) -> None:
    away_case(client)

    page = client.get(reverse("evidence:cases")).content.decode()

    assert "Cases of your organisation" not in page
    assert page.index("Put away by") < page.index("Rutland</a>")


def test_a_case_that_is_put_away_can_still_be_read_and_says_so(client: Client) -> None:
    case = away_case(client)

    page = client.get(page_of("case", case))

    assert page.status_code == 200
    assert "Bring back" in page.content.decode()
    assert f"Put away by {case.put_away_by.full_name}" in page.content.decode()  # type: ignore[union-attr]


def test_a_case_that_is_brought_back_stands_in_the_list_again(client: Client) -> None:
    case = away_case(client)

    client.post(page_of("case_bring_back", case))

    page = client.get(reverse("evidence:cases")).content.decode()
    assert "Cases of your organisation" in page
    assert "Put away by" not in page


def test_putting_away_and_bringing_back_are_each_logged_once_however_often_pressed(
    client: Client,
) -> None:
    case = away_case(client)
    client.post(page_of("case_put_away", case))
    client.post(page_of("case_bring_back", case))
    client.post(page_of("case_bring_back", case))

    actions = AuditEvent.objects.filter(action__in=("case_put_away", "case_brought_back"))
    assert sorted(actions.values_list("action", flat=True)) == [
        "case_brought_back",
        "case_put_away",
    ]


def test_two_people_who_put_a_case_away_at_once_are_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(client)
    case = Case.objects.get()
    old = Case.objects.get()
    services.put_away(Case.objects.get(), on=DAY, by=case.begun_by)
    monkeypatch.setattr(queries, "open_case", lambda *_given, **_by: old)

    page = client.post(page_of("case_put_away", case), follow=True)

    assert "at the same time" in page.content.decode()


@pytest.mark.parametrize("page", ["case_put_away", "case_bring_back"])
@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.SERVICE_MANAGER])
def test_who_may_not_edit_a_case_may_not_put_it_away(
    client_as: SignIn, page: str, role: Role
) -> None:
    client = client_as(role)
    case = CaseFactory.create(organisation=TeamFactory.create().organisation)

    assert client.post(page_of(page, case)).status_code == 404
    assert Case.objects.get().put_away_on is None
