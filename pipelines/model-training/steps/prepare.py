"""Read the training data, check that a model can be made of it, and split it reproducibly."""

import argparse
import tempfile
from pathlib import Path

import pandas as pd
import storage
from outcome import StepError, run, write_output
from sklearn.model_selection import train_test_split

MIN_ROWS = 50


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

    if not 0 < options.test_fraction < 1:
        raise StepError(f"split the data, test-fraction {options.test_fraction} is not between 0 and 1; correct it")
    with tempfile.TemporaryDirectory() as folder:
        storage.fetch(options.source, Path(folder))
        names = storage.data_files(Path(folder))
        digest = storage.digest(Path(folder), names)
        rows = read_rows(Path(folder), names)
    ignored = [column.strip() for column in options.ignore.split(",") if column.strip()]
    table = training_table(rows, options.source, options.target, ignored)
    train, test = train_test_split(
        table, test_size=options.test_fraction, random_state=options.seed, stratify=table[options.target]
    )
    options.split.mkdir(parents=True, exist_ok=True)
    train.to_csv(options.split / "train.csv", index=False)
    test.to_csv(options.split / "test.csv", index=False)
    write_output(options.digest_file, digest)
    print(f"prepared {len(train)} rows to train and {len(test)} to test from {options.source}: {digest}")


def read_rows(folder: Path, names: list[str]) -> pd.DataFrame:
    """All files of the data set as one table, in the order of their names."""
    tables = []
    for name in names:
        try:
            tables.append(pd.read_csv(folder / name) if name.endswith(".csv") else pd.read_parquet(folder / name))
        except ValueError as error:  # pandas' and pyarrow's parse errors are ValueErrors
            raise StepError(f"read {name}, it is not a table: {error}; correct or remove the file") from error
    return pd.concat(tables, ignore_index=True)


def training_table(rows: pd.DataFrame, source: str, target: str, ignored: list[str]) -> pd.DataFrame:
    """Features and target only; refuses what would train a wrong model or fail deep inside a library."""
    if target not in rows.columns:
        raise StepError(
            f"read the data at {source}, it has no column {target}; "
            f"set target-column to one of {', '.join(rows.columns)}"
        )
    table = rows.drop(columns=[column for column in ignored if column in rows.columns])
    features = table.drop(columns=[target])
    wrong = [column for column in features.columns if not pd.api.types.is_numeric_dtype(features[column])]
    if wrong or features.empty:
        raise StepError(
            f"read the data at {source}, "
            + (f"the columns {', '.join(wrong)} are not numbers" if wrong else "no feature column is left")
            + "; encode columns as numbers or list those that are no features in ignore-columns"
        )
    incomplete = [column for column in table.columns if table[column].isna().any()]
    if incomplete:
        raise StepError(
            f"read the data at {source}, values are missing in {', '.join(incomplete)}; train on validated data"
        )
    smallest = table[target].value_counts().min()
    if len(table) < MIN_ROWS or table[target].nunique() < 2 or smallest < 2:
        raise StepError(
            f"read the data at {source}, {len(table)} rows with {table[target].nunique()} classes of {target} "
            f"are too few: {MIN_ROWS} rows and 2 classes of 2 rows are needed; add data"
        )
    return table


if __name__ == "__main__":
    run(main)
