"""The chosen sites as JSON, as GeoJSON and as a table."""

from nestling.need.as_json import Json
from nestling.need.sites import SiteAnswer
from nestling.science.placement import Site

#: Places on the ground are given to about a hundred metres: centroids are no finer.
PLACES = 4


def sites_as_json(answer: SiteAnswer) -> Json:
    """The sites in order, what they reach together, the bound, and what the next would add."""
    found = answer.placement
    following = found.next_site
    return {
        "scenario": answer.scenario,
        "reach": answer.reach_words,
        "sites": [_site(answer, site, order) for order, site in enumerate(found.sites, start=1)],
        "unmet_need": round(found.unmet_need, 1),
        "within_reach": round(found.covered, 1),
        "share_within_reach": round(found.share, 4),
        "bound": round(found.bound, 1),
        "gap": round(found.gap, 6),
        "cost_pence": round(answer.cost_pence),
        "families_these_teams_can_see": round(answer.families_a_team * len(found.sites)),
        "next_site": _site(answer, following, len(found.sites) + 1) if following else None,
        "notes": list(answer.notes),
    }


def _site(answer: SiteAnswer, site: Site, order: int) -> Json:
    place, (east, north) = answer.places[site.place], answer.points[site.place]
    return {
        "order": order,
        "code": place.code,
        "name": place.name,
        "longitude": round(east, PLACES),
        "latitude": round(north, PLACES),
        "adds": round(site.adds, 1),
        "gains": [
            {
                "code": answer.places[one].code,
                "name": answer.places[one].name,
                "unmet_need": round(answer.places[one].unmet_need, 1),
                "provision": _provision(answer, one),
            }
            for one in site.gains
        ],
    }


def _provision(answer: SiteAnswer, place: int) -> str:
    seen = answer.studied[place].seen
    return seen.state if seen else "unknown"


def sites_as_geojson(answer: SiteAnswer) -> Json:
    """The sites as points (WGS84), with all that the JSON says of each."""
    whole = sites_as_json(answer)
    features = []
    for order, site in enumerate(answer.placement.sites, start=1):
        properties = _site(answer, site, order)
        east, north = properties.pop("longitude"), properties.pop("latitude")
        point = {"type": "Point", "coordinates": [east, north]}
        features.append({"type": "Feature", "geometry": point, "properties": properties})
    rest = {key: value for key, value in whole.items() if key != "sites"}
    return {"type": "FeatureCollection", "features": features, **rest}


def sites_as_text(answer: SiteAnswer) -> str:
    """The sites as a table for a terminal."""
    found = answer.placement
    families = answer.families_a_team * len(found.sites)
    lines = [
        f"{len(found.sites)} sites, scenario {answer.scenario}, reach {answer.reach_words}",
        f"  {'':>3} {'site':<36} {'adds':>8}  who gains",
    ]
    lines += [_line(answer, site, order) for order, site in enumerate(found.sites, start=1)]
    lines += [
        f"Babies in need within reach: {found.covered:,.0f} of {found.unmet_need:,.0f}",
        f"Share within reach: {found.share:.1%}",
        f"No choice of as many sites reaches more than {found.bound:,.0f} (gap {found.gap:.2%})",
        f"Families these teams can see in a year: about {families:,.0f}",
        f"Cost in a year: £{answer.cost_pence / 100:,.0f}",
    ]
    if found.next_site:
        lines.append("The next site would be:")
        lines.append(_line(answer, found.next_site, len(found.sites) + 1))
    return "\n".join([*lines, "Notes", *(f"  {note}" for note in answer.notes), ""])


def _line(answer: SiteAnswer, site: Site, order: int) -> str:
    place = answer.places[site.place]
    gains = ", ".join(answer.places[one].name for one in site.gains)
    return f"  {order:>3} {place.name[:36]:<36} {site.adds:>8,.0f}  {gains}"
