"""How a step ends: with outputs written, or with one line that says what to do."""

import sys
from collections.abc import Callable
from pathlib import Path


class StepError(Exception):
    """Something the owner of the data or the parameters can fix. The message is one line."""


def write_output(path: str, value: object) -> None:
    """Write an output parameter; Argo reads the file when the step ends."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"{value}\n", encoding="utf-8")


def run(step: Callable[[], None]) -> None:
    """Run a step. A StepError becomes one line and exit code 1; a bug keeps its traceback."""
    try:
        step()
    except StepError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
