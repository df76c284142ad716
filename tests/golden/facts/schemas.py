#!/usr/bin/env python3
"""Makes the compact schemas that dev.plumbline.registry.schema reads.

usage: schemas.py CRD_FOLDER OPENAPI_FOLDER OUTPUT_FOLDER

CRD_FOLDER holds full CustomResourceDefinitions; OPENAPI_FOLDER holds GROUP.openapi.json and GROUP.resources.json, what an
API server answers for each group version under /openapi/v3 and under its discovery path (`schemas` beside this script
fetches them).

Written are argo-schemas.json and kubernetes-schemas.json: kinds, and one table of types in which equal types stand once,
without descriptions. Each type is written before the types that use it, except where a type contains itself.
"""
import json
import pathlib
import sys

import yaml

META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
KEPT = ("required", "enum", "format", "pattern", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems")
# What the API server fills in by code, while its OpenAPI says that it is required.
FILLED_IN = {"io.k8s.api.rbac.v1.RoleRef": ("apiGroup",)}
OPEN = ("io.k8s.apimachinery.pkg.runtime.RawExtension", "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1")


class Types:
    def __init__(self, definitions):
        self.definitions = definitions
        self.table = []
        self.known = {}
        self.rules = []
        self.named = {}

    def put(self, node):
        key = json.dumps(node, sort_keys=True)
        if key not in self.known:
            self.known[key] = len(self.table)
            self.table.append(node)
        return self.known[key]

    def rule(self, rule):
        kept = {k: rule[k] for k in sorted(rule)}
        if kept not in self.rules:
            self.rules.append(kept)
        return self.rules.index(kept)

    def reference(self, name):
        """A definition that contains itself gets its place before its content."""
        if name not in self.named:
            self.named[name] = None
            made = self.add(self.definitions[name], name in OPEN)
            if self.named[name] is None:
                self.named[name] = made
            else:
                self.table[self.named[name]] = self.table[made]
        elif self.named[name] is None:
            self.named[name] = len(self.table)
            self.table.append({"of": name})
        return self.named[name]

    def add(self, schema, anything=False):
        target = schema.get("$ref") or (schema.get("allOf") or [{}])[0].get("$ref")
        go = self.go
        if target:
            return self.reference(target.rsplit("/", 1)[1])
        node = {"go": True} if go else {}
        if schema.get("x-kubernetes-int-or-string") or schema.get("format") == "int-or-string":
            node["type"] = "int-or-string"
        elif "oneOf" in schema and not schema.get("type"):
            node["type"] = "quantity"
        elif "type" in schema:
            node["type"] = schema["type"]
        for key in KEPT:
            if key in schema and not (key == "format" and schema[key] == "int-or-string"):
                node[key] = schema[key]
        if schema.get("nullable"):
            node["nullable"] = True
        if not go and "default" in schema:
            node["default"] = schema["default"]
        if "properties" in schema:
            node["fields"] = {name: self.add(field) for name, field in sorted(schema["properties"].items())}
        if isinstance(schema.get("additionalProperties"), dict):
            node["values"] = self.add(schema["additionalProperties"])
        if "items" in schema:
            node["items"] = self.add(schema["items"])
        if schema.get("x-kubernetes-list-type") == "map":
            node["keys"] = schema["x-kubernetes-list-map-keys"]
        if schema.get("x-kubernetes-list-type") == "set":
            node["set"] = True
        if anything or schema.get("x-kubernetes-preserve-unknown-fields"):
            node["open"] = True
        if "x-kubernetes-validations" in schema:
            node["rules"] = [self.rule(rule) for rule in schema["x-kubernetes-validations"]]
        return self.put(node)


def crds(folder, definitions):
    types = Types(definitions)
    kinds = {}
    for file in sorted(folder.glob("*.yaml")):
        crd = yaml.load(file.read_text(), yaml.CSafeLoader)
        if crd.get("kind") != "CustomResourceDefinition":
            continue
        spec = crd["spec"]
        for version in spec["versions"]:
            if not version["served"]:
                continue
            types.go = True
            meta = types.reference(META)
            types.go = False
            schema = dict(version["schema"]["openAPIV3Schema"])
            schema["properties"] = {k: v for k, v in schema["properties"].items() if k != "metadata"}
            root = dict(types.table[types.add(schema)])
            root["fields"] = dict(root["fields"], metadata=meta)
            kinds.setdefault(spec["group"] + "/" + version["name"], {})[spec["names"]["kind"]] = {
                "type": types.put(root),
                "resource": spec["names"]["plural"],
                "namespaced": spec["scope"] == "Namespaced",
            }
    return kinds, types


def built_in(folder, definitions):
    for name, fields in FILLED_IN.items():
        kept = [field for field in definitions[name]["required"] if field not in fields]
        definitions[name]["required"] = kept
    types = Types(definitions)
    types.go = True
    kinds = {}
    for file in sorted(folder.glob("*.resources.json")):
        found = json.loads(file.read_text())
        for resource in found["resources"]:
            if "/" in resource["name"] or "create" not in resource["verbs"]:
                continue
            group, _, version = found["groupVersion"].rpartition("/")
            name = next(
                (
                    name
                    for name, schema in definitions.items()
                    for gvk in schema.get("x-kubernetes-group-version-kind", [])
                    if gvk == {"group": group, "kind": resource["kind"], "version": version}
                    and len(schema["x-kubernetes-group-version-kind"]) == 1
                ),
            )
            kinds.setdefault(found["groupVersion"], {})[resource["kind"]] = {
                "type": types.reference(name),
                "resource": resource["name"],
                "namespaced": resource["namespaced"],
            }
    return kinds, types


def write(file, kinds, types):
    data = {"schema": "plumbline.dev/kind-schemas/v1", "kinds": kinds, "rules": types.rules, "types": types.table}
    parts = [
        f'"schema":{json.dumps(data["schema"])}',
        f'"kinds":{json.dumps(kinds, sort_keys=True, separators=(",", ":"))}',
        f'"rules":{json.dumps(types.rules, separators=(",", ":"))}',
        '"types":[\n' + ",\n".join(json.dumps(t, separators=(",", ":")) for t in types.table) + "\n]",
    ]
    file.write_text("{" + ",\n".join(parts) + "}\n")


def main():
    crd_folder, openapi_folder, output = (pathlib.Path(p) for p in sys.argv[1:])
    definitions = {}
    for file in sorted(openapi_folder.glob("*.openapi.json")):
        definitions.update(json.loads(file.read_text())["components"]["schemas"])
    write(output / "argo-schemas.json", *crds(crd_folder, definitions))
    write(output / "kubernetes-schemas.json", *built_in(openapi_folder, definitions))


if __name__ == "__main__":
    main()
