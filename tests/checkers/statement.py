"""statement.py BUNDLE...: exit code 0 when in-toto's own messages take each payload strictly, unknown fields refused."""

import base64
import json
import sys

from google.protobuf.json_format import ParseDict
from in_toto_attestation.predicates.provenance.v1.provenance_pb2 import Provenance
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementMessage

PREDICATES = {"https://slsa.dev/provenance/v1": Provenance}

for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        payload = json.loads(base64.b64decode(json.load(file)["dsseEnvelope"]["payload"]))
    message = ParseDict(payload, StatementMessage())
    Statement.copy_from_pb(message).validate()
    predicate = PREDICATES.get(payload["predicateType"])
    if predicate is not None:
        ParseDict(payload["predicate"], predicate())
    print(name, payload["predicateType"])
