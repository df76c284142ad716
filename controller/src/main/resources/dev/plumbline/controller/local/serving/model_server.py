"""Serves one pickled scikit-learn model by the Open Inference Protocol, on loopback: a small stand-in for KServe's server.

Ends when its standard input ends, so that it never outlives the program that started it.
"""

import json
import os
import pickle
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MAX_MODEL_BYTES = 1 << 30
MAX_REQUEST_BYTES = 16 << 20
FETCH_SECONDS = 60


class Refused(Exception):
    """A request that cannot be answered, with its HTTP status."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status = status


def fetch(uri):
    with urllib.request.urlopen(uri, timeout=FETCH_SECONDS) as answer:
        content = answer.read(MAX_MODEL_BYTES + 1)
    if len(content) > MAX_MODEL_BYTES:
        raise ValueError(f"it has more than {MAX_MODEL_BYTES} bytes")
    return pickle.loads(content)


def rows(request):
    """The one table of numbers that a request holds."""
    inputs = request.get("inputs") if isinstance(request, dict) else None
    if not isinstance(inputs, list) or len(inputs) != 1 or not isinstance(inputs[0], dict):
        raise Refused(400, "expected exactly one input")
    shape, data = inputs[0].get("shape"), inputs[0].get("data")
    if not isinstance(shape, list) or len(shape) != 2 or not all(isinstance(n, int) and n > 0 for n in shape):
        raise Refused(400, "expected an input of shape [rows, features]")
    flat = [value for row in data for value in (row if isinstance(row, list) else [row])] if data else []
    if len(flat) != shape[0] * shape[1] or not all(isinstance(value, (int, float)) for value in flat):
        raise Refused(400, f"expected {shape[0]} x {shape[1]} numbers")
    return [flat[at : at + shape[1]] for at in range(0, len(flat), shape[1])]


def output(values):
    if all(isinstance(value, (bool, int)) for value in values):
        kind = "INT64"
    else:
        kind = "FP64" if all(isinstance(value, (int, float)) for value in values) else "BYTES"
    return {"name": "output-0", "shape": [len(values)], "datatype": kind, "data": values}


def handler(name, uri, model):
    base = f"/v2/models/{name}"
    answers = {
        "/v2": {"name": "plumbline-model-server", "version": "1", "extensions": []},
        "/v2/health/live": {"live": True},
        "/v2/health/ready": {"ready": True},
        base: {"name": name, "versions": [], "platform": "sklearn", "inputs": [], "outputs": [],
               "parameters": {"uri": uri}},
        base + "/ready": {"name": name, "ready": True},
    }

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            known = answers.get(self.path)
            self.send(200 if known else 404, known or {"error": f"nothing is served at {self.path}"})

        def do_POST(self):
            try:
                self.send(200, self.infer())
            except Refused as error:
                self.close_connection = True  # Its body may not have been read.
                self.send(error.status, {"error": str(error)})

        def infer(self):
            if self.path != base + "/infer":
                raise Refused(404, f"nothing is served at {self.path}")
            length = int(self.headers.get("Content-Length") or 0)
            if length > MAX_REQUEST_BYTES:
                raise Refused(413, f"a request has at most {MAX_REQUEST_BYTES} bytes")
            try:
                request = json.loads(self.rfile.read(length))
            except ValueError as error:
                raise Refused(400, f"expected JSON: {error}") from error
            table = rows(request)
            try:
                predicted = model.predict(table)
            except ValueError as error:
                raise Refused(400, str(error)) from error
            answer = {"model_name": name, "outputs": [output(predicted.tolist())]}
            return answer | ({"id": request["id"]} if "id" in request else {})

        def send(self, status, body):
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(content)

    return Handler


def end_with_parent():
    while os.read(0, 1024):
        pass
    os._exit(0)


def main():
    name, uri = sys.argv[1:]
    os.setsid()
    threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        model = fetch(uri)
    except Exception as error:  # Whatever a pickle raises, it is the model that cannot be served.
        print(f"tried to load the model {uri}, failed because {type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(name, uri, model))
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
