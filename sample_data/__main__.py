"""`python -m sample_data OUTDIR [--seed 7]` writes the sample municipality."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sample_data import write


def main() -> int:
    """Write the files and print one path per line."""
    parser = argparse.ArgumentParser(prog="python -m sample_data", description=__doc__)
    parser.add_argument("outdir", type=Path, help="folder for the files; created when missing")
    parser.add_argument("--seed", type=int, default=7, help="another seed draws other incidents (default 7)")
    arguments = parser.parse_args()
    files = write(arguments.outdir, seed=arguments.seed)
    for path in (
        files.areas,
        files.base,
        *(one.path for one in files.incidents),
        files.interventions,
        files.meetings,
        files.truth,
    ):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
