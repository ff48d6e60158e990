"""The project's commands: ``python -m discguide check``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .check import check
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


def main() -> int:
    """Run one command from the project's root."""
    parser = argparse.ArgumentParser(prog="discguide", description=__doc__)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("check", help="check facts, words and built pages").set_defaults(run=lambda _: _check(Path.cwd()))
    arguments = parser.parse_args()
    return int(arguments.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
