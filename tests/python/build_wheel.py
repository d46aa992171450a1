#!/usr/bin/env python3
"""usage: build_wheel.py --program DATELINE

`pip install ./python` gives a package that stands alone: built as a wheel without a network, installed elsewhere, it reads
examples/ as the program does, with the learned parts that it brings. Without a compiler cache this would compile the library
once more: then it is skipped."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
READ = "import dateline; [print(record.to_json()) for record in dateline.Reader().read_file('examples')]"


def run(*arguments, **environment):
    done = subprocess.run(list(map(str, arguments)), cwd=ROOT, capture_output=True, env={**os.environ, **environment})
    if done.returncode != 0:
        sys.exit(f"{arguments}: status {done.returncode}\n{(done.stdout + done.stderr).decode(errors='replace')[-4000:]}")
    return done.stdout


def main():
    if not os.environ.get("DATELINE_MODEL") or not shutil.which("ccache"):
        print("skipped: DATELINE_MODEL is not set, or there is no ccache")
        return 77
    program = sys.argv[sys.argv.index("--program") + 1]
    with tempfile.TemporaryDirectory() as folder:
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-cache-dir")
        run(*pip, "wheel", "--no-index", "--no-build-isolation", "--no-deps", "-w", folder,
            "--config-settings=build-dir=../build/wheel-test", "./python")
        [wheel] = pathlib.Path(folder).glob("dateline-*.whl")
        run(*pip, "install", "--no-index", "--no-deps", "--target", f"{folder}/site", wheel)
        for name in ("py.typed", "_core.pyi", "LICENSE", "models/coref/weights.safetensors"):
            if not pathlib.Path(folder, "site", "dateline", name).exists():
                sys.exit(f"the wheel has no {name}")
        expected = run(program, "read", "examples", "--format", "jsonl")
        os.environ.pop("DATELINE_MODELS", None)
        if run(sys.executable, "-c", READ, PYTHONPATH=f"{folder}/site") != expected:
            sys.exit("the installed package gives other bytes than the program")
    return 0


if __name__ == "__main__":
    sys.exit(main())
