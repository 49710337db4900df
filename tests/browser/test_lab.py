"""JupyterLab in a real browser: the first page runs through, and the panel of a unit follows a click."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import TimeoutError as NotYet

from analysis.commands.lab import START, lab_command, lab_environment
from tests.present.made_up import YEAR

CHECKOUT = Path(__file__).parents[2]
TOKEN = "only-for-this-test"
PROMPTS = "[...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')].map(one => one.textContent)"
PATIENCE = 120_000  # milliseconds until a page that does not come is a fault
pytestmark = pytest.mark.skipif(
    not (CHECKOUT / "data" / "clean" / str(YEAR)).is_dir(), reason="`make report` makes data/clean first"
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of JupyterLab on a copy of the notebooks, with settings and run-time files of its own."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(CHECKOUT / "notebooks", folder / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {name: str(folder / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    lab_own = {f"JUPYTERLAB_{name}_DIR": str(folder / name) for name in ("SETTINGS", "WORKSPACES")}
    write_settings(folder / "SETTINGS" / "@jupyterlab")
    places = {**lab_environment(CHECKOUT / "data"), "PYTHONPATH": str(CHECKOUT)}
    options = ("--no-browser", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0")
    command = lab_command(folder / "notebooks", *options, f"--IdentityProvider.token={TOKEN}", "--allow-root")
    with (folder / "log.txt").open("w") as log:
        server = subprocess.Popen(command, env={**places, **own, **lab_own}, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, server, folder / "log.txt")
        yield address
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def write_settings(folder):
    """All cells are in the page, also those out of sight."""
    path = folder / "notebook-extension" / "tracker.jupyterlab-settings"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"windowingMode": "none"}), encoding="utf-8")


def wait_for(address, server, log):
    """Returns when the server answers; fails with its own words when it has ended."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/api?token={TOKEN}", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            try:
                server.wait(0.5)
            except subprocess.TimeoutExpired:
                continue
    pytest.fail(f"JupyterLab does not start: {log.read_text()[-500:]}")


@pytest.fixture(scope="module")
def opened(browser, lab):
    """Opens a notebook of the lab in a page that reaches nothing else: gives the page and what it asked for outside."""
    context = browser.new_context(viewport={"width": 1500, "height": 1000}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    outside = []

    def only_here(route):
        if route.request.url.startswith((lab, "data:", "blob:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context.route(re.compile("."), only_here)

    def open_page(path):
        page = context.new_page()
        page.goto(f"{lab}{path}?token={TOKEN}")
        return page, outside

    yield open_page
    context.close()


def run_all(page):
    """Clears what is stored, runs every cell of the notebook that is open; returns when each has its number.

    Only the line at the foot tells when the kernel is there: the sign at the notebook is "idle" before it was even asked
    for, and a cell run then makes JupyterLab ask which kernel is meant.
    """
    page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    page.wait_for_function(f"{PROMPTS}.some(text => /\\d/.test(text))")
    until(page, ("Edit", "Clear Outputs of All Cells"), f"{PROMPTS}.every(text => !/\\d/.test(text))")
    until(page, ("Run", "Run All Cells"), f"{PROMPTS}.some(text => /\\[[*\\d]/.test(text))")
    page.wait_for_function(f"{PROMPTS}.every(text => /\\[\\d+\\]/.test(text))")


def until(page, choice, seen):
    """Chooses an entry until it is seen to have worked: a busy lab drops what is chosen before it is ready."""
    for patience in (5_000, 10_000, 20_000, 40_000):
        choose(page, *choice)
        try:
            return page.wait_for_function(seen, timeout=patience)
        except NotYet:
            assert page.locator(".jp-Dialog").all_inner_texts() == []
    raise AssertionError(f"JupyterLab does not follow {choice}")


def choose(page, menu, entry):
    """Chooses an entry of a menu."""
    page.keyboard.press("Escape")
    page.locator(".lm-MenuBar-item").filter(has_text=re.compile(f"^{menu}$")).click()
    page.locator(".lm-Menu-item").filter(has_text=re.compile(f"^{entry}")).first.click()


@pytest.fixture(scope="module")
def start(opened):
    """The first page, all cells run."""
    page, outside = opened("/")
    run_all(page)
    return page, outside


def test_the_lab_opens_on_the_first_page_and_all_its_cells_run(start):
    page, _ = start

    assert urlsplit(page.url).path.endswith(START)
    assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
    assert page.locator(".jp-RenderedText[data-mime-type*='stderr']").count() == 0
    assert page.locator(".jp-Notebook h1").first.inner_text().startswith("这里有什么")


def test_another_unit_gives_another_picture_and_another_text(start):
    page, _ = start
    panel = page.locator(".jp-Notebook .widget-vbox").last
    picture, choice = panel.locator("img.widget-image"), panel.locator("select").nth(1)
    choice.scroll_into_view_if_needed()
    before, said = picture.get_attribute("src"), panel.locator(".widget-html-content").first.inner_text()

    choice.select_option(label="市财政局")

    panel.get_by_text("市财政局属").wait_for()
    assert "市财政局属" not in said
    assert picture.get_attribute("src") != before


def test_the_page_to_explore_draws_another_chart_and_finds_a_unit(opened):
    page, _ = opened("/lab/tree/90_explore.ipynb")
    run_all(page)
    panel = page.locator(".jp-Notebook .widget-vbox").first
    picture = panel.locator("img.widget-image")
    panel.scroll_into_view_if_needed()
    before = picture.get_attribute("src")

    panel.get_by_role("button", name="漏斗图").click()
    page.wait_for_function("([img, old]) => img.src !== old", arg=[picture.element_handle(), before])
    table = page.locator(".jp-Notebook table.dataTable").first
    page.locator(".jp-Notebook .dt-search input").fill("市财政局")
    page.wait_for_function(
        "table => [...table.querySelectorAll('tbody tr')].every(row => row.textContent.includes('市财政局'))",
        arg=table.element_handle(),
    )

    assert table.locator("tbody tr").count() > 1


def test_the_analyst_is_asked_nothing(start):
    page, _ = start

    assert page.locator(".jp-Notification-Toast, .Toastify__toast").all_inner_texts() == []


def test_nothing_is_asked_of_the_world_outside(start, opened):
    _, outside = start

    assert outside == []
