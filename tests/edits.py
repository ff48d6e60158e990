"""What editors do, each act found its place by the structure of the files, never by today's words.

An edit takes a copy of the project and a chance to choose with. ``EDITS`` holds them in the order in which they are
done when several are done on one copy: what changes words comes before a review, which is of the words that stand.
Most acts change one place of one file; they are told in tables: what, where, by which pattern, into what.
"""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from discguide.commands.check import check

Edit = Callable[[Path, Random], None]
EDITS: dict[str, Edit] = {}

TODAY = dt.datetime.now(dt.UTC).date()
FRONT = "---\ntitle: {title}\ndescription: {title}, in plain words, with the sources beside what is said here.\nchecked: {day}\nnext_check: {next}\n---\n\n# {title}\n\n"
ANY_PAGE, FACTS = "any page", "data/treatments.yml"
SECTION = r"^## .*\n(?:(?!## ).*\n)+"
DATED = {"day": TODAY, "next": TODAY + dt.timedelta(days=180)}


def edit(what: str) -> Callable[[Edit], Edit]:
    """Name what an editor does."""

    def register(function: Edit) -> Edit:
        EDITS[what] = function
        return function

    return register


def change(path: Path, where: str, new: str | Callable[[re.Match[str]], str], chance: Random) -> None:
    """Change one of the places where a pattern is found; there must be one."""
    text = path.read_text(encoding="utf-8")
    places = list(re.finditer(where, text, re.MULTILINE))
    assert places, f"{path.name} has no place like {where!r}; teach this edit its new form"
    place = chance.choice(places)
    said = place.expand(new) if isinstance(new, str) else new(place)
    path.write_text(text[: place.start()] + said + text[place.end() :], encoding="utf-8")


def in_one_place(acts: dict[str, tuple[str, str, str]]) -> None:
    """Register acts that change one place: the file below ``docs/`` (or any page), the pattern, the new words.

    ``R00`` in the new words becomes a source that the guide has.
    """
    for what, (name, where, new) in acts.items():

        def act(project: Path, chance: Random, name: str = name, where: str = where, new: str = new) -> None:
            path = chance.choice(pages(project)) if name == ANY_PAGE else project / "docs" / name
            change(path, where, new.replace("R00", a_source(project, chance)), chance)

        edit(what)(act)


def data(project: Path, name: str = "treatments") -> Path:
    return project / "docs" / "data" / f"{name}.yml"


def pages(project: Path) -> list[Path]:
    """The pages that consist of sections of words: not those made of one list."""
    found = sorted((project / "docs").rglob("*.md"))
    return [page for page in found if "\n## Sources\n" in page.read_text(encoding="utf-8")]


def a_source(project: Path, chance: Random) -> str:
    return chance.choice(re.findall(r"^(R\d+):", data(project, "references").read_text(encoding="utf-8"), re.MULTILINE))


# The days


@edit("a page is read again, and its two days moved")
def page_read_again(project: Path, chance: Random) -> None:
    _read_again(chance.choice(pages(project)))


@edit("every page is read again on one day")
def all_read_again(project: Path, chance: Random) -> None:
    for page in (project / "docs").rglob("*.md"):
        _read_again(page)


@edit("every option's record is read again")
def records_read_again(project: Path, chance: Random) -> None:
    _read_again(data(project))


