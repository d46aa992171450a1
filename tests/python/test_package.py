"""The package itself: light to import, typed, of the program's version."""
import doctest
import pathlib
import re
import subprocess
import sys
import tomllib

import dateline
from conftest import ROOT


def test_importing_takes_nothing_heavy():
    said = subprocess.run([sys.executable, "-c", "import sys, dateline; print(*sys.modules)"], capture_output=True, text=True, check=True)
    loaded = set(said.stdout.split())
    assert "dateline._core" in loaded
    assert not loaded & {"numpy", "pandas", "pyarrow", "asyncio", "multiprocessing", "urllib.request", "importlib.metadata"}


def test_version_is_that_of_the_program(program):
    assert program("--version").strip() == f"dateline {dateline.__version__}"
    project = tomllib.loads((ROOT / "python" / "pyproject.toml").read_text())
    assert project["project"]["version"] == dateline.__version__


def test_types_lie_beside_the_code():
    folder = pathlib.Path(dateline.__file__).parent
    assert (folder / "py.typed").exists()
    stub = (folder / "_core.pyi").read_text()
    assert "class Store:" in stub and "def version() -> str:" in stub


def test_all_that_is_public_has_a_name():
    assert all(hasattr(dateline, name) for name in dateline.__all__)
    assert sorted(dateline.__all__, key=str.lower) == sorted(set(dateline.__all__), key=str.lower)


def test_the_tutorial_says_what_happens(monkeypatch):
    monkeypatch.chdir(ROOT)
    text = re.sub("^```.*$", "", (ROOT / "docs" / "python.md").read_text(), flags=re.MULTILINE)
    runner = doctest.DocTestRunner()
    runner.run(doctest.DocTestParser().get_doctest(text, {}, "docs/python.md", None, 0))
    assert runner.tries > 10 and runner.failures == 0
