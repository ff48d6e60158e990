"""The project's commands: ``python -m discguide check``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .check import check, schema_path
from .opendata import schema_text
from .problems import blocking, report


def _check(root: Path) -> int:
    print("Checking facts, words and built pages …", flush=True)
    problems = check(root)
    if blocking(problems):
        print(report(problems), file=sys.stderr)
        return 1
    print(report(problems))
    print("All is well.")
    return 0


def _schema(root: Path) -> int:
    schema_path(root).write_text(schema_text(), encoding="utf-8")
    print(f"Wrote {schema_path(root).relative_to(root)}.")
    return 0


def main() -> int:
    """Run one command from the project's root."""
    parser = argparse.ArgumentParser(prog="discguide", description=__doc__)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("check", help="check facts, words and built pages").set_defaults(
        run=lambda _: _check(Path.cwd())
    )
    commands.add_parser("schema", help="write the data file's schema").set_defaults(run=lambda _: _schema(Path.cwd()))
    arguments = parser.parse_args()
    return int(arguments.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
