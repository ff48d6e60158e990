"""Measure the built site: what a first view weighs, how soon it paints, what a build costs.

Run it with ``make bench``. Figures are for this machine and this minute; compare only within one run.
"""

import resource
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import brotli
from playwright.sync_api import Browser, sync_playwright

from discguide.pages_build import build_pages

ROOT = Path(__file__).parent.parent
PAGES = ("index", "urgent", "anatomy", "faq", "treatments/pldd", "treatments/compare")
RUNS = 3


def weigh(browser: Browser, site: Path, name: str) -> tuple[int, int, float]:
    """Bytes with brotli, requests, and milliseconds to the largest paint, of a cold first view on a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site.as_uri() + "/").split("#")[0]))
    page.goto(f"{site.as_uri()}/{name}.html")
    page.wait_for_timeout(300)
    paint = page.evaluate(
        "new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))"
        ".observe({type: 'largest-contentful-paint', buffered: true}))"
    )
    context.close()
    weight = sum(len(brotli.compress((site / file).read_bytes(), quality=11)) for file in asked)
    return weight, len(asked), paint


def spread(values: list[float], unit: str, digits: int = 0) -> str:
    """Median with its range, so that noise shows."""
    return f"{statistics.median(values):.{digits}f} {unit} [{min(values):.{digits}f}–{max(values):.{digits}f}]"


def main() -> None:
    """Build, weigh, print one Markdown table."""
    folder = Path(tempfile.mkdtemp(prefix="discguide-bench-"))
    took, cpu = [], []
    for run in range(RUNS):
        print(f"Building the pages, {run + 1} of {RUNS} …", file=sys.stderr)
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        build_pages(ROOT, folder / "site")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(time.perf_counter() - start)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    site = folder / "site"
    print("| what | measured |\n|---|---|")
    print(f"| build of the pages, time | {spread(took, 's', 1)} |")
    print(f"| build of the pages, CPU | {spread(cpu, 's', 1)} |")
    index = brotli.compress(next(site.glob("assets/search-index.*.js")).read_bytes(), quality=11)
    print(f"| search index, only when the search is opened | {len(index) / 1000:.1f} kB |")
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        for name in PAGES:
            runs = [weigh(browser, site, name) for _ in range(RUNS)]
            paints = spread([paint for _, _, paint in runs], "ms")
            print(
                f"| {name}: first view | {runs[0][0] / 1000:.1f} kB in {runs[0][1]} requests, largest paint {paints} |"
            )
        browser.close()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
