"""Each rule for built pages, broken once."""

from pathlib import Path

import pytest

from discguide.__main__ import main
from discguide.site.rules import check_site
from tests.projects import LIVE, copy_project

GOOD = (
    '<!doctype html><html lang="en"><head><title>{title}</title></head><body><a href="urgent.html">Danger signs</a>'
    '<article class="prose"><h1 id="top">{title}</h1>{words}</article></body></html>'
)


def make_site(folder: Path, words: str, title: str = "A page", page: str = GOOD) -> Path:
    (folder / "urgent.html").write_text(GOOD.format(title="Urgent", words="<p>Help.</p>"), encoding="utf-8")
    (folder / "page.html").write_text(page.format(title=title, words=words), encoding="utf-8")
    return folder


def said(site: Path) -> list[str]:
    return [f"{problem.message}; {problem.hint}" for problem in check_site(site)]


def test_a_good_site_passes(tmp_path: Path) -> None:
    assert said(make_site(tmp_path, '<p>Short words. <a href="urgent.html#top">There</a>.</p>')) == []


def test_an_address_that_picks_options_arrives(tmp_path: Path) -> None:
    words = '<p id="show-dst">x</p><p id="show-pldd">x <a href="#dst,pldd">both</a></p>'
    assert said(make_site(tmp_path, words)) == []


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ('<a href="gone.html">x</a>', "a link leads nowhere (gone.html)"),
        ('<a href="urgent.html#gone">x</a>', "a link leads to a place that is not there (urgent.html#gone)"),
        ('<a href="#gone">x</a>', "a link leads to a place that is not there (#gone)"),
        ('<p id="show-dst">x <a href="#dst,dust">x</a></p>', "a link leads to a place that is not there (#dst,dust)"),
        ('<img src="gone.png" alt="x">', "a link leads nowhere (gone.png)"),
        ('<p id="top">x</p>', "the id 'top' stands there twice"),
        ("<p>Read {{ this }}.</p>", "'{{' is left in the page’s words"),
        ("<p>Read this.[^1]</p>", "'[^' is left in the page’s words"),
        ("<p>{ .values }</p>", "'{ .' is left in the page’s words"),
        ('<img src="urgent.html" alt=" ">', "a picture has no words"),
        ("<h1>Again</h1>", "the built page has not exactly one h1"),
        (
            f"<p>{'Multidisciplinary intervertebral considerations necessitate deliberation. ' * 3}</p>",
            "the page reads at grade",
        ),
    ],
)
def test_a_fault_is_told(tmp_path: Path, words: str, start: str) -> None:
    (found,) = said(make_site(tmp_path, words))
    assert found.startswith(start)


def test_the_comparison_is_no_easier_on_itself(tmp_path: Path) -> None:
    hard = f"<p>{'Multidisciplinary intervertebral considerations necessitate deliberation. ' * 3}</p>"
    make_site(tmp_path, "<p>Short words.</p>")
    (tmp_path / "treatments").mkdir()
    page = GOOD.replace("urgent.html", "../urgent.html").format(title="Compare", words=hard)
    (tmp_path / "treatments/compare.html").write_text(page, encoding="utf-8")
    (found,) = said(tmp_path)
    assert found.startswith("the page reads at grade")


def test_titles_languages_and_danger_signs(tmp_path: Path) -> None:
    assert any("is missing or used by page.html" in line for line in said(make_site(tmp_path, "<p>x</p>", "Urgent")))
    without = GOOD.replace('<a href="urgent.html">Danger signs</a>', "").replace(' lang="en"', "")
    found = said(make_site(tmp_path, "<p>x</p>", page=without))
    assert any("no link to the danger signs" in line for line in found)
    assert any("does not say its language" in line for line in found)


def test_the_check_command_passes_on_the_real_project(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(LIVE)
    monkeypatch.setattr("sys.argv", ["discguide", "check"])
    assert main() == 0
    assert "All is well." in capsys.readouterr().out


def test_the_check_command_tells_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy_project(tmp_path) / "docs/data/treatments.yml").unlink()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["discguide", "check"])
    assert main() == 1
    assert "docs/data/treatments.yml:1:1: cannot be read" in capsys.readouterr().err
