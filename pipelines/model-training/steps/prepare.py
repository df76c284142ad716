"""Read the training data, check that a model can be made of it, and split it reproducibly."""

import argparse
from pathlib import Path

import training_data
from outcome import run, write_output


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", required=True, help="s3://bucket/prefix/ or a local path")
    parser.add_argument("--target", required=True, help="column to predict")
    parser.add_argument("--ignore", default="", help="columns that are no features, separated by commas")
    parser.add_argument("--test-fraction", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--split", required=True, type=Path, help="folder for train.csv and test.csv")
    parser.add_argument("--digest-file", required=True)
    options = parser.parse_args()

    table, digest = training_data.fetch(options.source, options.target, options.ignore)
    train, test = training_data.split(table, options.target, options.test_fraction, options.seed)
    options.split.mkdir(parents=True, exist_ok=True)
    train.to_csv(options.split / "train.csv", index=False)
    test.to_csv(options.split / "test.csv", index=False)
    write_output(options.digest_file, digest)
    print(f"prepared {len(train)} rows to train and {len(test)} to test from {options.source}: {digest}")


if __name__ == "__main__":
    run(main)
