"""The house rules that can be checked: where things live, how large they grow, what they never name."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "hooks").rglob("*.py"))
HOOKS = sorted((ROOT / "hooks").glob("*.py"))
PACKAGE = ROOT / "hooks" / "discguide"
OURS = [path for path in MODULES if path.is_relative_to(PACKAGE) and path != PACKAGE / "__init__.py"]
LAYERS = (
    "problems", "addresses", "history", "text", "html_tree", "security", "data", "content", "render", "site", "pdf", "publish", "commands",
    "__main__",
)  # fmt: skip
"""The rooms in the order of the flow: each imports only what stands before it."""
HOMES = {
    "mkdocs": {"content.py", "theme.py", "output.py", "discguide/site/builder.py"},
    "weasyprint": {"discguide/pdf/engine.py"},
    "yaml": {"discguide/data/yaml/reader.py", "discguide/content/frontmatter.py"},
}
"""A library → the files that may import it."""


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, by its full name, wherever in the file the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def room(module: str) -> str:
    """The package, or the file at the top, in which a module of ours lies."""
    return module.removeprefix("discguide.").split(".")[0]


@pytest.mark.parametrize("path", OURS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_follow_the_flow(path: Path) -> None:
    """No arrow goes up: what is made early never knows what is made of it."""
    here = LAYERS.index(path.relative_to(PACKAGE).parts[0].removesuffix(".py"))
    above = [name for name in imports(path) if name.startswith("discguide.") and LAYERS.index(room(name)) > here]
    assert above == []
    beside = {"publish": "commands", "commands": "publish"}.get(LAYERS[here])
    assert not [name for name in imports(path) if beside and name.startswith(f"discguide.{beside}.")]


def test_each_library_has_one_home() -> None:
    """What may be exchanged one day is named in one place."""
    for library, homes in HOMES.items():
        users = {
            path.relative_to(ROOT / "hooks").as_posix()
            for path in MODULES
            if any(name.split(".")[0] == library for name in imports(path))
        }
        assert users and users <= homes, library


def test_rooms_have_room() -> None:
    """A newcomer sees what is in a package at a glance."""
    for folder in (ROOT / "hooks", PACKAGE, *(path for path in PACKAGE.iterdir() if (path / "__init__.py").is_file())):
        assert len(list(folder.glob("*.py"))) <= 14, folder
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert rooms <= {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_html_lives_in_templates(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(n.body[0].value)
        for n in ast.walk(tree)
        if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(n)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            assert not re.search(
                r"</?(div|span|p|a|ul|ol|li|table|t[dhr]|section|h[1-6]|figure)\b[^>]*>", node.value
            ), node.lineno


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_files_stay_small(path: Path) -> None:
    limit = 100 if path in HOOKS else 300
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


def test_the_root_stays_short() -> None:
    visible = {
        path.relative_to(ROOT).parts[0] for path in tracked() if not path.relative_to(ROOT).parts[0].startswith(".")
    }
    assert visible == {
        "CITATION.cff", "LICENSE", "Makefile", "README.md", "docs", "hooks", "mkdocs.yml", "overrides", "pyproject.toml", "requirements.txt", "tests",
    }  # fmt: skip


def test_the_readme_tree_is_true() -> None:
    tree = re.search(
        r"## Where things are\n\n```\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert tree
    parent = ""
    for line in tree[1].splitlines():
        name = line.split()[0]
        if not line.startswith(" "):
            parent = name
        assert (ROOT / (name if not line.startswith(" ") else parent + name)).exists(), line


def test_code_that_is_named_is_there() -> None:
    """A file moves, and the words that lead to it stay behind: in comments, in notes, in commands."""
    for path in tracked():
        if path.suffix in {".css", ".html", ".js", ".conf", ".md", ".py", ".yml", ""}:
            named = re.findall(r"\b(?:tests|hooks)/[\w/-]+\.py\b", path.read_text(encoding="utf-8", errors="replace"))
            assert [name for name in named if not (ROOT / name).exists()] == [], path


def test_nothing_names_a_machine_or_a_registry() -> None:
    hosts = ["pypi" + ".org", "registry.npmjs" + ".org", "files.pythonhosted" + ".org", "deb.debian" + ".org"]
    for path in tracked():
        if path.suffix in {".woff2", ".png", ".ttf", ".otf"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert str(ROOT) not in text, path
        assert not [host for host in hosts if host in text], path


def test_hooks_are_listed_in_the_pipeline() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for path in HOOKS:
        assert re.search(rf"- hooks/{path.name}\s+# \S", config), (
            f"{path.name} has no line with a comment in mkdocs.yml"
        )


def test_packages_are_locked_with_hashes() -> None:
    for name in ("requirements.txt", "tests/requirements.txt", "tests/bench/requirements.txt"):
        for entry in re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip()):
            assert "==" in entry and "--hash=sha256:" in entry, entry[:60]
