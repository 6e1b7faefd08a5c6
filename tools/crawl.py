"""`make crawl`: looks at every page of the freshly seeded site; findings line by line, figures in the last one."""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from tools.audit import chromium, findings, instance, nu
from tools.audit.crawler import Client, Crawl, Crawler
from tools.audit.instance import Instance
from tools.console import SetupError, Step

MOST_LINES = 15
NOT_FOUND = "/gibt-es-nicht/"
# Pages that show a state which no address in the site leads to.
STATES = [NOT_FOUND, "/suche/?q=Hoesch", "/suche/?q=xyzzyx", "/projekte/?thema=gibt-es-nicht"]

Findings = dict[str, list[str]]


def crawl_site(site: Instance) -> Crawl:
    with Client(site.url) as client:
        crawl = Crawler(site.url, client.get).run()
        for address in STATES:
            if address not in crawl.answers:
                crawl.answers[address] = client.get(address)
    return crawl


def html_errors(crawl: Crawl) -> list[str]:
    pages = [
        (answer.address, answer.body) for answer in crawl.answers.values() if answer.document and not answer.location
    ]
    with tempfile.TemporaryDirectory(prefix="stadterneuerung-nu-") as folder:
        return nu.errors(pages, Path(folder))


def browser_findings(site: Instance, crawl: Crawl) -> Findings:
    """Open every page at 320 px, and those that stand for the page types with axe."""
    sideways, kept, axe_found = [], [], []
    with chromium.browser() as browser:
        context, watch = chromium.visitor(browser, site.url, viewport={"width": 320, "height": chromium.WIDTHS[320]})
        page = context.new_page()
        with Step("Alle Seiten im Browser öffnen") as step:
            for answer in crawl.pages:
                step.progress(answer.address)
                page.goto(answer.address)
                if chromium.scrolls_sideways(page):
                    sideways.append(answer.address)
        kept = chromium.left_behind(context, page)
        context.close()
        context, _ = chromium.visitor(browser, site.url)
        page, axe = context.new_page(), Axe()
        with Step("Barrierefreiheit mit axe prüfen: jeder Seitentyp, zwei Breiten, hell und dunkel") as step:
            for path in [*findings.samples(site.page_types(), crawl), *STATES]:
                step.progress(path)
                axe_found += chromium.axe_violations(page, axe, path)
        context.close()
    return {
        "axe": axe_found,
        "Anfragen an fremde Adressen": sorted(set(watch.foreign_requests)),
        "Cookies und Speicher im Browser": kept,
        "waagerechtes Rollen bei 320 px": sideways,
        "Fehler in der Konsole": sorted(set(watch.errors)),
    }


def report(crawl: Crawl, found: Findings) -> bool:
    """Print findings and figures; return whether all is well."""
    pages = crawl.pages
    print(f"\n{len(pages)} Seiten, {len(crawl.answers)} Adressen, {len(crawl.in_sitemap)} in der Sitemap", end="")
    print(f", {crawl.left_out} Filterkombinationen ausgelassen" if crawl.left_out else "")
    for subject, lines in found.items():
        print(f"{'✗' if lines else '✓'} {subject}: {len(lines)}")
        for line in lines[:MOST_LINES]:
            print(f"    {line}")
        if len(lines) > MOST_LINES:
            print(f"    … und {len(lines) - MOST_LINES} weitere")
    foreign = len(found["fremde Adressen im HTML"]) + len(found["Anfragen an fremde Adressen"])
    cookies = len(found["Cookies in Antworten"]) + len(found["Cookies und Speicher im Browser"])
    print(
        f"\naxe {len(found['axe'])} violations, Nu {len(found['Nu'])} errors, "
        f"{len(found['defekte Links'])} broken links, {foreign} foreign requests, {cookies} cookies, "
        f"{len(found['Seiten ohne Titel, Beschreibung oder Canonical'])} pages without title, description, canonical"
    )
    return not any(found.values())


def main() -> int:
    missing = [name for name, there in (("Chromium", chromium.program()), ("Java", shutil.which("java"))) if not there]
    if missing:
        print(f"Die Prüfung braucht {' und '.join(missing)}: apt-get install chromium default-jre-headless")
        return 1
    started = time.monotonic()
    try:
        with instance.running() as site:
            with Step("Alle Links verfolgen"):
                crawl = crawl_site(site)
            found = findings.from_crawl(crawl)
            with Step("HTML mit dem Nu-Prüfer lesen"):
                found["Nu"] = html_errors(crawl)
            found |= browser_findings(site, crawl)
    except SetupError as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    all_well = report(crawl, found)
    print(f"({time.monotonic() - started:.0f} s)")
    return 0 if all_well else 1


if __name__ == "__main__":
    sys.exit(main())
