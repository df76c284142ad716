"""What the steps share about MLflow: one client, and its failures as one line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from mlflow.exceptions import MlflowException
from outcome import StepError


@contextmanager
def mlflow_call(action: str) -> Iterator[None]:
    """Turn MLflow's failure at the named action into a StepError that names the server."""
    try:
        yield
    except MlflowException as error:
        server = os.environ.get("MLFLOW_TRACKING_URI", "the default tracking store")
        reason = " ".join(str(error).split())
        raise StepError(
            f"{action} at MLflow {server}, failed because {reason}; check that the server runs and that "
            "mlflow-tracking-uri names it"
        ) from error
