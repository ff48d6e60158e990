"""The pure pieces behind the look: bundling, links between pages, the search's index."""

import re
from pathlib import Path

import pytest
from markdown import markdown

from discguide.content.spelling import word_list
from discguide.data.model import Guide
from discguide.html_tree import has_class, parse, text_of
from discguide.render.assets import SCRIPTS, bundle, jsmin, read_tokens, squeeze_css
from discguide.render.navigation import INDEX_LIMIT, Entry, Navigation
from discguide.render.search_index import Index, sections
from tests.browser.conftest import ROOT
from tests.projects import CASES

COMPONENTS = ROOT / "overrides" / "components"
ASSETS = ROOT / "overrides" / "assets"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a  {\n  color : red;\n}\n", "a{color : red}\n"),
        ("/* why */ a { b: c; } /* x */", "a{b: c}\n"),
        ('a::before { content: "/* kept */  ; }"; }', 'a::before{content: "/* kept */  ; }"}\n'),
        ("a :is(b, c) + d { e: calc(1px + 2px) }", "a :is(b,c) + d{e: calc(1px + 2px)}\n"),
        (
            "@media (x) { @container c (width < 9rem) { .a :is(b, c) { d: e } } }",
            "@media (x){@container c (width < 9rem){.a :is(b,c){d: e}}}\n",
        ),
    ],
)
def test_squeezed_styles_mean_the_same(given: str, expected: str) -> None:
    assert squeeze_css(given) == expected


def test_squeezed_scripts_lose_only_comment_lines() -> None:
    assert jsmin('// why\n  const a = "// kept";\n\n') == 'const a="// kept";'


def test_names_change_with_the_content() -> None:
    made = bundle(ASSETS)
    assert set(made) == {
        "guide.css",
        "compare.css",
        "guide.js",
        "search.js",
        "marks.js",
        "wide.js",
        "compare.js",
        "keep.js",
        "favicon.svg",
        "app.json",
        "heads.woff2",
    }
    assert all(re.fullmatch(r"assets/\w+\.[0-9a-f]{8}\.(css|js|json|svg|woff2)", served) for served, _ in made.values())
    assert bundle(ASSETS) == made
    assert f"url({made['heads.woff2'][0].removeprefix('assets/')})" in str(made["guide.css"][1])


def test_the_design_page_tells_every_value_in_both_schemes(tmp_path: Path) -> None:
    path = tmp_path / "tokens.css"
    path.write_text(
        ":root {\n --page: #fff;  /* paper */\n --gap: 1rem;\n}\n"
        ":root:not([data-scheme]) { --page: #111; }\n"
        ':root[data-scheme="dark"] {\n --page: #000;\n}\n',
        encoding="utf-8",
    )
    assert read_tokens(path) == [("page", "#fff", "#000", "paper"), ("gap", "1rem", "", "")]
    live = (ASSETS / "tokens.css").read_text(encoding="utf-8").partition("}")[0]
    assert [name for name, *_ in read_tokens(ASSETS / "tokens.css")] == re.findall(r"--([a-z-]+):", live)


def test_scripts_keep_comments_on_their_own_lines() -> None:
    """Squeezing relies on it."""
    for name in sorted({part for parts in SCRIPTS.values() for part in parts}):
        lines = (ASSETS / name).read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if re.search(r"\S.*\s// |/\*", line)]


def test_headings_that_count_become_steps() -> None:
    words = "# Day\n\n## Step 1: Come\n\nIn.\n\n/// clinic\nA\n///\n\n/// evidence\nB\n///\n\n## Step 2: Go\n\n## After\n\nHome.\n"
    root = parse(f"<div>{markdown(words, extensions=['discguide.render.blocks', 'toc'])}</div>")
    steps = [one for one in root.iter() if has_class(one, "steps__step")]
    assert [text_of(one).split()[:3] for one in steps] == [["Step", "1:", "Come"], ["Step", "2:", "Go"]]
    assert [one.get("id") for step in steps for one in step.iter("h2")] == ["step-1-come", "step-2-go"]
    assert [has_class(one, "claim-and-evidence") for one in steps[0]] == [False, False, True]
    assert not [one for step in steps for one in step.iter() if text_of(one) in {"After", "Home."}]


TREE = (
    Entry("Home", "index.html"),
    Entry("Care", children=(Entry("One", "care/one.html"), Entry("Two & more", "care/two.html"))),
    Entry("End", children=(Entry("Last", "last.html"),)),
)


def test_contents_open_only_the_section_one_is_in() -> None:
    shown = Navigation(TREE, COMPONENTS).contents("care/two.html", "..")
    assert 'href="../care/two.html" aria-current="page">Two &amp; more' in shown
    assert shown.count("aria-current") == 1
    assert ">Last<" not in shown and 'href="../last.html">End' in shown


def test_the_index_shows_all_until_it_grows_too_long() -> None:
    assert 'href="last.html">Last' in Navigation(TREE, COMPONENTS).index("index.html", ".")
    many = tuple(Entry(f"Page {n}", f"p{n}.html") for n in range(INDEX_LIMIT))
    long = Navigation((*TREE, Entry("Many", children=many)), COMPONENTS).index("index.html", ".")
    assert 'href="p0.html">Many' in long and "Page 1" not in long


def test_a_page_not_in_the_tree_still_has_links() -> None:
    assert "aria-current" not in Navigation(TREE, COMPONENTS).contents("", "/")


def test_sections_of_a_page() -> None:
    content = (
        "<h1>Page</h1><p>First <b>words</b>.</p>"
        '<h2 id="a">A <em>b</em></h2><section><h3 class="block__title">In short</h3><p>Short.</p></section>'
        "<table><thead><tr><th>Word</th></tr></thead><tr><th>bulge</th><td>It sticks out.</td></tr></table><p>After.</p>"
        '<dl><dt id="t">term</dt><dd>Meaning <a class="cite">[R01]</a></dd></dl>'
    )
    found = [(one.anchor, one.title, one.above, one.text()) for one in sections(content)]
    assert found == [
        ("", "", "", "First words."),
        ("a", "A b", "", "In short Short. After."),
        ("a", "bulge", "A b", "It sticks out."),
        ("t", "term", "", "Meaning"),
    ]


def test_the_index_is_a_script_with_the_words_readers_type(guide: Guide, site: Path) -> None:
    index = Index(guide.glossary, word_list(CASES / "docs", guide))
    index.add("urgent.html", "Get help now", "<p>“Now”</p>")
    script = index.script()
    assert script.startswith("self.guideSearchIndex={") and '["urgent.html","Get help now"]' in script
    assert "slipped disc" in script and '"danger":[' in script
    (built,) = (site / "assets").glob("search-index.*.js")
    assert built.read_text(encoding="utf-8").startswith("self.guideSearchIndex={")


@pytest.mark.parametrize("script", sorted(ASSETS.glob("*.js")), ids=lambda path: path.name)
def test_no_script_holds_a_template_within_a_template(script: Path) -> None:
    """What takes the blanks out of scripts does not know where the inner one begins, and takes its blanks too."""
    assert not re.search(r"\$\{[^{}`]*`", script.read_text(encoding="utf-8"))
