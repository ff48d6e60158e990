"""The parts of the bench, each filling its rows of the table; ``PARTS`` lists them."""

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import brotli
from playwright.sync_api import Error

from tests.bench import lighthouse, visits
from tests.bench.costs import Costs, Failed, in_turn
from tests.bench.grown import grow
from tests.bench.peers import OURS, Peer, build
from tests.bench.serving import Served, serve
from tests.bench.table import Table, spread

PAGE, NEXT = "causes", "self-care"
"""A content page without drawings, and the page that its reader opens next."""
DRAWN = "anatomy"
KINDS = (
    "index", "urgent", "anatomy", "tests-and-scans", "treatments/index", "treatments/compare", "treatments/pldd", "faq",
    "glossary", "references", "about/editing",
)  # fmt: skip
"""One page of each kind, for Lighthouse."""
COST = ("stock", "zensical", "starlight", "hand")
"""Whose builds are timed: web fonts cost no build time, so Material once is enough."""


@dataclass
class Bench:
    """What the parts share."""

    peers: dict[str, Peer]
    table: Table
    work: Path
    quick: bool
    has_lighthouse: bool
    noise: Costs = field(default_factory=Costs)
    notes: list[str] = field(default_factory=list)
    _ready: dict[tuple[int, int], Path] = field(default_factory=dict)
    _sites: dict[str, Path] = field(default_factory=dict)

    def runs(self, wanted: int) -> int:
        return 1 if self.quick else wanted

    def ours(self, pages: int = 0, options: int = 0) -> Path:
        """Return our project at a size, built, with its ``site`` and ``contents.json`` for the others."""
        if (pages, options) not in self._ready:
            project = grow(self.work / f"ours-{pages}-{options}", pages, options)
            built = build(OURS, project)
            shutil.copytree(built, project / "site")
            self._ready[pages, options] = project
        return self._ready[pages, options]

    def project(self, name: str, pages: int = 0) -> Path:
        """Write a peer's project at a size."""
        folder = self.work / f"{name}-{pages}"
        if not folder.exists():
            self.peers[name].prepare(self.ours(pages), folder)
        return folder

    @contextmanager
    def served(self, name: str) -> Iterator[Served]:
        """Serve a peer's site at our size, built once."""
        if name not in self._sites:
            project = self.ours() if name == "ours" else self.project(name)
            self._sites[name] = project / "site" if name == "ours" else build(self.peers[name], project)
        with serve(self._sites[name]) as served:
            yield served

    def each(self, measure: Callable[[str, Peer, Served], None]) -> None:
        """Measure every peer; one that does not work is named with what it did."""
        for name, peer in self.peers.items():
            print(f"  {peer.title} …", file=sys.stderr, flush=True)
            try:
                with self.served(name) as served:
                    measure(name, peer, served)
            except (visits.Broken, Error, Failed) as error:
                self.notes.append(f"- {peer.title}: {str(error).splitlines()[0]}")


def weight(bench: Bench) -> None:
    """Bytes and requests of first views, and of two pages with a mouse."""
    words: dict[str, int] = {}

    def measure(name: str, peer: Peer, served: Served) -> None:
        put = lambda row, said: bench.table.put(row, name, said)  # noqa: E731
        with visits.browsing(served) as browser:
            for page in (PAGE, DRAWN):
                seen = visits.first_view(browser, served, peer.address(page))
                words.setdefault(page, seen.words)
                if seen.words < 0.85 * words[page]:
                    raise visits.Broken(f"{page} shows {seen.words} words of {words[page]}")
                put(f"first view of {page}, kB", f"{seen.kilobytes:.1f}")
                if page == PAGE:
                    put("… requests (of them to others)", f"{seen.requests} ({seen.elsewhere})")
                    put("… of it for a search nobody asked for, kB", f"{seen.search:.1f}")
            both = visits.two_pages(browser, served, peer.address(PAGE), peer.address(NEXT))
            put(f"{PAGE}, then a click to {NEXT}, kB", f"{both.kilobytes:.1f}")

    bench.each(measure)


def search(bench: Bench) -> None:
    """What a first search fetches and how soon an answer can be hit."""

    def measure(name: str, peer: Peer, served: Served) -> None:
        if not peer.search:
            bench.table.put("search index, kB", name, "no search")
            return
        with visits.browsing(served) as browser:
            found = [visits.search(browser, served, peer.address(PAGE), peer) for _ in range(bench.runs(5))]
            before = visits.first_view(browser, served, peer.address(PAGE)).search
        bench.table.put("search index, kB", name, _index(bench, name))
        bench.table.put("page and first search: bytes for the search, kB", name, f"{before + found[0].kilobytes:.1f}")
        row = f"from opening the search to an answer for “{visits.QUERY}”, ms"
        bench.table.put(row, name, spread([one.milliseconds for one in found], digits=0))

    bench.each(measure)


def _index(bench: Bench, name: str) -> str:
    """Weigh what was made for searching: one file, or Pagefind's folder, which is fetched in parts."""
    site = bench._sites[name]
    whole = [
        path for path in site.rglob("*") if re.fullmatch(r"search-index(\.\w+)?\.js|search(_index)?\.json", path.name)
    ]
    if whole:
        return f"{len(brotli.compress(whole[0].read_bytes())) / 1000:.1f}"
    parts = [path.stat().st_size for path in (site / "pagefind").rglob("*") if path.suffix.startswith(".pf_")]
    return f"{sum(parts) / 1000:.1f} in {len(parts)} parts"


