"""What the tests of several pipelines need: a real MLflow server, the sample data, a trained model, a JSON answerer."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import make_sample_data
import pytest
from template_run import TemplateRun

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


@pytest.fixture(scope="session")
def churn_model(mlflow_server, tmp_path_factory):
    """A run of model-training on the sample data, which registered version 1 of the model "customer-churn"."""
    folder = tmp_path_factory.mktemp("churn-model")
    make_sample_data.write(folder / "raw" / "customers.csv", make_sample_data.customers(rows=400, seed=7))
    parameters = {
        "data-path": f"{folder}/raw/",
        "model-name": "customer-churn",
        "mlflow-tracking-uri": mlflow_server,
    }
    done = TemplateRun("model-training", folder / "run", parameters).run()
    assert done.succeeded, done.logs
    return done


@pytest.fixture
def json_server():
    """Starts HTTP servers on loopback that answer (status, JSON) of a function of method, path and body."""
    servers = []

    def start(answer):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.reply("GET")

            def do_POST(self):
                self.reply("POST")

            def reply(self, method):
                length = int(self.headers.get("Content-Length", 0))
                body = json.loads(self.rfile.read(length)) if length else None
                status, value = answer(method, self.path, body)
                text = b"" if value is None else json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
