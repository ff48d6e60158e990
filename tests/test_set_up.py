"""Set-up installs what is locked and nothing else, mends itself, and says in one line what it lacks. No network."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from .conftest import ROOT
from .test_shape import tracked

CALL = re.compile(r"\b(?:pip3?|uv|easy_install|pipx)(?: pip)? +(install|sync|check|download|wheel)\b([^\n;|&()]*)")
EXACTLY = ("--no-deps", "--require-hashes", "--only-binary=:all:", "-r")
LOCKS = ("requirements.txt", "tests/requirements.txt", ".ci/requirements.txt", "tests/bench/requirements.txt")


def slips(text: str) -> list[str]:
    """What is wrong with the calls of pip in a script: each must install hashes alone, and be checked next."""
    found, unchecked = [], ""
    for act, options in calls(text):
        if unchecked and act != "check":
            found.append(f"{unchecked}: no 'pip check' after it")
        unchecked = "" if act == "check" else act + options
        if act != "check" and (missing := set(EXACTLY) - set(options.split())):
            found.append(f"{act}{options}: lacks {' '.join(sorted(missing))}")
    return found + ([f"{unchecked}: no 'pip check' after it"] if unchecked else [])


def calls(text: str) -> list[tuple[str, str]]:
    """Each call of pip and its options; a list of words in Python, less its quotes, reads like a command line."""
    return CALL.findall(re.sub(r"[\"',]+ *", " ", text))


def scripts() -> dict[str, str]:
    folders = (".ci/", ".github/workflows/", "tests/bench/")
    names = {path.relative_to(ROOT).as_posix(): path for path in tracked()}
    return {
        name: path.read_text(encoding="utf-8")
        for name, path in names.items()
        if name == "Makefile" or (name.startswith(folders) and path.suffix in {"", ".py", ".sh", ".yml"})
    }


def test_nothing_is_resolved_where_packages_are_installed() -> None:
    found = scripts()
    assert {name for name, text in found.items() if calls(text)} == {".ci/install.py", "tests/bench/installing.py"}
    assert {name: wrong for name, text in found.items() if (wrong := slips(text))} == {}


GOOD = "pip install --no-deps --require-hashes --only-binary=:all: -r a.txt\npip check\n"


@pytest.mark.parametrize(
    ("careless", "said"),
    [
        ("\t@.venv/bin/pip install --quiet --require-hashes -r requirements.txt\n", "--no-deps"),
        ("pip install uv\npip check\n", "lacks"),
        (GOOD.replace("pip check", ""), "no 'pip check'"),
        (GOOD + "run: python -m pip install --upgrade pip\n", "lacks"),
        (GOOD.replace("pip check", "") + GOOD, "no 'pip check'"),
        ('_run(str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK))\n', "--no-deps"),
        ("uv pip install -r requirements.txt\n", "lacks"),
    ],
)
def test_a_careless_call_is_found(careless: str, said: str) -> None:
    assert slips(GOOD) == []
    assert said in " ".join(slips(careless))


def locked(name: str) -> dict[str, Version]:
    entries = re.findall(r"^([\w.-]+)==([^ ;\n]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(package): Version(version) for package, version in entries}


def test_the_locks_hold_what_the_project_asks_for() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {
        "requirements.txt": told["project"]["dependencies"],
        "tests/requirements.txt": told["project"]["dependencies"] + told["project"]["optional-dependencies"]["test"],
        ".ci/requirements.txt": told["dependency-groups"]["lock"],
        "tests/bench/requirements.txt": (ROOT / "tests/bench/requirements.in").read_text(encoding="utf-8").split(),
    }
    assert tuple(asked) == LOCKS
    for name, requirements in asked.items():
        have = locked(name)
        for wanted in map(Requirement, requirements):
            version = have.get(canonicalize_name(wanted.name))
            assert version and wanted.specifier.contains(version, prereleases=True), f"{name}: {wanted}; run make lock"


def test_both_locks_hold_one_version_of_a_package() -> None:
    build, test = locked("requirements.txt"), locked("tests/requirements.txt")
    assert {name: (version, test.get(name)) for name, version in build.items() if test.get(name) != version} == {}


def test_one_floor_for_python() -> None:
    """The locks are made for the oldest Python that the project says it runs on, and no package wants a newer one."""
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "requires-python"
    ].removeprefix(">=")
    assert f"--python-version {floor} " in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"Python {floor}" in (ROOT / "README.md").read_text(encoding="utf-8")
