"""The rooms of figures, which hold no family: samples of their addresses and who may open them."""

from collections.abc import Iterator
from datetime import date

from nestling.access_figures.models import Release
from nestling.access_figures.services import store_release
from nestling.accounts.models import Organisation
from nestling.accounts.roles import Role
from nestling.evidence.models import Case, CaseShare
from nestling.need.models import ProvisionStatement, SavedWhatIf
from tests.factories.access_figures import small_pack
from tests.factories.evidence import (
    CaseBuildFactory,
    CaseFactory,
    CaseShareFactory,
    CaseVersionFactory,
    plain_report,
)
from tests.factories.need import LEEDS, ProvisionStatementFactory, SavedWhatIfFactory
from tests.house.addresses import Address, named_pages
from tests.house.matrix import ROLES, STATUS

ROOMS = ("need", "access", "evidence")
NOT_GET = 405
#                   practitioner lead administrator manager | commissioner analyst governance system
TABLE = """
need:map                 ok   ok   no   ok     ok   ok   no   no
need:map_csv             ok   ok   no   ok     ok   ok   no   no
need:area                ok   ok   no   ok     ok   ok   no   no
need:area_csv            ok   ok   no   ok     ok   ok   no   no
need:area_pdf            ok   ok   no   ok     ok   ok   no   no
need:plan                ok   ok   no   ok     ok   ok   no   no
need:save                no   no   no   no     ok   ok   no   no
need:what_ifs            ok   ok   no   ok     ok   ok   no   no
need:what_if             ok   ok   no   ok     ok   ok   no   no
need:what_if_remove      post post post post   post post post post
need:provision           ok   ok   no   ok     ok   ok   no   no
need:provision_add       no   no   no   no     ok   ok   no   no
need:provision_remove    post post post post   post post post post
access:start             ok   ok   no   ok     ok   ok   no   no
access:question          ok   ok   no   ok     ok   ok   no   no
access:explore           ok   ok   no   ok     ok   ok   no   no
access:explore_csv       ok   ok   no   ok     ok   ok   no   no
access:waterfall         ok   ok   no   ok     ok   ok   no   no
access:waterfall_csv     ok   ok   no   ok     ok   ok   no   no
evidence:claims          ok   ok   no   ok     ok   ok   no   no
evidence:claim           ok   ok   no   ok     ok   ok   no   no
evidence:finding         ok   ok   no   ok     ok   ok   no   no
evidence:cite            ok   ok   no   ok     ok   ok   no   no
evidence:contradictions  ok   ok   no   ok     ok   ok   no   no
evidence:checks          ok   ok   no   ok     ok   ok   no   no
evidence:cases           ok   ok   no   ok     ok   ok   no   no
evidence:case_new        no   no   no   no     ok   ok   no   no
evidence:case            none none no   none   ok   ok   no   no
evidence:case_sections   none none no   none   ok   ok   no   no
evidence:case_words      none none no   none   ok   ok   no   no
evidence:case_versions   none none no   none   ok   ok   no   no
evidence:case_version    none none no   none   ok   ok   no   no
evidence:case_put_away   post post post post   post post post post
evidence:case_bring_back post post post post   post post post post
evidence:case_put_back   post post post post   post post post post
evidence:case_share      none none no   none   ok   ok   no   no
evidence:case_file       none none no   none   ok   ok   no   no
evidence:shared          ok   ok   ok   ok     ok   ok   ok   ok
evidence:shared_file     ok   ok   ok   ok     ok   ok   ok   ok
"""


def figure_matrix() -> dict[str, dict[Role, int]]:
    """By page and role: the status of a GET."""
    statuses = {**STATUS, "post": NOT_GET}
    lines = (line.split() for line in TABLE.split("\n") if line)
    return {
        page: {role: statuses[word] for role, word in zip(ROLES, words, strict=True)}
        for page, *words in lines
    }


def figure_pages() -> list[str]:
    """Every named page of these rooms."""
    return [name for name in named_pages() if name.split(":")[0] in ROOMS]


def keep_figures(organisation: Organisation) -> None:
    """What commissioners keep: help stated, a what-if, a shared case; and a release to read."""
    ProvisionStatementFactory.create(organisation=organisation)
    SavedWhatIfFactory.create(organisation=organisation)
    case = CaseFactory.create(organisation=organisation)
    CaseBuildFactory.create(case=case)
    CaseShareFactory.create(version_shared=CaseVersionFactory.create(case=case))
    if not Release.objects.filter(is_practice=False).exists():
        store_release(small_pack(), on=date(2026, 3, 2), by=None)


def figure_addresses(organisation: Organisation) -> Iterator[Address]:
    """One address of each page, with what an organisation keeps."""
    case = Case.objects.get(organisation=organisation)
    kept = {
        "need:what_if": SavedWhatIf.objects.get(organisation=organisation).pk,
        "need:provision_remove": ProvisionStatement.objects.get(organisation=organisation).pk,
        "evidence:shared": CaseShare.objects.get(version_shared__case=case).pk,
    }
    kept["need:what_if_remove"] = kept["need:what_if"]
    kept["evidence:shared_file"] = kept["evidence:shared"]
    for page in figure_pages():
        if page.startswith("evidence:case_") or page == "evidence:case":
            kept[page] = case.pk
        ids = {"pk": kept[page]} if page in kept and page != "evidence:case_new" else {}
        yield Address(page=page, ids={**ids, **MORE.get(page, {})})


AREA: dict[str, object] = {"code": LEEDS}
NUMBER: dict[str, object] = {"number": 1}
FILE: dict[str, object] = {"ending": "md"}
MORE: dict[str, dict[str, object]] = {
    **dict.fromkeys(("need:area", "need:area_csv", "need:area_pdf", "need:save"), AREA),
    "need:plan": AREA,
    "access:question": {"number": "120765"},
    "evidence:claim": {"identifier": "E001"},
    "evidence:finding": {"identifier": "X20"},
    "evidence:cite": {"identifier": "E001", "style": "bibtex"},
    "evidence:case_words": {"section": str(plain_report()["sections"][0]["id"])},
    **dict.fromkeys(("evidence:case_version", "evidence:case_put_back"), NUMBER),
    "evidence:case_share": NUMBER,
    "evidence:case_file": {**NUMBER, **FILE},
    "evidence:shared_file": FILE,
}
