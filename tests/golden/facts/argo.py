#!/usr/bin/env python3
"""Makes the renderer's facts of Argo's kinds from the released OpenAPI documents of Argo Workflows and Argo Events.

usage: argo.py WORKFLOWS_FOLDER EVENTS_FOLDER OUTPUT_FILE

The folders are those of the Go modules github.com/argoproj/argo-workflows/v4 and github.com/argoproj/argo-events in the
versions that tests/parts/argo/go.mod requires (`go mod download -json MODULE@VERSION` prints them).

The output has, by type, the fields below which there is something to know:

  keys      by which key a patch merges the list ("template/name" is a path; "[name]": a list of lists, keyed inside)
  image     the value is a container image
  names     the value is the name of an object of this kind
  embedded  the value is a whole object of its own kind
  type      type of the value or of a list's elements; values: of the values of a map with free keys
"""
import json
import pathlib
import sys

WORKFLOWS = ["Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow", "WorkflowEventBinding"]
EVENTS = ["Sensor", "EventSource", "EventBus"]

# Lists that Argo tells apart by these keys, of which its types do not say so. By the ends of the types' names.
MORE_KEYS = {
    ("workflow.v1alpha1.ContainerSetTemplate", "containers"): "name",
    ("workflow.v1alpha1.ContainerSetTemplate", "volumeMounts"): "mountPath",
    ("workflow.v1alpha1.Synchronization", "mutexes"): "name",
    ("workflow.v1alpha1.Template", "resourceClaims"): "name",
    ("workflow.v1alpha1.WorkflowSpec", "resourceClaims"): "name",
    ("workflow.v1alpha1.Template", "steps"): "[name]",
    ("workflow.v1alpha1.WorkflowSpec", "volumeClaimTemplates"): "metadata/name",
    ("events.v1alpha1.Container", "env"): "name",
    ("events.v1alpha1.Container", "volumeMounts"): "mountPath",
    ("events.v1alpha1.SensorSpec", "dependencies"): "name",
    ("events.v1alpha1.SensorSpec", "triggers"): "template/name",
}

# What the names in these types mean.
NAMES_OF_TYPES = {
    "core.v1.ConfigMapKeySelector": {"name": "ConfigMap"},
    "core.v1.ConfigMapEnvSource": {"name": "ConfigMap"},
    "core.v1.ConfigMapVolumeSource": {"name": "ConfigMap"},
    "core.v1.ConfigMapProjection": {"name": "ConfigMap"},
    "core.v1.SecretKeySelector": {"name": "Secret"},
    "core.v1.SecretEnvSource": {"name": "Secret"},
    "core.v1.SecretProjection": {"name": "Secret"},
    "core.v1.SecretVolumeSource": {"secretName": "Secret"},
    "core.v1.AzureFileVolumeSource": {"secretName": "Secret"},
    # Kubernetes uses it for secrets only in what a pod or a volume holds.
    "core.v1.LocalObjectReference": {"name": "Secret"},
    "core.v1.PersistentVolumeClaimVolumeSource": {"claimName": "PersistentVolumeClaim"},
    "workflow.v1alpha1.WorkflowTemplateRef": {"name": "WorkflowTemplate"},
    "workflow.v1alpha1.TemplateRef": {"name": "WorkflowTemplate"},
    "workflow.v1alpha1.ArtifactRepositoryRef": {"configMap": "ConfigMap"},
    "events.v1alpha1.EventDependency": {"eventSourceName": "EventSource"},
}

# Stands for a reference without a type of its own: a ConfigMap by its name only.
CONFIG_MAP = "local.ConfigMapReference"

# What a text of this name means wherever it stands.
NAMES_OF_FIELDS = {
    "serviceAccountName": "ServiceAccount",
    "priorityClassName": "PriorityClass",
    "podPriorityClassName": "PriorityClass",
    "storageClassName": "StorageClass",
    "eventBusName": "EventBus",
}

API_VERSIONS = {
    "ConfigMap": "v1",
    "Secret": "v1",
    "ServiceAccount": "v1",
    "PersistentVolumeClaim": "v1",
    "PriorityClass": "scheduling.k8s.io/v1",
    "StorageClass": "storage.k8s.io/v1",
    "WorkflowTemplate": "argoproj.io/v1alpha1",
    "EventSource": "argoproj.io/v1alpha1",
    "EventBus": "argoproj.io/v1alpha1",
}

# Fields of Kubernetes' own objects that are never part of what a person writes.
LEFT_OUT = {"status", "managedFields", "ownerReferences"}


