import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import make_sample_data
import pytest

START_TIMEOUT_SECONDS = 90


@pytest.fixture(scope="session")
def mlflow_server(tmp_path_factory):
    """The URL of a real MLflow server on loopback, which keeps its artifacts itself."""
    folder = tmp_path_factory.mktemp("mlflow")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += [
        "--backend-store-uri",
        f"sqlite:///{folder}/mlflow.db",
        "--artifacts-destination",
        f"{folder}/artifacts",
    ]
    environment = dict(os.environ) | {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    url = f"http://127.0.0.1:{port}"
    try:
        await_health(url, folder / "server.log")
        yield url
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def await_health(url, log):
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.2)


@pytest.fixture
def sample_data(tmp_path):
    """A folder with the sample data set."""
    make_sample_data.write(tmp_path / "raw" / "customers.csv", make_sample_data.customers(rows=400, seed=7))
    return tmp_path / "raw"
