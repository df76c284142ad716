#!/usr/bin/env python3
"""Makes the objects of the golden folders that hold every fact once; `tests/golden/remake` then asks the real kustomize.

usage: given.py KYAML_FOLDER

facts-merge-keys       every list of every built-in kind and type: an object and a patch of that list
facts-name-references  every field that holds a name, with an object of the kind that it names, and a prefix
facts-fields           every field that labels, annotations, images, replicas, namespaces and vars reach
"""
import gzip
import json
import pathlib
import sys

GOLDEN = pathlib.Path(__file__).resolve().parent.parent
RESOURCES = GOLDEN.parent.parent / "registry/src/main/resources/dev/plumbline/registry/render"
NO_OBJECTS = {"DeleteOptions", "WatchEvent", "Status", "APIGroup", "APIVersions", "APIResourceList", "APIGroupList"}
# Fields that could be taken for keys where the schema names none.
LIKELY_KEYS = ["name", "key", "type", "ip", "port", "containerPort", "protocol", "mountPath", "devicePath", "uid"]


def target(schema):
    return schema.get("$ref", "").rsplit("/", 1)[-1] or None


def keys(schema):
    several = schema.get("x-kubernetes-list-map-keys")
    one = schema.get("x-kubernetes-patch-merge-key")
    return several if several is not None else [one] if one else []


class Lists:
    """One patch for each list of each type, through the first kind that has it, and for the first list of each kind."""

    def __init__(self, definitions):
        self.definitions = definitions
        self.seen = set()

    def below(self, name, stack):
        for field, schema in self.definitions.get(name, {}).get("properties", {}).items():
            free = schema.get("additionalProperties")
            if schema.get("type") == "array":
                yield [field], schema, (name, field)
                yield from self.deeper(target(schema.get("items", {})), stack | {name}, [field, schema])
            elif target(schema):
                yield from self.deeper(target(schema), stack | {name}, [field])
            elif isinstance(free, dict) and target(free):
                yield from self.deeper(target(free), stack | {name}, [field, "any"])
            elif isinstance(free, dict) and free.get("type") == "array":
                yield [field, "any"], free, (name, field)

    def deeper(self, name, stack, before):
        if name and name not in stack:
            for path, schema, place in self.below(name, stack):
                yield before + path, schema, place

    def value(self, type_name, key, number):
        schema = self.definitions.get(type_name, {}).get("properties", {}).get(key, {})
        return 100 + number if schema.get("type") == "integer" else f"v{number}"

    def items(self, schema, patch):
        name = target(schema.get("items", {}))
        if not name:
            if schema.get("items", {}).get("type") == "array":
                return [["new"]] if patch else [["old"], ["kept?"]]
            return ["new", "both"] if patch else ["old", "both"]
        marks = {"patched" if patch else "kept": "x"}
        return [
            {key: self.value(name, key, number) for key in keys(schema) or LIKELY_KEYS} | marks
            for number in ([1] if patch else [0, 1, 2])
        ]

    def put(self, node, path, leaf):
        for position, step in enumerate(path[:-1]):
            if isinstance(step, dict):
                continue
            following = path[position + 1]
            if isinstance(following, dict):
                name = target(following["items"])
                node = node.setdefault(step, [{key: self.value(name, key, 0) for key in keys(following)}])[0]
            else:
                node = node.setdefault(step, {})
        node[path[-1]] = leaf

    def cases(self):
        kinds = [
            ((gvk.get("group", "") + "/" if gvk.get("group") else "") + gvk["version"], gvk["kind"], name)
            for name, definition in self.definitions.items()
            for gvk in definition.get("x-kubernetes-group-version-kind", [])
        ]
        for version, kind, name in sorted(kinds):
            if kind.endswith("List") or kind in NO_OBJECTS:
                continue
            first = True
            for path, schema, place in self.below(name, frozenset()):
                owned = path[0] == "metadata"
                if place in self.seen and (owned or not first):
                    continue
                first = first and owned
                self.seen.add(place)
                yield version, kind, path, schema


