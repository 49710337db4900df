"""How JupyterLab is started: on the first page of the notebooks, and without a question to the world outside."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

START = "00_start.ipynb"
QUIET = (
    "--LabApp.news_url=None",
    "--LabApp.extension_manager=readonly",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
CONFIG = Path(__file__).parent / "lab_config"  # its page_config.json turns off the question whether to fetch news
SEARCHED = "JUPYTER_CONFIG_PATH"


def lab_command(notebooks: Path, *options: str) -> Sequence[str]:
    """The command that opens JupyterLab on `notebooks`, at the first page when it is there."""
    first = [f"--LabApp.default_url=/lab/tree/{START}"] if (notebooks / START).is_file() else []
    return [sys.executable, "-m", "jupyterlab", str(notebooks), *first, *QUIET, *options]


def lab_environment(data: Path) -> dict[str, str]:
    """The environment of the server and its kernels: the notebooks read this folder of data, and nobody is asked for news.

    Folders that the user has Jupyter search for settings are searched after ours.
    """
    searched = [str(CONFIG), *filter(None, [os.environ.get(SEARCHED)])]
    return {**os.environ, "CIVILITY_DATA": str(data), SEARCHED: os.pathsep.join(searched)}
