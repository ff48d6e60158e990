"""(IO) What git knows of the project: the files of a commit, and when the last one was made.

Nothing of a commit is ever written to a disk: a stranger's commit may hold links and names that lead out of any
folder. Git's own tree is read, not an archive of it, which the commit's attributes could change.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

MOST_BYTES = 50_000_000
"""Of all files together: many times what the guide has; stops a commit made to exhaust memory."""
MOST_LISTED = 1_000_000
"""Bytes of the list of their names."""
_PLAIN_FILE = b"100"
LINE_ENDS = (b"\r\n", b"\n")


class GitRefuses(ValueError):
    """Git is there and does not answer, or there is no git; the text says why in one line."""


def files_at(root: Path, base: str, folder: str) -> dict[str, bytes | None]:
    """Read every file that ``folder`` holds in the commit ``base``, by its name inside that folder.

    What is no plain file (a link, a module of its own) is None. Line ends are folded, as in all that is published.

    Raises:
        GitRefuses: git does not know the commit, or it cannot be one of the guide's.
    """
    files: dict[str, bytes | None] = {}
    blobs: dict[str, bytes] = {}
    total = 0
    for entry in _listed(root, base, folder):
        answer, _, name = entry.partition(b"\t")
        mode, kind, blob, size = answer.split()
        inside = os.fsdecode(name).removeprefix(f"{folder}/")
        if kind == b"blob" and mode.startswith(_PLAIN_FILE):
            if inside in blobs:
                raise GitRefuses(f"'{base}' holds {folder}/{inside} twice, which git never makes; compare with another")
            blobs[inside] = blob
            total += int(size)
        elif kind != b"tree":
            files[inside] = None
    if total > MOST_BYTES:
        raise GitRefuses(f"'{base}' holds {total} bytes in {folder}/; compare with a commit of the guide")
    if not blobs:
        raise GitRefuses(f"'{base}' has no files in {folder}/; compare with a commit of the guide")
    return files | dict(zip(blobs, _contents(root, list(blobs.values())), strict=True))


def changed_files(root: Path, base: str, head: str) -> list[str]:
    """Name every file that differs between the common ancestor of two commits and the second.

    Raises:
        GitRefuses: git does not know one of them.
    """
    for commit in (base, head):
        _tree_of(root, commit)
    ancestor = _git(root, "merge-base", "--end-of-options", base, head).decode().strip()
    told = _git(root, "diff", "--name-only", "--no-renames", "-z", "--end-of-options", ancestor, head)
    return [os.fsdecode(name) for name in told.split(b"\0")[:-1]]


def file_at(root: Path, base: str, name: str) -> bytes:
    """Read one plain file of the commit ``base``; nothing where the commit has none of that name.

    Raises:
        GitRefuses: git does not know the commit.
    """
    answer = _git(root, "ls-tree", "-z", "-l", _tree_of(root, base), "--", name).partition(b"\0")[0]
    mode, _kind, blob, size = (answer.partition(b"\t")[0].split() + [b""] * 4)[:4]
    plain = mode.startswith(_PLAIN_FILE) and int(size) <= MOST_BYTES
    return _contents(root, [blob])[0] if plain else b""


def last_commit(root: Path) -> int | None:
    """Tell when the last commit was made, in seconds since 1970; None where the project's files are in no commit.

    Raises:
        GitRefuses: there is a repository, but git does not read it. A wrong date would go unseen.
    """
    if not any((folder / ".git").exists() for folder in (root.resolve(), *root.resolve().parents)):
        return None
    # An archive of the sources may lie in a repository of something else, whose dates say nothing of it.
    if not _git(root, "ls-files", "--", "mkdocs.yml"):
        return None
    return int(_git(root, "log", "-1", "--format=%ct"))


def _tree_of(root: Path, base: str) -> str:
    """Name the commit's tree. The name is given as input, so it is never taken for an option or for a path."""
    answer = _git(
        root, "cat-file", "--batch-check=%(objectname) %(objecttype)", stdin=os.fsencode(f"{base}^{{tree}}\n")
    )
    tree, _, kind = answer.rstrip(b"\n").partition(b" ")
    if kind != b"tree":
        raise GitRefuses(f"git does not know '{base}'; write a branch or a commit, like BASE=main")
    return tree.decode()


def _listed(root: Path, base: str, folder: str) -> list[bytes]:
    """List a folder of the commit, as far as a folder of the guide can go: some trees hold themselves without end."""
    command = ["git", "-C", str(root), "ls-tree", "-r", "-t", "-l", "-z", _tree_of(root, base), "--", f"{folder}/"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as listing:
        assert listing.stdout
        answer = listing.stdout.read(MOST_LISTED + 1)
        if len(answer) > MOST_LISTED:
            listing.kill()
            raise GitRefuses(f"'{base}' holds too many files in {folder}/; compare with a commit of the guide")
    return answer.split(b"\0")[:-1]


def _contents(root: Path, blobs: list[bytes]) -> list[bytes]:
    answer = _git(root, "cat-file", "--batch", stdin=b"".join(blob + b"\n" for blob in blobs))
    found = []
    for blob in blobs:
        head, _, answer = answer.partition(b"\n")
        if not head.startswith(blob + b" blob "):
            raise GitRefuses(f"git lost a file of that commit ({os.fsdecode(head)}); run git fsck")
        size = int(head.rpartition(b" ")[2])
        found.append(answer[:size].replace(*LINE_ENDS))
        answer = answer[size + 1 :]
    return found


def _git(root: Path, *arguments: str | bytes, stdin: bytes = b"") -> bytes:
    command: list[str | bytes] = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, check=False, env=os.environ | {"LC_ALL": "C"})
    except FileNotFoundError:
        raise GitRefuses("git is not installed; install the package git") from None
    if done.returncode:
        reason = (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"])[0]
        hint = "run git status here to see more"
        if "dubious ownership" in reason:
            hint = f"make the files yours, or run: git config --global --add safe.directory '{root.resolve()}'"
        raise GitRefuses(f"git refuses ({reason}); {hint}")
    return done.stdout
