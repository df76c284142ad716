"""What a step of a case does: outcome.py OUTPUTS STATE WORKFLOW TEMPLATE [PARAMETER=FILE ...] [SCRIPT]

OUTPUTS says per template what its output parameters and its result are, and the exit codes of its pods in each Workflow, in turn,
the last one again and again; the harness of the real controller reads the same file. A step that fails gives nothing.
"""

import fcntl
import json
import sys
from pathlib import Path

outputs, state, workflow, template, *rest = sys.argv[1:]
given = json.loads(Path(outputs).read_text()).get(template, {})
folder = Path(state)
folder.mkdir(parents=True, exist_ok=True)
with open(folder / f"{workflow}.{template}", "a+") as turns:
    fcntl.flock(turns, fcntl.LOCK_EX)
    turns.seek(0)
    turn = len(turns.read())
    turns.write("x")
codes = [int(code) for code in given.get("exit-codes", "0").split(",")]
code = codes[min(turn, len(codes) - 1)]
if code == 0:
    for one in rest:
        name, equals, file = one.partition("=")
        if equals:
            Path(file).write_text(given.get(name, f"placeholder-{name}"))
    if "result" in given:
        print(given["result"])
sys.exit(code)
