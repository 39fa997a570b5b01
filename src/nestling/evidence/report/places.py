"""How an area is spoken of: its name in a sentence, its nation, what kind of area it is."""

import re
from dataclasses import dataclass

from nestling.reference.areas import Area, AreaType, areas
from nestling.reference.areas.lookup import membership

#: The first letter of a code and the nation; a health and social care trust has none.
NATIONS = {"E": "england", "W": "wales", "S": "scotland", "N": "northern-ireland", "K": "uk"}
ARTICLE = re.compile(
    r"^(City of London|Isles? of|Vale of|Forest of|East of England|Orkney Islands|Shetland Islands"
    r"|Scottish Borders|United Kingdom|(North|South) (East|West)$|(East|West) Midlands$|Midlands$)"
)
HEALTH_BODY = re.compile(
    r"^(?:NHS )?(?P<place>.+?) (?:Integrated Care Board|(?:University|Teaching) Health Board"
    r"|Health and Social Care Trust)$"
)
KINDS = {
    AreaType.UK: "the United Kingdom",
    AreaType.COUNTRY: "nation",
    AreaType.REGION: "region",
    AreaType.ICB: "integrated care board",
    AreaType.SUBICB: "sub-location of an integrated care board",
    AreaType.NHS_REGION: "NHS region",
    AreaType.LHB: "local health board",
    AreaType.HB: "NHS board",
    AreaType.HSCT: "health and social care trust",
    AreaType.UTLA: "council area",
    AreaType.LAD: "council area",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An area as a report speaks of it."""

    code: str
    official: str
    name: str
    in_sentence: str
    kind: str
    nation: str
    districts: int

    @property
    def title(self) -> str:
        """The name at the start of a title."""
        return self.in_sentence[0].upper() + self.in_sentence[1:]


def place_of(area: Area) -> Place:
    """The words for an area."""
    name = spoken(area.name)
    kind = KINDS[next(kind for kind in KINDS if area.is_a(kind))]
    return Place(
        code=area.code,
        official=area.name,
        name=name,
        in_sentence=f"the {name}" if ARTICLE.match(name) else name,
        kind=kind,
        nation=nation_of(area.code),
        districts=len(membership(area.code)),
    )


def spoken(official: str) -> str:
    """A name as people say it.

    >>> [spoken(name) for name in ("Bristol, City of", "NHS West Yorkshire Integrated Care Board")]
    ['Bristol', 'West Yorkshire']
    >>> spoken("Powys Teaching Health Board"), spoken("NHS Highland")
    ('Powys', 'NHS Highland')
    """
    name = re.sub(r", (?:City|County) of$", "", official)
    name = re.sub(r" NHS region$", "", name)
    name = re.sub(r"^City of (?!London)", "", name)
    body = HEALTH_BODY.match(name)
    return body["place"] if body else name


def nation_of(code: str) -> str:
    """The nation that an area lies in, or `uk`."""
    if code.endswith("HSCT") or not code[1:2].isdigit():
        return "northern-ireland"
    return NATIONS[code[0]]


def around(code: str) -> str:
    """The code of the integrated care board that holds most of an area; empty if several do."""
    districts = areas().districts
    boards = {districts[lad].health_area for lad in membership(code)}
    return boards.pop() if len(boards) == 1 else ""