def scores(bench: Bench) -> None:
    """Lighthouse, every category: the peers in turn on one page, then ours on every kind of page."""
    if not bench.has_lighthouse:
        bench.notes.append("- Lighthouse could not be installed")
        return
    reports: dict[str, list[lighthouse.Report]] = {name: [] for name in bench.peers}
    for _ in range(bench.runs(5)):
        bench.each(lambda name, peer, served: reports[name].append(lighthouse.run(served, peer.address(PAGE))))
    for name, runs in reports.items():
        if not runs:
            continue
        for category in runs[0].scores:
            bench.table.put(f"Lighthouse, {category}", name, spread([run.scores[category] for run in runs], digits=0))
        for paint in runs[0].paints:
            bench.table.put(f"{paint}, ms", name, spread([run.paints[paint] for run in runs], digits=0))
        if faults := sorted({fault for run in runs for fault in run.faults}):
            bench.notes.append(f"- Lighthouse on {bench.peers[name].title}: {', '.join(faults)}")
    with bench.served("ours") as served:
        for kind in KINDS[: 1 if bench.quick else None]:
            report = lighthouse.run(served, OURS.address(kind))
            shown = " / ".join(f"{score:.0f}" for score in report.scores.values())
            paint = report.paints["largest paint (LCP)"]
            bench.notes.append(f"- Lighthouse on ours, {kind}: {shown}, LCP {paint:.0f} ms {' '.join(report.faults)}")


def builds(bench: Bench, pages: int = 0, runs: int = 5) -> None:
    """Processor time and memory of the HTML, at our size or a larger one."""
    ours = bench.ours(pages)
    count = len(json.loads((ours / "contents.json").read_text(encoding="utf-8"))["pages"])
    series = {"ours": _once(OURS, ours)}
    series |= {name: _once(bench.peers[name], bench.project(name, pages)) for name in COST if name in bench.peers}
    done = in_turn(bench.runs(runs), series, bench.noise)
    for name, costs in done.items():
        if isinstance(costs, str):
            bench.notes.append(f"- {bench.peers[name].title}, {count} pages: {costs}")
            continue
        bench.table.put(f"build of {count} pages, CPU s", name, spread(costs.cpu, digits=2))
        if isinstance(done.get("stock"), Costs):
            ratios = [one / other for one, other in zip(costs.cpu, done["stock"].cpu, strict=True)]
            bench.table.put(f"… {count} pages beside Material", name, spread(ratios, digits=2))
        bench.table.put(f"… peak memory at {count} pages, MiB", name, spread(costs.peak, digits=0))


def options(bench: Bench) -> None:
    """Our build with three times the options."""
    sizes = (0,) if bench.quick else (0, 30)
    done = in_turn(bench.runs(3), {str(size): _once(OURS, bench.ours(options=size)) for size in sizes}, bench.noise)
    for size, costs in done.items():
        said = costs if isinstance(costs, str) else spread(costs.cpu, digits=2)
        bench.table.put(f"build with {size if size != '0' else 'our'} options, CPU s", "ours", said)


def _once(peer: Peer, project: Path) -> Callable[[Costs], None]:
    def once(costs: Costs) -> None:
        peer.clean(project)
        costs.add(peer.command, project)

    return once


def pdf(bench: Bench) -> None:
    """The pages as one PDF: ours from its built pages, the others' in their build."""
    ours = bench.ours()
    book = (
        "import json; from pathlib import Path;"
        "from discguide.pdf.book import book; from discguide.site.contents import Contents;"
        "values = json.loads(Path('contents.json').read_text(encoding='utf-8')); values.pop('problems');"
        "made = book(Path('site'), Contents.from_json(values), Path('overrides/print'));"
        "Path('book.pdf').write_bytes(made.data)"
    )
    series: dict[str, Callable[[Costs], None]] = {"ours": lambda costs: costs.add([sys.executable, "-c", book], ours)}
    if "stock" in bench.peers:
        theirs = bench.work / "to-pdf"
        bench.peers["stock"].prepare(ours, theirs)
        config = theirs / "mkdocs.yml"
        config.write_text(config.read_text(encoding="utf-8") + "plugins: [search, {to-pdf: {output_path: book.pdf}}]\n")
        series["stock"] = _once(bench.peers["stock"], theirs)
    made = {"ours": ours / "book.pdf", "stock": bench.work / "to-pdf/built/book.pdf"}
    for name, costs in in_turn(bench.runs(3), series, bench.noise).items():
        if isinstance(costs, str):
            bench.notes.append(f"- the PDF of {bench.peers[name].title}: {costs}")
            continue
        bench.table.put("PDF (Material: mkdocs-to-pdf 0.12.1, its pages included), CPU s", name, spread(costs.cpu))
        bench.table.put("… size, kB", name, f"{made[name].stat().st_size / 1000:,.0f}")
        bench.table.put("… peak memory, MiB", name, spread(costs.peak, digits=0))


def whole(bench: Bench) -> None:
    """All that ``make site`` does once its tools are there: pages, PDFs, offline copy, compressed files."""
    project = grow(bench.work / "whole")
    command = [sys.executable, "-m", "discguide", "build"]
    costs = in_turn(bench.runs(3), {"ours": lambda costs: costs.add(command, project)}, bench.noise)["ours"]
    if isinstance(costs, str):
        raise SystemExit(costs)
    bench.table.put("make site, everything: by the clock, s", "ours", spread(costs.wall))
    bench.table.put("… CPU s", "ours", spread(costs.cpu))


PARTS = {
    "weight": weight,
    "search": search,
    "lighthouse": scores,
    "builds": builds,
    "builds100": partial(builds, pages=100, runs=3),
    "builds500": partial(builds, pages=500, runs=2),
    "options": options,
    "pdf": pdf,
    "site": whole,
}
LONG = ("builds100", "builds500")
"""Left out of a quick run, unless asked for."""
