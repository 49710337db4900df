"""How JupyterLab is started: it asks nothing of the world outside, and does not ask the analyst whether it may."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from analysis.commands.lab import lab_command, lab_environment

NEWS = "@jupyterlab/apputils-extension:announcements"
SAID = """
import json, sys
from jupyterlab.labapp import LabApp
from jupyterlab_server.config import get_static_page_config

app = LabApp()
app.parse_command_line(sys.argv[1:])
print(json.dumps({
    "news": app.news_url,
    "updates": app.check_for_updates_class.__name__,
    "manager": app.extension_manager,
    "page": get_static_page_config(level="all"),
}))
"""


@pytest.fixture
def started(tmp_path, monkeypatch):
    """What JupyterLab makes of our command line and environment, where the user has settings of his own."""
    own = tmp_path / "own" / "labconfig"
    own.mkdir(parents=True)
    (own / "page_config.json").write_text(json.dumps({"disabledExtensions": {"of-the-user": True}}))
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(own.parent))
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "none"))
    options = lab_command(tmp_path)[4:]
    done = subprocess.run(
        [sys.executable, "-c", SAID, *options],
        env=lab_environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_no_news_no_updates_no_list_of_extensions_is_fetched(started):
    assert started["news"] is None
    assert started["updates"] == "NeverCheckForUpdate"
    assert started["manager"] == "readonly"


def test_the_analyst_is_not_asked_whether_to_fetch_news(started):
    assert started["page"]["disabledExtensions"][NEWS] is True


def test_the_settings_of_the_user_still_hold(started):
    assert started["page"]["disabledExtensions"]["of-the-user"] is True


def test_the_kernels_read_the_folder_of_data_that_was_chosen(tmp_path):
    assert lab_environment(tmp_path)["CIVILITY_DATA"] == os.fspath(tmp_path)
