"""Let a model pass to deployment when it is accurate enough."""

import argparse
import math

from outcome import StepError, run, write_output


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--accuracy", required=True)
    parser.add_argument("--threshold", required=True)
    parser.add_argument("--passed-file", required=True)
    options = parser.parse_args()

    passed = fraction("accuracy", options.accuracy) >= fraction("performance-threshold", options.threshold)
    write_output(options.passed_file, str(passed).lower())
    print(
        f"{options.model} has accuracy {options.accuracy}, "
        + (f"at least {options.threshold}: deploy it" if passed else f"below {options.threshold}: it is not deployed")
    )


def fraction(parameter: str, text: str) -> float:
    """A number from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise StepError(f"read {parameter} {text!r}, it is not a number from 0 to 1; correct it")
    return value


if __name__ == "__main__":
    run(main)