def target(schema):
    ref = schema.get("$ref")
    return ref.rsplit("/", 1)[1] if ref else None


def ends(name, table):
    return next((table[end] for end in table if name.endswith("." + end)), None)


def keys_of(owner, name, schema):
    more = next((key for (end, field), key in MORE_KEYS.items() if field == name and owner.endswith("." + end)), None)
    if more:
        return [more]
    keys = schema.get("x-kubernetes-list-map-keys")
    if keys is None and schema.get("x-kubernetes-patch-merge-key"):
        keys = [schema["x-kubernetes-patch-merge-key"]]
    return keys


def field(owner, name, schema, definitions):
    result = {}
    names = (ends(owner, NAMES_OF_TYPES) or {}).get(name)
    if schema.get("type") == "string":
        names = names or NAMES_OF_FIELDS.get(name)
        # Only what runs has a command; a block device's image is something else.
        runs = "command" in definitions[owner]["properties"]
        if name == "image" and runs or owner.endswith(".ImageVolumeSource") and name == "reference":
            result["image"] = True
    if names:
        result["names"] = names
        return result
    if target(schema):
        kind = target(schema)
        if name == "configMap" and kind.endswith(".LocalObjectReference"):
            return {"type": CONFIG_MAP}
        if kind.endswith((".K8SResource", "events.v1alpha1.Resource")):
            return {"embedded": True}
        if definitions[kind].get("type") == "object":
            result["type"] = kind
        return result
    if schema.get("type") == "array":
        items = schema.get("items", {})
        kind = target(items)
        if kind and definitions[kind].get("type") == "array":
            kind = target(definitions[kind]["items"])
        if kind:
            result["type"] = kind
        keys = keys_of(owner, name, schema)
        if keys:
            result["keys"] = keys
    elif isinstance(schema.get("additionalProperties"), dict) and target(schema["additionalProperties"]):
        result["values"] = target(schema["additionalProperties"])
    return result


def graph_of(definitions):
    graph = {CONFIG_MAP: {"name": {"names": "ConfigMap"}}}
    for owner, definition in definitions.items():
        fields = {}
        for name, schema in definition.get("properties", {}).items():
            found = {} if name in LEFT_OUT else field(owner, name, schema, definitions)
            if found:
                fields[name] = found
        graph[owner] = fields
    return graph


def read(folder):
    with open(pathlib.Path(folder) / "api/openapi-spec/swagger.json") as stream:
        return json.load(stream)["definitions"]


def main(workflows, events, output):
    graph, roots = {}, {}
    for folder, group, kinds in ((workflows, "workflow", WORKFLOWS), (events, "events", EVENTS)):
        # Each document brings its own copies of Kubernetes' types, perhaps of another release.
        own = {group + ":" + name: fields for name, fields in graph_of(read(folder)).items()}
        for fields in own.values():
            for value in fields.values():
                for link in ("type", "values"):
                    if link in value:
                        value[link] = group + ":" + value[link]
        graph.update(own)
        for kind in kinds:
            roots["argoproj.io/v1alpha1/" + kind] = f"{group}:io.argoproj.{group}.v1alpha1.{kind}"
    reached, rest = set(), list(roots.values())
    while rest:
        name = rest.pop()
        if name not in reached:
            reached.add(name)
            rest += [v[link] for v in graph[name].values() for link in ("type", "values") if link in v]
    useful = set()
    while True:
        more = {
            name
            for name in reached - useful
            if any(
                {"keys", "image", "names", "embedded"} & v.keys() or v.get("type") in useful or v.get("values") in useful
                for v in graph[name].values()
            )
        }
        if not more:
            break
        useful |= more
    short = {name: str(number) for number, name in enumerate(sorted(useful))}
    types = {}
    for name in sorted(useful):
        entries = {}
        for key, value in sorted(graph[name].items()):
            kept = {k: value[k] for k in ("keys", "image", "names", "embedded") if k in value}
            kept |= {link: short[value[link]] for link in ("type", "values") if value.get(link) in useful}
            if kept:
                entries[key] = kept
        types[short[name]] = entries
    with open(output, "w") as stream:
        stream.write('{\n"kinds": {\n')
        stream.write(",\n".join(f'  "{kind}": "{short[root]}"' for kind, root in roots.items()))
        stream.write('\n},\n"apiVersions": {\n')
        stream.write(",\n".join(f'  "{kind}": "{version}"' for kind, version in API_VERSIONS.items()))
        stream.write('\n},\n"types": {\n')
        stream.write(",\n".join(f'  "{name}": {json.dumps(fields)}' for name, fields in types.items()))
        stream.write("\n}\n}\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