def merge_keys(definitions):
    lists = Lists(definitions)
    objects, patches = [], []
    for version, kind, path, schema in lists.cases():
        for found, patch in ((objects, False), (patches, True)):
            node = {"apiVersion": version, "kind": kind, "metadata": {"name": f"n{len(found)}"}}
            lists.put(node, path, lists.items(schema, patch))
            found.append(node)
    write("facts-merge-keys", {"patches": [{"path": "patches.yaml"}]}, objects, patches)


def nest(node, path, leaf):
    steps = [step.replace("\0", "/") for step in path.replace("\\/", "\0").split("/")]
    for step in steps[:-1]:
        node = node.setdefault(step.removesuffix("[]"), {})
    node[steps[-1]] = leaf


def thing(spec, name):
    group = spec.get("group", "")
    return {
        "apiVersion": (group + "/" if group else "") + spec.get("version", "v1"),
        "kind": spec.get("kind", "Anything"),
        "metadata": {"name": name},
    }


def name_references(configuration):
    objects = []
    for reference in configuration["nameReference"]:
        for spec in reference["fieldSpecs"]:
            number = len(objects)
            objects.append(thing(reference, f"named-{number}"))
            objects.append(thing(spec, f"referrer-{number}"))
            nest(objects[-1], spec["path"], f"named-{number}")
    write("facts-name-references", {"namePrefix": "p-"}, objects)


def fields(configuration):
    leaves = {
        "commonLabels": {"old": "x"},
        "commonAnnotations": {"old": "x"},
        "images": "web:1",
        "replicas": 1,
        "namespace": "old",
        "varReference": "is $(VALUE)",
    }
    objects = [{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "source"}, "data": {"key": "value"}}]
    replicas = []
    for purpose, leaf in leaves.items():
        for number, spec in enumerate(configuration[purpose]):
            if spec.get("kind") == "Namespace":
                continue
            whole = isinstance(leaf, str) and spec["path"].endswith(("annotations", "labels"))
            for filled in (True, False):
                node = thing(spec, f"{purpose.lower()}-{number}" + ("" if filled else "-empty"))
                if filled:
                    nest(node, spec["path"], {"old": leaf} if whole else leaf)
                objects.append(node)
            if purpose == "replicas":
                replicas += [{"name": f"replicas-{number}" + end, "count": 7} for end in ("", "-empty")]
    write(
        "facts-fields",
        {
            "namespace": "ml",
            "commonLabels": {"team": "ml"},
            "commonAnnotations": {"owner": "ml"},
            "images": [{"name": "web", "newTag": "2"}],
            "replicas": replicas,
            "vars": [
                {
                    "name": "VALUE",
                    "objref": {"apiVersion": "v1", "kind": "ConfigMap", "name": "source"},
                    "fieldref": {"fieldPath": "data.key"},
                }
            ],
        },
        objects,
    )


def write(name, kustomization, objects, patches=None):
    folder = GOLDEN / name / "given"
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["# Made by facts/given.py.", "resources: [objects.yaml]"]
    lines += [f"{field}: {json.dumps(value)}" for field, value in kustomization.items()]
    (folder / "kustomization.yaml").write_text("\n".join(lines) + "\n")
    for file, documents in (("objects.yaml", objects), ("patches.yaml", patches)):
        if documents:
            (folder / file).write_text("".join(f"---\n{json.dumps(document)}\n" for document in documents))


if __name__ == "__main__":
    bundle = next((pathlib.Path(sys.argv[1]) / "openapi/kubernetesapi/data").glob("*.json.gz"))
    with gzip.open(bundle) as stream:
        merge_keys(json.load(stream)["definitions"])
    defaults = json.loads((RESOURCES / "default-configuration.json").read_text())
    name_references(defaults)
    fields(defaults)
