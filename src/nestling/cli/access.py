"""Commands: access by age from a national extract, and a made-up extract to practise on."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from nestling.analytics.access.ages import parse_ages
from nestling.analytics.access.csvfile import as_csv
from nestling.analytics.access.figures import lay_out
from nestling.analytics.access.periods import period_until
from nestling.analytics.access.published import publish
from nestling.analytics.access.run import count, open_extract
from nestling.analytics.access.scope import Scope
from nestling.analytics.engines.duckdb import DuckDBEngine
from nestling.analytics.extract import find_sources
from nestling.analytics.synthetic import Demo, write_demo
from nestling.cli.base import app
from nestling.reference.access import disclosure_rules
from nestling.science.disclosure import safe_count


@app.command("access")
def access(
    folder: Annotated[Path, typer.Argument()],
    until: Annotated[str, typer.Option()],
    by: Annotated[str, typer.Option()] = "age",
    ages: Annotated[str, typer.Option()] = "0-2",
    measure: Annotated[list[str] | None, typer.Option()] = None,
    disclosure: Annotated[str, typer.Option()] = "strict",
) -> None:
    """Figures."""
    engine = DuckDBEngine()
    src = find_sources(folder)
    open_extract(engine, src, wanted=list(src))
    geos = ("country", *[g for g in by.split(",") if g != "age"])
    scope = Scope(period=period_until(date.fromisoformat(until), months=12), ages=parse_ages(ages), geographies=geos)
    figures = lay_out(scope, {scope.period: count(engine, measure or ["children_ge1"], scope)}, [])
    rule = disclosure_rules()[disclosure]
    shown = {k: safe_count(v, rule, place=k.place.kind) for k, v in figures.cells.items()}
    print(as_csv(publish(figures, shown, rule)))


@app.command("demo-extract")
def demo_extract(
    out: Annotated[Path, typer.Option(help="Folder to write.")],
    referrals: Annotated[int, typer.Option(min=1, help="How many referrals.")] = 100_000,
) -> None:
    """Write a made-up national extract for practice: no row is about a real person.

    Example: nestling demo-extract --referrals 100000 --out practice
    """
    write_demo(Demo(referrals=referrals), out, step=lambda _words: None)
