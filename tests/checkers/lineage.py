"""lineage.py FILE...: exit code 0 when OpenLineage's own classes take each event, and each facet is of the version that they have."""

import importlib
import inspect
import json
import pkgutil
import re
import sys
import uuid

import attr
from openlineage.client import event_v2, generated

CLASSES = {}
for module in pkgutil.iter_modules(generated.__path__):
    for name, kind in inspect.getmembers(importlib.import_module(f"{generated.__name__}.{module.name}"), inspect.isclass):
        if attr.has(kind) and hasattr(kind, "_get_schema"):
            CLASSES[name] = kind


def take(kind, fields):
    """An object of a class of theirs, and one for each element of its lists; what these do not know or lack is refused."""
    types = {field.alias or field.name: str(field.type) for field in attr.fields(kind) if field.init}
    made = {}
    for name, value in fields.items():
        item = re.search(r"list\[(\w+)\]", types.get(name, ""))
        of = getattr(sys.modules[kind.__module__], item.group(1), None) if item else None
        made[name] = [take(of, each) for each in value] if of and attr.has(of) else value
    return kind(**made)


def facets(tree):
    for key, facet in tree.get("facets", {}).items():
        name = facet["_schemaURL"].rsplit("/", 1)[1]
        fields = {name: value for name, value in facet.items() if name not in ("_producer", "_schemaURL")}
        made = take(CLASSES[name], fields)
        if made._get_schema() != facet["_schemaURL"]:
            raise ValueError(f"{key} is of {facet['_schemaURL']}, and theirs is {made._get_schema()}")


def event(tree):
    facets(tree["run"])
    facets(tree["job"])
    for dataset in tree["inputs"] + tree["outputs"]:
        facets(dataset)
        event_v2.Dataset(namespace=dataset["namespace"], name=dataset["name"])
    uuid.UUID(tree["run"]["runId"])
    taken = event_v2.RunEvent(
        eventType=event_v2.RunState[tree["eventType"]],
        eventTime=tree["eventTime"],
        run=event_v2.Run(runId=tree["run"]["runId"]),
        job=event_v2.Job(namespace=tree["job"]["namespace"], name=tree["job"]["name"]),
        producer=tree["producer"],
    )
    if taken.schemaURL != tree["schemaURL"]:
        raise ValueError(f"the event is of {tree['schemaURL']}, and theirs is {taken.schemaURL}")


for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        for line in file:
            event(json.loads(line))
            print(name, "taken")
