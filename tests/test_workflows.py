"""What runs on a code host: least rights, every action pinned, nothing of a stranger's in a command."""

import subprocess
import sys
from pathlib import Path

from tests.projects import ROOT

ZIZMOR = str(Path(sys.executable).parent / "zizmor")


def audit(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [ZIZMOR, "--offline", "--no-progress", "--persona", "pedantic", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_workflows_keep_to_the_strictest_rules() -> None:
    done = audit(ROOT / ".github/workflows")
    assert done.returncode == 0, done.stdout


def test_a_careless_workflow_is_found(tmp_path: Path) -> None:
    workflow = tmp_path / ".github/workflows/careless.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(
        "on: pull_request_target\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - uses: actions/checkout@v6\n      - run: echo ${{ github.event.pull_request.title }}\n",
        encoding="utf-8",
    )
    done = audit(workflow.parent)
    assert done.returncode != 0 and "template-injection" in done.stdout
