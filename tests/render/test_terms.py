"""A term opens its meaning where it first stands; everything that is no first use stays as it was."""

from discguide.data.model import Term
from discguide.render.terms import open_in_place
from tests.projects import ROOT

COMPONENTS = ROOT / "overrides" / "components"
GLOSSARY = {
    "spinal stenosis": Term(plain="narrow canal", meaning="Less room."),
    "disc": Term(plain="cushion", meaning="A cushion."),
}


def link(slug: str, words: str, up: str = "") -> str:
    return f'<a href="{up}glossary.html#{slug}">{words}</a>'


def test_the_first_use_opens_and_the_next_leads_on() -> None:
    words = f"<p>{link('disc', 'Discs', '../')} and {link('disc', 'more', '../')}</p>"
    content, meanings = open_in_place(words, GLOSSARY, COMPONENTS)
    assert content == (
        '<p><button class="term" type="button" popovertarget="term-disc" value="../glossary.html#disc">Discs</button>'
        f" and {link('disc', 'more', '../')}</p>"
    )
    assert [(one.slug, one.name, one.term.plain, one.to) for one in meanings] == [
        ("disc", "disc", "cushion", "../glossary.html#disc")
    ]


def test_no_line_breaks_between_a_term_and_the_signs_around_it() -> None:
    words = f"<p>It ({link('disc', 'disc')}). {link('spinal-stenosis', 'Narrow')} is it.</p>"
    content, _ = open_in_place(words, GLOSSARY, COMPONENTS)
    assert (
        '<p>It <span class="term-in">(<button class="term"' in content and "disc</button>).</span> <button" in content
    )


def test_headings_summaries_and_strange_links_stay() -> None:
    words = (
        f"<h2>{link('disc', 'Disc')}</h2><details><summary>{link('disc', 'Disc')}</summary></details>"
        f'<p>{link("nothing", "no term")} <a href="references.html#disc">R1</a> '
        f'<a href="https://a.example/glossary.html#disc">x</a></p>'
    )
    assert open_in_place(words, GLOSSARY, COMPONENTS) == (words, [])


def test_a_use_after_a_heading_is_the_first_that_opens() -> None:
    content, meanings = open_in_place(
        f"<h2>{link('spinal-stenosis', 'It')}</h2><p>{link('spinal-stenosis', 'stenosis')}</p>", GLOSSARY, COMPONENTS
    )
    assert '<h2><a href="glossary.html#spinal-stenosis">It</a></h2><p><button class="term"' in content
    assert len(meanings) == 1
