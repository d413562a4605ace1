"""What axe finds on a page: WCAG 2.2 AA and good practice."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
MUST_RUN = {"color-contrast", "html-has-lang", "button-name", "document-title", "target-size"}


def violations(page: Page) -> list[str]:
    """Each violation with its first place, and what axe could not decide about contrast.

    axe compares the colours of what is in the window and under nothing else: the window is made
    to hold the page, and what Streamlit lays over our text, transparent, is taken away.
    """
    page.evaluate(
        """() => document.querySelectorAll(
            '[data-testid="stHeader"], [data-testid="stElementToolbarButton"]'
        ).forEach(e => { e.style.visibility = 'hidden' })"""
    )
    height = page.get_by_test_id("stMain").evaluate("e => e.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height + 100})
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    ran = {rule["id"] for rule in found["passes"] + found["violations"]}
    assert ran >= MUST_RUN
    # Streamlit's code block lies in layers that axe can't tell apart where its lines wrap.
    outside_code = "s => !document.querySelector(s).closest('[data-testid=\"stCode\"]')"
    unsure = [
        {**rule, "nodes": [node]}
        for rule in found["incomplete"]
        if rule["id"] == "color-contrast"
        for node in rule["nodes"]
        if page.evaluate(outside_code, node["target"][0])
    ]
    return [
        f"{rule['id']} ({len(rule['nodes'])}×): {rule['help']}: {rule['nodes'][0]['html'][:150]}"
        for rule in found["violations"] + unsure
    ]
