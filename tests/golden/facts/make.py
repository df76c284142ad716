#!/usr/bin/env python3
"""Makes the renderer's two data files from a kustomize source tree.

usage: make.py KYAML_FOLDER API_FOLDER OUTPUT_FOLDER

KYAML_FOLDER and API_FOLDER are the folders of the Go modules sigs.k8s.io/kustomize/{kyaml,api} in the versions that the
pinned kustomize uses (`go mod download -json MODULE@VERSION` prints them).

built-in-kinds.json   which built-in kinds are cluster-scoped and which namespaced, by which keys their lists merge, and the names
                      by which a schema of a repository can refer to their types
default-configuration.json  the field paths that transformers reach, in the form of a `configurations:` file
"""
import gzip
import json
import pathlib
import re
import sys


def kinds(kyaml):
    bundle = next((kyaml / "openapi/kubernetesapi/data").glob("*.json.gz"))
    with gzip.open(bundle) as stream:
        data = json.load(stream)
    definitions = data["definitions"]

    def target(schema):
        ref = schema.get("$ref")
        return ref.rsplit("/", 1)[1] if ref else None

    def fields(definition):
        result = {}
        properties = dict(definition.get("properties", {}))
        extra = definition.get("additionalProperties")
        if isinstance(extra, dict):
            properties["*"] = extra
        for name, schema in properties.items():
            if target(schema):
                result[name] = {"type": target(schema)}
                continue
            items = schema.get("items", {})
            field = {}
            if "merge" in schema.get("x-kubernetes-patch-strategy", "").split(","):
                keys = schema.get("x-kubernetes-list-map-keys")
                if keys is None:
                    key = schema.get("x-kubernetes-patch-merge-key")
                    keys = [key] if key else []
                field["keys"] = keys
            if schema.get("type") == "array" and target(items):
                field["type"] = target(items)
            elif isinstance(schema.get("additionalProperties"), dict) and target(schema["additionalProperties"]):
                field["values"] = target(schema["additionalProperties"])
            if field:
                result[name] = field
        return result

    graph = {name: fields(definition) for name, definition in definitions.items()}
    useful = set()
    while True:
        more = {
            name
            for name, entries in graph.items()
            if name not in useful
            and any("keys" in f or f.get("type") in useful or f.get("values") in useful for f in entries.values())
        }
        if not more:
            break
        useful |= more
    short = {name: str(number) for number, name in enumerate(sorted(useful))}
    types = {}
    for name in sorted(useful):
        entries = {}
        for field, value in sorted(graph[name].items()):
            kept = {}
            if "keys" in value:
                kept["keys"] = value["keys"]
            for link in ("type", "values"):
                if value.get(link) in useful:
                    kept[link] = short[value[link]]
            if kept:
                entries[field] = kept
        types[short[name]] = entries
    roots = {}
    for name, definition in definitions.items():
        if name in useful:
            for gvk in definition.get("x-kubernetes-group-version-kind", []):
                group = gvk.get("group", "")
                roots[(group + "/" if group else "") + gvk["version"] + "/" + gvk["kind"]] = short[name]
    cluster = [
        resource["apiVersion"] + "/" + resource["kind"]
        for resource in data["resources"]
        if resource.get("scope", "").lower().startswith("cluster")
    ]
    # A list in the source code goes before the bundle.
    source = (kyaml / "openapi/openapi.go").read_text()
    listed = re.findall(r'\{APIVersion: "([^"]+)", Kind: "([^"]+)"\}:\s+(true|false)', source)
    scopes = {kind: False for kind in cluster}
    scopes |= {f"{version}/{kind}": namespaced == "true" for version, kind, namespaced in listed}
    return {
        "clusterScoped": sorted(kind for kind, namespaced in scopes.items() if not namespaced),
        "namespaced": sorted(kind for kind, namespaced in scopes.items() if namespaced),
        "kinds": dict(sorted(roots.items())),
        "definitions": short,
        "types": types,
    }


def configuration(api):
    import yaml

    folder = api / "internal/konfig/builtinpluginconsts"
    text = {}
    for file in sorted(folder.glob("*.go")):
        for name, value in re.findall(r"(\w+)\s*=\s*`\n(.*?)`", file.read_text(), re.S):
            text[name] = value
        for name, rest in re.findall(r"(\w+)\s*=\s*`[^`]*`((?: \+ \w+)+)", file.read_text()):
            text[name + ".more"] = rest
    result = {}
    for name in list(text):
        if name.endswith(".more") or not re.match(r"\w+:", text[name].lstrip()):
            continue
        whole = text[name]
        for part in re.findall(r"\w+", text.get(name + ".more", "")):
            whole += text[part]
        result.update(yaml.safe_load(whole))
    return dict(sorted(result.items()))


def write(path, value):
    """One line per entry of the two upper levels, so that a change reads well in a diff."""
    lines = []
    for key, part in value.items():
        if isinstance(part, dict):
            body = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in part.items())
            lines.append(f"{json.dumps(key)}: {{\n{body}\n}}")
        else:
            body = ",\n".join(f"  {json.dumps(v)}" for v in part)
            lines.append(f"{json.dumps(key)}: [\n{body}\n]")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    kyaml, api, output = map(pathlib.Path, sys.argv[1:4])
    write(output / "built-in-kinds.json", kinds(kyaml))
    write(output / "default-configuration.json", configuration(api))
