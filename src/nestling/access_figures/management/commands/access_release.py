"""Count an extract and store what may be published of it, for the pages of access by age."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from nestling.access_figures.compute import NotForPagesError, Wanted, compute
from nestling.access_figures.packing import packed
from nestling.access_figures.services import compute_release
from nestling.analytics.access.request import RequestError
from nestling.analytics.extract import ExtractError
from nestling.foundation.clock import today


class Command(BaseCommand):
    """Example: python -m django access_release practice --until 2025-12-31."""

    help = "Count an extract and store the published tables; no record is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder and the periods."""
        parser.add_argument("folder", nargs="?", default="", help="Else NESTLING_EXTRACT_DIR.")
        parser.add_argument("--until", required=True, help="Last day, YYYY-MM-DD.")
        parser.add_argument("--compare-until", default="", help="Last day of an earlier period.")
        parser.add_argument("--areas", default="region,icb", help="region,icb,sub_icb,provider")
        parser.add_argument("--disclosure", default="strict", help="strict or nhs-england")
        parser.add_argument("--engine", default="duckdb", help="duckdb or spark")
        parser.add_argument(
            "--pack-to", default="", help="Write the release as files here, and store nothing."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Compute, store, and say what was left out."""
        folder = options["folder"] or settings.EXTRACT_DIR
        if not folder:
            raise CommandError("name the folder of the extract, or set NESTLING_EXTRACT_DIR")
        names = ("until", "compare_until", "areas", "disclosure", "engine")
        wanted = Wanted(folder=Path(folder), **{name: options[name] for name in names})
        try:
            if options["pack_to"]:
                self.pack(wanted, Path(options["pack_to"]))
                return
            release = compute_release(wanted, on=today(), by=None, step=self.say)
        except (ExtractError, RequestError) as error:
            raise CommandError("\n".join(error.faults), returncode=2) from error
        except NotForPagesError as error:
            raise CommandError(str(error), returncode=2) from error
        for name, why in release.about["left_out"].items():
            self.stderr.write(f"{name} was left out: {why}")
        self.stdout.write(f"Stored: {release.title} ({release.rows.count()} lines).")

    def pack(self, wanted: Wanted, folder: Path) -> None:
        """Write the files of a release, such as the one that comes with Nestling."""
        found = packed(compute(wanted, step=self.say))
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in found.items():
            (folder / name).write_bytes(content)
        self.stdout.write(f"Written: {', '.join(found)}.")

    def say(self, words: str) -> None:
        """One step of long work."""
        self.stderr.write(f"… {words}")