def _read_again(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name, day in (("checked", DATED["day"]), ("next_check", DATED["next"])):
        text = re.sub(rf"^( *{name}: )20[\d-]+$", rf"\g<1>{day}", text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


@edit("a page becomes overdue, because a year goes by")
def overdue(project: Path, chance: Random) -> None:
    page = chance.choice(pages(project))
    change(
        page,
        r"^checked: .*\nnext_check: .*$",
        f"checked: {TODAY - dt.timedelta(days=300)}\nnext_check: {TODAY - dt.timedelta(days=1)}",
        chance,
    )


# The words


in_one_place({
    "a question is added": (
        "faq.md", r"^## Sources\n", '## Can I sleep on my side?\n\nYes, if it feels right. {{ cite("R00") }}\n\n## Sources\n',
    ),
    "a question is reworded": ("faq.md", r"^## Do I (.*\?)$", r"## Do I really \1"),
    # Below a heading of its own, so that it stands in no box and in no list
    "a sentence is added to a page": (
        ANY_PAGE, r"^## Sources\n",
        "## What to ask\n\nAsk your doctor what this means for you, and write the answer down.\n\n## Sources\n",
    ),
    "a page's description is reworded": (
        ANY_PAGE, r"^description: .*$",
        "description: What is known of this, what is not, and what you may ask. In plain words, with sources.",
    ),
    # On a page whose terms need no words beside their first use, which a move might change
    "a section is moved": ("about/index.md", rf"({SECTION})({SECTION})(?=## )", r"\2\1"),
    "a note is added": (
        ANY_PAGE, r"^## Sources\n", "/// note | Before you go\nWrite down what you want to ask.\n///\n\n## Sources\n",
    ),
    "a change is told under What's new": (
        "about/whats-new.md", r"^- ", "- [Questions and answers](../faq.md): reads more easily.\n- ",
    ),
})  # fmt: skip


@edit("a page is added to the menu")
def new_page(project: Path, chance: Random) -> None:
    words = "/// short\nWhat to take with you when you go for a scan.\n///\n\n## What to take\n\n- Your letter\n- A list of your medicines\n\n## Sources\n\n{{ sources() }}\n"
    words = words.replace("Your letter", f'Your letter {{{{ cite("{a_source(project, chance)}") }}}}')
    (project / "docs/on-the-way.md").write_text(
        FRONT.format(title="On the way to a scan", **DATED) + words, encoding="utf-8"
    )
    change(project / "mkdocs.yml", r"^      - .*\.md\n", r"\g<0>      - On the way: on-the-way.md\n", chance)


@edit("two pages change places in the menu")
def menu_moved(project: Path, chance: Random) -> None:
    change(project / "mkdocs.yml", r"^(      - .*\.md\n)(      - .*\.md\n)", r"\2\1", chance)


@edit("a page gets another name, in the menu and at its top")
def menu_renamed(project: Path, chance: Random) -> None:
    menu = project / "mkdocs.yml"
    change(menu, r"^      - .*: (\S+\.md)$", r"      - Another name: \1", chance)
    (page,) = re.findall(r"^      - Another name: (\S+)$", menu.read_text(encoding="utf-8"), re.MULTILINE)
    change(project / "docs" / page, r"^title: .*$", "title: Another name", chance)


@edit("a danger sign is added to the list and to the record of what must not be lost")
def new_danger_sign(project: Path, chance: Random) -> None:
    change(
        project / "docs/urgent.md",
        r"^(/// urgent .*\n(?:(?!///).*\n)*?)(- )",
        r"\1- A **stiff neck with fever** †\n\2",
        chance,
    )
    change(data(project, "danger-signs"), r"^    urgent:\n", '    urgent:\n      - "stiff neck, fever"\n', chance)


@edit("one more country's emergency number")
def new_number(project: Path, chance: Random) -> None:
    change(project / "docs/urgent.md", r"^- .*\[112\]\(tel:112\)$", r"\g<0>\n- Australia [000](tel:000)", chance)
    change(data(project, "danger-signs"), r'^      - "112"\n', '      - "000"\n      - "112"\n', chance)


# The facts


@edit("a count is corrected")
def corrected_count(project: Path, chance: Random) -> None:
    """One more of so many, in one arm of one study."""
    change(data(project), r"^( +(?:found|[a-z-]+): )(\d+)( of \d+)$", _one_more, chance)


def _one_more(found: re.Match[str]) -> str:
    whole = int(re.sub(r"\D", "", found[3]))
    count = int(found[2])
    return f"{found[1]}{count + 1 if count < whole else count - 1}{found[3]}"


@edit("a harm is added, with its study")
def new_harm(project: Path, chance: Random) -> None:
    key = _add_source(project)
    study = (
        f'  bruise-2026:\n    design: "case series"\n    people: 900\n    follow_up: "1 month"\n    refs: [{key}]\n'
        '    results:\n      a-bruise:\n        what: "A bruise where the needle went in"\n        found: 1 of 900\n'
    )
    change(data(project), r"^studies:\n", rf"\g<0>{study}", chance)
    change(data(project), r"^(  harms:\n(?:    .*\n)+)", r"\1    - result: bruise-2026.a-bruise\n", chance)


in_one_place({
    "an unknown is added": (
        FACTS, r"^  unknowns:\n", '  unknowns:\n    - "Whether it helps people who work at night."\n',
    ),
    "a question to the doctor is added, and another taken out": (
        FACTS, r"^  questions:\n    - .*\n", '  questions:\n    - "Who will see me if it gets worse at night?"\n',
    ),
    "more becomes known of a cost": (
        FACTS, r'^(  cost: ".*)"$', r'\1 One hospital in England asked 900 pounds, without scans. [R00]"',
    ),
    "an approval changes": (
        FACTS, r"^    (japan|us|eu|uk): \"Unknown\"$", r'    \1: "Approved for adults. [R00]"',
    ),
    "a verdict on a claim is dropped for a milder one": (
        FACTS, r"^      standing: (?:unsupported|contradicted)$", "      standing: partly",
    ),
    "how sure one can be is judged anew": (
        FACTS, r"^      certainty: (?:moderate|low)$", "      certainty: very low",
    ),
})  # fmt: skip


@edit("a source is added and cited")
def new_source(project: Path, chance: Random) -> None:
    key = _add_source(project)
    said = f'## Does walking help?\n\nIt did in a trial with 120 people. {{{{ cite("{key}") }}}}\n\n## Sources\n'
    change(chance.choice(pages(project)), r"^## Sources\n", said, chance)


def _add_source(project: Path) -> str:
    path = data(project, "references")
    text = path.read_text(encoding="utf-8")
    number = max(map(int, re.findall(r"^R([0-9]+)", text, re.MULTILINE))) + 1
    record = {
        "authors": '"Example AB, Example CD, et al."', "title": f'"Walking and back pain in example {number}"', "source": '"Example Journal 2026;1(2):3–4"',
        "year": "2026", "doi": f'"10.1000/example-{number}"', "kind": "randomised trial", "studied": '"120 people with back pain"',
        "run_by": "independent", "read": "abstract", "read_on": str(TODAY), "rests_on": '"Abstract, results"',
    }  # fmt: skip
    lines = "".join(f"  {name}: {value}\n" for name, value in record.items())
    path.write_text(f"{text.rstrip()}\n\nR{number}:\n{lines}", encoding="utf-8")
    return f"R{number}"


in_one_place({
    "a source that was read in part is read in full": (
        "data/references.yml", r"^  read: (?:abstract|record)\n  read_on: .*$", f"  read: full text\n  read_on: {TODAY}",
    ),
})  # fmt: skip


@edit("a term is added")
def new_term(project: Path, chance: Random) -> None:
    said = '\nsacral slope:\n  plain: "tilt of the base of the spine"\n  meaning: "How far the base of the spine is tilted, as seen from the side."\n  search: ["tilt"]\n'
    path = data(project, "glossary")
    path.write_text(path.read_text(encoding="utf-8").rstrip() + said, encoding="utf-8")


@edit("a word that readers search with is added, and a danger word")
def search_words(project: Path, chance: Random) -> None:
    change(data(project, "words"), r"^search:\n(?:  #.*\n)*", r"\g<0>  achey: pain\n", chance)
    change(data(project, "words"), r"^danger:\n", "danger:\n  - stiff neck\n", chance)


@edit("a medicine gets one more piece of advice")
def medicines_advice(project: Path, chance: Random) -> None:
    said = f'  advice:\n    - whose: "Norway, 2026"\n      pain: [leg pain]\n      says: no clear advice\n      words: "talk it over"\n      read: itself\n      refs: [{a_source(project, chance)}]\n'
    for name in ("medicines", "guidelines"):
        change(data(project, name), r"^  advice:\n", said, chance)


in_one_place({
    "an injection is no longer on offer, and its row goes": (
        "data/injections.yml", r"^[a-z-]+:\n(?: .*\n|\n(?=  ))+", "",
    ),
    "a term's plain meaning is reworded": (
        "data/glossary.yml", r'^  meaning: "(.*)\."$', r'  meaning: "\1. Ask your doctor about it."',
    ),
    "the words below a drawing change": (
        "data/figures.yml", r'^  caption: "(.*)\."$', r'  caption: "\1. The body faces you."',
    ),
    "a short answer of the comparison is reworded": (
        FACTS, r'^(    fails: \{words: )"[^"{}]*"\}$', r'\1"Other care is still possible afterwards."}',
    ),
    "words around facts are reworded": (
        "data/labels.yml", r'^(  no_group_at_all: )"[^"]*"$', r'\1"Without a comparison group"',
    ),
})  # fmt: skip


# What the publisher sets, and what clinicians sign


@edit("the site's own addresses are filled in")
def addresses(project: Path, chance: Random) -> None:
    change(project / "mkdocs.yml", r"^# site_url: .*$", "site_url: https://discs.example/", chance)
    change(project / "mkdocs.yml", r"^# repo_url: .*$", "repo_url: https://git.example/discs/guide", chance)
    change(project / "mkdocs.yml", r"^# edit_uri: ", "edit_uri: ", chance)
    change(
        project / "mkdocs.yml",
        r'^  issue_url: ""',
        '  issue_url: "https://git.example/new?page={page}&title={title}"',
        chance,
    )
    change(project / "mkdocs.yml", r'^  contact: ""', '  contact: "editors@discs.example"', chance)


@edit("a clinician signs a page")
def review(project: Path, chance: Random) -> None:
    _sign(project, [chance.choice(pages(project))])


@edit("a clinician signs every page")
def reviews(project: Path, chance: Random) -> None:
    _sign(project, sorted((project / "docs").rglob("*.md")))


def _sign(project: Path, read: list[Path]) -> None:
    """Sign as the editing guide says: without the line for the words at first, which the check then gives."""
    signed = f"\nclinically_reviewed:\n  by: Ada Example\n  role: Spine surgeon\n  on: {TODAY}\n---\n"
    for page in read:
        head, body = page.read_text(encoding="utf-8").split("\n---\n", 1)
        head = re.sub(r"^clinically_reviewed:\n(?:  .*\n?)+", "", head, flags=re.MULTILINE).rstrip()
        page.write_text(f"{head}{signed}{body}", encoding="utf-8")
    for problem in check(project):
        if words := re.search(r"words: [a-p]{8}", str(problem)):
            page = project / problem.path
            text = page.read_text(encoding="utf-8")
            page.write_text(
                re.sub(r"^(  on: .*\n)", rf"\1  {words[0]}\n", text, count=1, flags=re.MULTILINE), encoding="utf-8"
            )
