"""Fetch the data set, so that what is validated and what is published are the same bytes."""

import argparse
from pathlib import Path

import storage
from outcome import run, write_output


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", required=True, help="s3://bucket/prefix/ or a local path")
    parser.add_argument("--rows", required=True, type=Path, help="folder to fetch into")
    parser.add_argument("--digest-file", required=True)
    options = parser.parse_args()

    options.rows.mkdir(parents=True, exist_ok=True)
    count = storage.fetch(options.source, options.rows)
    digest = storage.digest(options.rows, storage.data_files(options.rows))
    write_output(options.digest_file, digest)
    print(f"fetched {count} file(s) from {options.source}: {digest}")


if __name__ == "__main__":
    run(main)
