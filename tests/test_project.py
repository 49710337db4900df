"""The files around the code: lock list, environment, README and names say the same, and are fit to publish."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.main import get_command

ROOT = Path(__file__).resolve().parents[1]
PYTHON_FOLDERS = ("analysis", "tests")
LONGEST_MODULE = 300
READMES = ("README.md", "README.zh-CN.md")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def project_files() -> list[Path]:
    """What git tracks or would track; every file outside hidden folders where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8")
    except (FileNotFoundError, subprocess.CalledProcessError):
        return [path for path in ROOT.rglob("*") if path.is_file() and not is_hidden(path)]
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(ROOT).parts)


def locked_requirements() -> list[str]:
    """One entry per package of the lock, with its hashes on the same line."""
    joined = read("requirements.lock").replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def make_targets() -> set[str]:
    phony = re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)
    assert phony is not None
    return set(phony.group(1).split())


def test_every_locked_package_is_exact_and_has_a_hash() -> None:
    loose = [line.split()[0] for line in locked_requirements() if "==" not in line.split()[0] or "--hash=" not in line]

    assert loose == []


def test_the_lock_names_no_address_and_no_file() -> None:
    """Whoever installs brings his own index."""
    options = [line for line in locked_requirements() if line.startswith("-")]

    assert options == []
    assert re.findall(r"\w+:/|@ ", read("requirements.lock")) == []


def test_the_lock_holds_everything_that_the_project_asks_for() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    groups = [project["project"]["dependencies"], *project["project"]["optional-dependencies"].values()]
    asked = {canonicalize_name(Requirement(text).name) for group in groups for text in group}
    locked = {canonicalize_name(line.split("==")[0]) for line in locked_requirements()}

    assert asked - locked == set()


def test_an_editable_install_finds_its_build_tools_in_the_lock() -> None:
    build = tomllib.loads(read("pyproject.toml"))["build-system"]["requires"]
    locked = dict(line.split()[0].split("==") for line in locked_requirements())

    assert [text for text in build if not Requirement(text).specifier.contains(locked[Requirement(text).name])] == []


def test_conda_brings_python_and_pip_and_the_lock_the_rest() -> None:
    listed = yaml.safe_load(read("environment.yml"))["dependencies"]
    names = [re.split(r"[=<>]", entry)[0] for entry in listed if isinstance(entry, str)]
    from_pip = [entry for entry in listed if isinstance(entry, dict)]

    assert names == ["python", "pip"]
    assert from_pip == [{"pip": ["-r requirements.lock"]}]


def test_no_address_of_a_package_server_in_what_installs() -> None:
    found = [name for name in ("environment.yml", "Makefile", ".ci/run", "pyproject.toml") if "://" in read(name)]

    assert found == []


def test_no_file_names_a_path_of_one_machine() -> None:
    """Neither the checkout nor the home of whoever wrote the file; the usual places of either are looked for too."""
    homes = {str(ROOT), str(Path.home()), "/home", "/root", "/Users", "/tmp", r"C:\Users"}
    own = re.compile("|".join(rf"(?<![\w.]){re.escape(home)}[/\\]\w" for home in sorted(homes) if len(home) > 1))
    texts = {".py", ".md", ".csv", ".toml", ".yml", ".cfg", ".ipynb", ".mplstyle", ".lock", ""}
    guilty = [
        path.relative_to(ROOT).as_posix()
        for path in project_files()
        if path.suffix in texts and own.search(path.read_text("utf-8", errors="replace"))
    ]

    assert guilty == []


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_every_make_target(name: str) -> None:
    missing = {target for target in make_targets() if f"make {target}" not in read(name)}

    assert missing == set()


@pytest.mark.parametrize("name", READMES)
def test_a_readme_names_every_command(name: str) -> None:
    from analysis.cli import app

    commands = get_command(app).commands  # type: ignore[attr-defined]
    missing = {command for command in commands if f"civility {command}" not in read(name)}

    assert missing == set()


def test_a_module_stays_short_enough_to_read_in_one_go() -> None:
    long = [
        f"{path.relative_to(ROOT).as_posix()}: {lines} lines"
        for folder in PYTHON_FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_MODULE
    ]

    assert long == []


def test_a_notebook_has_a_name_that_says_its_question() -> None:
    notebooks = [path.stem for path in project_files() if path.suffix == ".ipynb"]

    assert [name for name in notebooks if not re.fullmatch(r"\d\d_[a-z0-9_]+", name)] == []


def test_returns_of_other_years_and_all_results_stay_out_of_git() -> None:
    private = ["data/raw/2031/x.xlsx", "data/clean/2025/facts.csv", "data/cache/x", "data/history/2025/x", "reports/x"]
    command = ["git", "check-ignore", "--no-index", "--", *private]
    ignored = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True).stdout.split()

    assert ignored == private


def test_a_worker_that_cleans_one_file_starts_without_pandas() -> None:
    """Many workers run at once: each must be small and quick to start."""
    program = "import sys, analysis.etl.clean_file; print('pandas' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)

    assert answer.stdout.strip() == "False"
