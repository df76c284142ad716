"""The data that a model is trained and measured on: read, checked, and split in the same way by whoever needs it."""

import tempfile
from pathlib import Path

import pandas as pd
import storage
from outcome import StepError
from sklearn.model_selection import train_test_split

MIN_ROWS = 50


def fetch(source: str, target: str, ignore: str) -> tuple[pd.DataFrame, str]:
    """Features and target of the data set at source, and its digest; ignore names columns, separated by commas."""
    with tempfile.TemporaryDirectory() as folder:
        storage.fetch(source, Path(folder))
        names = storage.data_files(Path(folder))
        digest = storage.digest(Path(folder), names)
        rows = read_rows(Path(folder), names)
    ignored = [column.strip() for column in ignore.split(",") if column.strip()]
    return training_table(rows, source, target, ignored), digest


def split(table: pd.DataFrame, target: str, test_fraction: float, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows to train on and rows to measure on. The same table, fraction and seed give the same rows."""
    if not 0 < test_fraction < 1:
        raise StepError(f"split the data, test-fraction {test_fraction} is not between 0 and 1; correct it")
    train, test = train_test_split(table, test_size=test_fraction, random_state=seed, stratify=table[target])
    return train, test


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
