"""Copy validated data to where consumers read it. Runs only after the validation passed."""

import argparse
from pathlib import Path

import storage
from outcome import StepError, run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", required=True, type=Path, help="folder with the validated files")
    parser.add_argument("--expected-digest", required=True, help="digest of the data that was validated")
    parser.add_argument("--output", required=True, help="s3://bucket/prefix/ or a local path")
    options = parser.parse_args()

    digest = storage.digest(options.rows, storage.data_files(options.rows))
    if digest != options.expected_digest:
        raise StepError(
            f"published to {options.output} nothing, because the data is {digest} and the validated data was "
            f"{options.expected_digest}; run the validation again"
        )
    count = storage.publish(options.rows, options.output)
    print(f"published {count} file(s) to {options.output}: {digest}")


if __name__ == "__main__":
    run(main)
