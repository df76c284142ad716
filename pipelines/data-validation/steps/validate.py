"""Run a Great Expectations suite over the data set, and fail the run when the data fails it."""

import argparse
import json
import os
import re
from pathlib import Path
from typing import Any

import pandas as pd
import storage
from outcome import StepError, run, write_output

SUITE_NAME = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
MAX_SUITE_BYTES = 1024 * 1024
MAX_FAILURES_SHOWN = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", required=True, type=Path, help="folder with the data to validate")
    parser.add_argument("--suite", required=True, help="name of a suite: <suite-dir>/<name>.json")
    parser.add_argument("--suite-dir", required=True, type=Path)
    parser.add_argument("--result-file", required=True, help="validation result, as JSON")
    parser.add_argument("--passed-file", required=True)
    parser.add_argument("--evaluated-file", required=True)
    parser.add_argument("--successful-file", required=True)
    options = parser.parse_args()

    suite = load_suite(options.suite_dir, options.suite)
    rows = read_rows(options.rows)
    result = validate(rows, suite)
    statistics = result["statistics"]
    evaluated, successful = statistics["evaluated_expectations"], statistics["successful_expectations"]
    write_output(options.result_file, json.dumps(result, indent=2, sort_keys=True))
    write_output(options.passed_file, str(result["success"]).lower())
    write_output(options.evaluated_file, evaluated)
    write_output(options.successful_file, successful)
    if not result["success"]:
        raise StepError(
            f"validated {len(rows)} rows with suite {options.suite}, {evaluated - successful} of {evaluated} "
            f"expectations failed: {describe_failures(result)}; fix the data or change the suite. Nothing was published"
        )
    print(f"validated {len(rows)} rows with suite {options.suite}: all {evaluated} expectations hold")


def load_suite(folder: Path, name: str) -> dict[str, Any]:
    """Read a suite by name; the name is checked, because it comes from whoever starts the run."""
    available = sorted(path.stem for path in folder.glob("*.json"))
    file = folder / f"{name}.json"
    if not SUITE_NAME.fullmatch(name) or not file.is_file():
        raise StepError(f"looked for suite {name!r}, there is none; choose one of: {', '.join(available)}")
    if file.stat().st_size > MAX_SUITE_BYTES:
        raise StepError(f"read suite {name}, it is larger than MAX_SUITE_BYTES {MAX_SUITE_BYTES}; split it")
    try:
        suite = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StepError(f"read suite {name}, it is not JSON: {error}; correct {name}.json") from error
    if not isinstance(suite, dict) or not suite.get("expectations"):
        raise StepError(f"read suite {name}, it holds no expectations, so it would pass any data; add some")
    return suite


def read_rows(folder: Path) -> pd.DataFrame:
    """All files of the data set as one table, in the order of their names."""
    tables = []
    for name in storage.data_files(folder):
        file = folder / name
        try:
            tables.append(pd.read_csv(file) if file.suffix == ".csv" else pd.read_parquet(file))
        except ValueError as error:  # pandas' and pyarrow's parse errors are ValueErrors
            raise StepError(f"read {name}, it is not a table: {error}; correct or remove the file") from error
    return pd.concat(tables, ignore_index=True)


def validate(rows: pd.DataFrame, suite: dict[str, Any]) -> dict[str, Any]:
    """Great Expectations' validation result as plain JSON values."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    try:
        # One by one: ExpectationSuite only logs an expectation that it cannot read, and would then pass without it.
        expectations = [ExpectationConfiguration(**one).to_domain_obj() for one in suite["expectations"]]
        expectation_suite = gx.ExpectationSuite(name=suite["name"], expectations=expectations)
    except (KeyError, TypeError, ValueError, gx.exceptions.GreatExpectationsError) as error:
        reason = " ".join(str(error).split())
        raise StepError(
            f"read suite {suite.get('name')}, Great Expectations refuses it: {reason}; correct it"
        ) from error
    asset = context.data_sources.add_pandas("data").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": rows})
    result: dict[str, Any] = batch.validate(expectation_suite).to_json_dict()
    return result


def describe_failures(result: dict[str, Any]) -> str:
    """The failed expectations in a few words each."""
    failed = [describe(one) for one in result["results"] if not one["success"]]
    more = len(failed) - MAX_FAILURES_SHOWN
    return ", ".join(failed[:MAX_FAILURES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def describe(one: dict[str, Any]) -> str:
    config, outcome = one["expectation_config"], one.get("result") or {}
    column = config["kwargs"].get("column")
    text = config["type"] + (f" on {column}" if column else "")
    if one.get("exception_info", {}).get("raised_exception") or _raised(one):
        return f"{text} (could not be evaluated)"
    if "unexpected_count" in outcome:
        return f"{text} ({outcome['unexpected_count']} unexpected)"
    return f"{text} (observed {outcome['observed_value']})" if "observed_value" in outcome else text


def _raised(one: dict[str, Any]) -> bool:
    # Metrics that could not be computed are reported one level deeper, by metric.
    return any(
        isinstance(info, dict) and info.get("raised_exception") for info in (one.get("exception_info") or {}).values()
    )


if __name__ == "__main__":
    run(main)
