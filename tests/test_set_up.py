"""Set-up installs what is locked and nothing else, mends itself, and says in one line what it lacks. No network."""

import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests import made_up
from tests.made_up import wheel
from tests.projects import ROOT
from tests.test_shape import tracked

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


def make(project: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Call make with packages from nowhere but a folder beside the project."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "MAKE"))}
    env |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(project.parent / "offered")} | settings
    return subprocess.run(["make", *words], cwd=project, env=env, capture_output=True, text=True, check=False)


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that set-up says when it cannot go on."""
    assert done.returncode, done.stdout
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_it_installs_the_lock_whatever_else_is_there(tmp_path: Path) -> None:
    """Newer packages on offer, a set-up that was killed before pip was there, and settings made for other work."""
    offered = tmp_path / "offered"
    here = made_up.project(
        tmp_path / "here", wheel(offered, "first", "1.0", "second[more]") + wheel(offered, "second", "1.0")
    )
    wheel(offered, "first", "99.0", "third")
    wheel(offered, "second", "99.0")
    (here / ".venv/bin").mkdir(parents=True)
    (here / ".venv/bin/python").symlink_to(sys.executable)
    (tmp_path / "limits.txt").write_text("first==2.0\n", encoding="utf-8")
    (tmp_path / "pip.conf").write_text(f"[install]\nuser = true\ntarget = {tmp_path}/elsewhere\n", encoding="utf-8")
    asked = {"PIP_USER": "1", "PIP_REQUIRE_VIRTUALENV": "1", "PIP_NO_BINARY": ":all:", "PIP_PREFIX": str(tmp_path)}
    asked |= {"PIP_CONSTRAINT": str(tmp_path / "limits.txt"), "PIP_CONFIG_FILE": str(tmp_path / "pip.conf")}
    done = make(here, "check", **asked, PYTHONPATH="/nowhere", PYTHONHOME="/nowhere", PYTHONOPTIMIZE="2")
    assert done.returncode == 0, done.stderr
    have = [
        path.name
        for path in here.glob(".venv/lib/*/site-packages/*.dist-info")
        if not path.name.startswith(("pip", "setuptools"))
    ]
    assert sorted(have) == ["first-1.0.dist-info", "second-1.0.dist-info"]
    assert make(here, "check").stdout == f"code of {here}/hooks/discguide/__main__.py\n"

    # Killed while it added the tools of the tests: those that were there before are put back.
    (here / ".venv").rename(here / ".build/venv-before")
    (here / ".venv/bin").mkdir(parents=True)
    (here / ".venv/bin/python").symlink_to(sys.executable)
    assert make(here, "check").stdout == f"code of {here}/hooks/discguide/__main__.py\n"
    assert not list(here.glob(".build/venv-*"))

    copy = shutil.copytree(here, tmp_path / "a copy", symlinks=True)
    around = [str(copy / ".venv/bin/python"), "-m", "discguide"]
    assert subprocess.check_output(around, text=True) == f"code of {copy}/hooks/discguide/__main__.py\n"
    done = make(copy, "check")
    assert done.stdout.startswith("Setting up") and f"code of {copy}/" in done.stdout, done.stderr
    assert str(here) not in (copy / ".venv/bin/pip").read_text(encoding="utf-8")


def test_a_hole_in_a_lock_is_said_in_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    here = made_up.project(tmp_path / "here", wheel(tmp_path / "offered", "first", "1.0", "second"))
    assert "first 1.0 requires second, which is not installed" in refusal(make(here, "check"))
    assert not (here / ".venv").exists() and not list(here.glob(".build/venv-*"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("connection error: HTTPSConnectionPool(host='x', port=443): Max retries exceeded (Caused by NewConnectionError("
         "'[Errno -3] Temporary failure in name resolution')) - skipping\nERROR: No matching distribution found for a==1", "connect"),
        ("npm error code ENOTFOUND\nnpm error network request to https://x/a failed", "connect"),
        ("npm ERR! code ECONNREFUSED\nnpm ERR! errno ECONNREFUSED", "connect"),
        ("WARNING: SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'))", "PIP_CERT"),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", "NODE_EXTRA_CA_CERTS"),
        ("ERROR: No matching distribution found for lxml==6.1.3", "lxml==6.1.3 is not ready-made"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "do not use it"),
        ("npm error code EINTEGRITY", "do not use it"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "make room"),
        ("npm error code ENOSPC", "make room"),
        ("PermissionError: [Errno 13] Permission denied: '/x/.venv/bin'", "right to write"),
        ("npm error code EROFS", "right to write"),
        ("The virtual environment was not created successfully because ensurepip is not available.", "python3-venv"),
        ("Error: Refusing to create a venv in /a:b/.venv because it contains the PATH separator :.", "take it out"),
        ("first line\na==1 requires b, which is not installed.\n", "a==1 requires b, which is not installed."),
    ],
)  # fmt: skip
def test_what_pip_and_npm_say_becomes_a_cure(said: str, meant: str) -> None:
    install = runpy.run_path(str(ROOT / ".ci/install.py"))
    assert meant in install["_reason"](said)


def test_a_python_that_will_not_do_is_named(tmp_path: Path) -> None:
    here = made_up.project(tmp_path / "here", "")
    old = tmp_path / "python2"
    old.write_text('#!/bin/sh\nif [ "$1" = -V ]; then echo Python 2.7.18; else exit 1; fi\n', encoding="utf-8")
    old.chmod(0o755)
    assert "Python 2.7.18" in refusal(make(here, "check", f"PYTHON={old}"))
    assert "not there or does not run" in refusal(make(here, "check", "PYTHON=no-such-python"))


@pytest.mark.parametrize(
    "word", ["x;touch owned;#", "$(shell touch owned)", "`touch owned`", "--help", '"; touch owned; "', "a b"]
)
def test_words_reach_the_commands_as_they_were_given(word: str, tmp_path: Path) -> None:
    here = made_up.project(tmp_path / "here", "")
    (here / ".venv/bin").mkdir(parents=True)
    for name, text in {".ci/set-up": "exit 0", ".venv/bin/python": 'printf "%s\\n" "$@"'}.items():
        (here / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (here / name).chmod(0o755)
    for given in ([f"BASE={word}", f"PORT={word}"], []):
        settings = {} if given else {"BASE": word, "PORT": word}
        assert make(here, "diff", *given, **settings).stdout == f"-m\ndiscguide\ndiff\n--\n{word}\n"
        assert make(here, "serve", *given, **settings).stdout == f"-m\ndiscguide\nserve\n--port={word}\n"
    assert not (here / "owned").exists()


def test_what_lies_in_sbin_is_found() -> None:
    """Debian's ordinary users have no /usr/sbin in their PATH, yet nginx and ldconfig are installed."""
    command = [str(ROOT / ".ci/system-packages"), "pango", "nginx"]
    done = subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_every_checkout_has_the_same_bytes() -> None:
    """What git may give other line ends on other machines is text, and none of it depends on them."""
    names = "\0".join(path.relative_to(ROOT).as_posix() for path in tracked())
    command = ["git", "check-attr", "-z", "--stdin", "text", "eol"]
    told = subprocess.run(command, cwd=ROOT, input=names, capture_output=True, text=True, check=True).stdout.split("\0")
    given = {(name, attribute): value for name, attribute, value in zip(*[iter(told)] * 3, strict=False)}
    for path in tracked():
        name, data = path.relative_to(ROOT).as_posix(), path.read_bytes()
        kept = given[name, "text"] == "unset"
        assert kept or given[name, "eol"] == "lf", name
        assert kept or (b"\0" not in data and b"\r" not in data), f"{name}: mark it binary in .gitattributes"
