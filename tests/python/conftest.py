"""The Python module against the program: DATELINE_PROGRAM is the program, DATELINE_MODEL its language model."""
import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def pytest_sessionstart(session):
    if not os.environ.get("DATELINE_MODEL"):
        pytest.exit("skipped: DATELINE_MODEL is not set", returncode=77)


@pytest.fixture(scope="session")
def program():
    """Runs the program; its standard output."""
    def run(*arguments, data=None):
        done = subprocess.run([os.environ["DATELINE_PROGRAM"], *map(str, arguments)], input=data, capture_output=True, cwd=ROOT)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf8")
    return run


@pytest.fixture(scope="session")
def reader():
    import dateline
    return dateline.Reader()


@pytest.fixture(scope="session")
def examples(reader):
    return reader.read_file(ROOT / "examples")
