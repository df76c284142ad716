"""HTTP with JSON, bounded, by the standard library alone."""

import json
import ssl
import urllib.error
import urllib.request
from typing import Any

TIMEOUT_SECONDS = 10
MAX_ANSWER_BYTES = 4 * 1024 * 1024


class Unanswered(Exception):
    """No answer that can be used. `status` is 0 where there was none at all."""

    def __init__(self, reason: str, status: int = 0) -> None:
        super().__init__(reason)
        self.status = status


def call(url: str, body: object = None, token: str = "", authority: ssl.SSLContext | None = None) -> Any:
    """GET, or POST of a body; the answer's JSON, None for an empty one.

    Raises Unanswered for everything but a 2xx answer with JSON.
    """
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None
    if body is not None:
        headers["Content-Type"] = "application/json"
        data = json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS, context=authority) as answer:
            text = answer.read(MAX_ANSWER_BYTES + 1)
    except urllib.error.HTTPError as error:
        raise Unanswered(
            f"it answered {error.code} {' '.join(error.read(300).decode(errors='replace').split())}", error.code
        ) from error
    except (OSError, ValueError) as error:
        raise Unanswered(str(getattr(error, "reason", error))) from error
    if len(text) > MAX_ANSWER_BYTES:
        raise Unanswered(f"it answered more than MAX_ANSWER_BYTES {MAX_ANSWER_BYTES}")
    try:
        return json.loads(text) if text.strip() else None
    except ValueError as error:
        raise Unanswered("it answered something that is not JSON") from error
