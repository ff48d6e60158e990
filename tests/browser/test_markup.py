"""The Nu checker: no error and no warning on any page."""

import json
import shutil
import subprocess
from pathlib import Path

from tests.browser.conftest import ROOT, tool


def nu(addresses: list[str]) -> list[str]:
    java = tool(shutil.which("java"), "Java", "the package default-jre-headless")
    jar = tool(
        str(ROOT / "tests/node_modules/vnu-jar/build/dist/vnu.jar"),
        "The Nu checker",
        "the npm packages: npm ci --prefix tests",
    )
    # With a smaller stack the checker overflows on deep pages and says so only in passing.
    command = [java, "-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", *addresses]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{Path(said.get('url', '')).name}:{said.get('lastLine')}: {said['message']}"
        for said in json.loads(done.stderr)["messages"]
        if said["type"] == "error" or said.get("subType") == "warning"
    ]


def test_every_page_is_valid(site: Path, address: str, tmp_path: Path) -> None:
    """Asked for over HTTP: of a file the checker cannot tell whether its policy allows its own style sheet.

    A wrong page goes along, to show that the checker can fail: the checker itself takes longest to start.
    """
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!doctype html><html lang=en><title>x</title><p id=a><p id=a><img src=b>", encoding="utf-8")
    paths = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
    assert len(paths) > 20
    found = nu([*(f"{address}/{path}" for path in paths), str(wrong)])
    assert len([line for line in found if line.startswith(wrong.name)]) >= 2
    assert not [line for line in found if not line.startswith(wrong.name)]
