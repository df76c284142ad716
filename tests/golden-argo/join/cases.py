"""Prints the cases of join/main.go: some written by hand, one per rule, and seeded random ones."""

import json
import random

CONTAINER = {"image": "busybox:1.36", "command": ["true"]}


def template(name="main", **fields):
    return {"name": name, "container": dict(CONTAINER), **fields}


def spec(*templates, **fields):
    return {"entrypoint": "main", "templates": list(templates or [template()]), **fields}


REF = {"workflowTemplateRef": {"name": "t"}}

CASES = [
    ("template-alone", REF, spec()),
    ("zero-values-are-left-out", REF, spec(
        template(inputs={}, outputs={}, metadata={}, daemon=False, podSpecPatch="", tolerations=[], nodeSelector={},
                 container={**CONTAINER, "name": "", "tty": False, "resources": {}, "workingDir": "", "env": [
                     {"name": "EMPTY", "value": ""}]}),
        hostNetwork=False, priority=0, podGC={}, arguments={}, volumes=[])),
    ("pointers-stay", REF, spec(
        template(outputs={"artifacts": [{"name": "a", "path": "/a", "archive": {"none": {}}}]}),
        {"name": "wait", "suspend": {}}, volumes=[{"name": "tmp", "emptyDir": {}}])),
    ("any-string", REF, spec(template(inputs={"parameters": [
        {"name": "whole", "value": 5}, {"name": "half", "value": 0.5}, {"name": "big", "value": 12345678901234567890},
        {"name": "large", "value": 1e21}, {"name": "small", "value": 1.5e-7}, {"name": "yes", "value": True},
        {"name": "empty", "value": ""}, {"name": "text", "default": "x", "enum": ["x", 7]}]}))),
    ("quantities", REF, spec(template(container={**CONTAINER, "resources": {
        "requests": {"cpu": 0.5, "memory": "1024Mi", "ephemeral-storage": "1e3"},
        "limits": {"cpu": "1000m", "memory": 1073741824, "nvidia.com/gpu": 1}},
        "env": [{"name": "CPU", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}}]},
        volumes=[{"name": "v", "emptyDir": {"sizeLimit": "0.5Gi"}}]))),
    ("arguments-by-name", {**REF, "arguments": {"parameters": [
        {"name": "b", "value": 2}, {"name": "new", "value": "n"}]}},
     spec(arguments={"parameters": [{"name": "a", "value": 1}, {"name": "b", "value": 1, "description": "d"},
                                    {"name": "c", "default": "x"}]})),
    ("argument-without-value-keeps-the-lower", {**REF, "arguments": {"parameters": [{"name": "a"}]}},
     spec(arguments={"parameters": [{"name": "a", "value": "1", "enum": ["1", "2"]}]})),
    ("argument-value-over-value-from", {**REF, "arguments": {"parameters": [{"name": "a", "value": "1"}]}},
     spec(arguments={"parameters": [{"name": "a", "valueFrom": {"configMapKeyRef": {"name": "c", "key": "k"}}}]})),
    ("pod-metadata", REF, spec(
        template(metadata={"labels": {"team": "own"}}), template("other"),
        podMetadata={"labels": {"team": "ml", "tier": "x"}, "annotations": {"note": "n"}})),
    ("stamps", REF, spec(
        template(), podMetadata={"annotations": {"plumbline.dev/template-commit": "c0ffee"}},
        workflowMetadata={"annotations": {"plumbline.dev/template-commit": "c0ffee"}})),
    ("hooks-and-labels-from", {**REF, "hooks": {"exit": {"template": "main"}},
                               "workflowMetadata": {"labelsFrom": {"a": {"expression": "'w'"}}}},
     spec(hooks={"exit": {"template": "other"}, "running": {"template": "main", "expression": "true"}},
          workflowMetadata={"labels": {"l": "t"}, "labelsFrom": {"a": {"expression": "'t'"},
                                                                 "b": {"expression": "'t'"}}})),
    ("volumes-by-name", {**REF, "volumes": [{"name": "c", "emptyDir": {}}, {"name": "n", "emptyDir": {}}]},
     spec(volumes=[{"name": "a", "emptyDir": {}}, {"name": "b", "emptyDir": {}},
                   {"name": "c", "configMap": {"name": "steps"}}, {"name": "d", "emptyDir": {}}])),
    ("lists-without-key-replace", {**REF, "podGC": {"strategy": "OnPodSuccess"}, "imagePullSecrets": [{"name": "w"}]},
     spec(podGC={"strategy": "OnPodCompletion", "deleteDelayDuration": "5s"},
          imagePullSecrets=[{"name": "t"}], dnsConfig={"nameservers": ["1.1.1.1"]})),
    ("suspend-is-the-workflows-alone", REF, spec(suspend=True)),
    ("suspended-by-hand", {**REF, "suspend": True}, spec()),
    ("shutdown", {**REF, "shutdown": "Stop"}, spec()),
    ("patch-of-the-run", {**REF, "podSpecPatch": "{}", "serviceAccountName": "w"}, spec(serviceAccountName="t")),
    ("node-selector", {**REF, "nodeSelector": {"a": "w", "b": "w"}}, spec(nodeSelector={"a": "t", "c": "t"})),
    ("artifact-of-one-kind", {**REF, "arguments": {"artifacts": [{"name": "a", "s3": {"key": "w"}}]}},
     spec(arguments={"artifacts": [{"name": "a", "s3": {"bucket": "b", "key": "t"}}, {"name": "z", "raw": {"data": "t"}}]})),
    ("artifact-of-another-kind", {**REF, "arguments": {"artifacts": [{"name": "a", "raw": {"data": "w"}}]}},
     spec(arguments={"artifacts": [{"name": "a", "s3": {"bucket": "b", "key": "t"}}]})),
    ("steps-with-items-and-inline", REF, spec(
        {"name": "main", "steps": [[
            {"name": "s", "template": "leaf", "withItems": [1, "a", {"k": 1.0}, [1, 2]], "when": ""},
            {"name": "i", "inline": template("", nodeSelector={})}]]},
        template("leaf", inputs={"parameters": [{"name": "p"}]}))),
    ("dag-with-depends", REF, spec(
        {"name": "main", "dag": {"failFast": False, "tasks": [
            {"name": "a", "template": "leaf"},
            {"name": "b", "depends": "a", "templateRef": {"name": "o", "template": "x", "clusterScope": False},
             "continueOn": {"failed": False}}]}},
        template("leaf"))),
    ("retry-and-limits", REF, spec(
        template(retryStrategy={"limit": "3", "backoff": {"duration": "5", "factor": 2}}, activeDeadlineSeconds=60),
        template("int", retryStrategy={"limit": 3}), onExit="main")),
    ("probes-and-ports", REF, spec(template(
        container={**CONTAINER, "ports": [{"containerPort": 80}],
                   "readinessProbe": {"httpGet": {"path": "/", "port": 80}, "periodSeconds": 0}},
        sidecars=[{"name": "s", "image": "i", "mirrorVolumeMounts": False}]))),
    ("claims", REF, spec(volumeClaimTemplates=[{"metadata": {"name": "work"}, "spec": {
        "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1024Mi"}}}}])),
]

DEFAULTS = {"ttlStrategy": {"secondsAfterCompletion": 60}, "podGC": {"strategy": "OnPodCompletion"},
            "serviceAccountName": "d", "arguments": {"parameters": [{"name": "a", "value": "d"}, {"name": "z", "value": "d"}]},
            "hooks": {"exit": {"template": "d"}}, "templateDefaults": {"container": {"imagePullPolicy": "Always"}},
            "podMetadata": {"labels": {"from": "defaults"}}}


def random_spec(r, names, level):
    fields = {}
    for key, make in {
        "entrypoint": lambda: r.choice(names),
        "serviceAccountName": lambda: r.choice(["", level]),
        "priority": lambda: r.choice([0, 5]),
        "nodeSelector": lambda: {k: level for k in r.sample("abc", r.randrange(3))},
        "tolerations": lambda: [{"key": k, "effect": level} for k in r.sample("abcd", r.randrange(3))],
        "volumes": lambda: [{"name": k, r.choice(["emptyDir", "downwardAPI"]): {}} for k in r.sample("abcd", r.randrange(4))],
        "hostAliases": lambda: [{"ip": k, "hostnames": [level]} for k in r.sample("1234", r.randrange(3))],
        "arguments": lambda: {"parameters": [
            {"name": k, **r.choice([{}, {"value": level}, {"value": r.randrange(9)}, {"default": level},
                                    {"value": level, "default": "x", "description": level}])}
            for k in r.sample("abcd", r.randrange(4))]},
        "ttlStrategy": lambda: {k: r.randrange(3) for k in r.sample(["secondsAfterSuccess", "secondsAfterFailure"], 1)},
        "podMetadata": lambda: {"labels": {k: level for k in r.sample("abc", r.randrange(3))}},
        "securityContext": lambda: r.choice([{}, {"runAsNonRoot": True}, {"runAsUser": 0}]),
        "synchronization": lambda: {"mutexes": [{"name": level}]},
        "parallelism": lambda: r.randrange(3),
        "suspend": lambda: r.random() < 0.5,
    }.items():
        if r.random() < 0.4:
            fields[key] = make()
    return fields


def random_case(seed):
    r = random.Random(seed)
    names = ["main", "b", "c"]
    templates = [template(n, **({"metadata": {"labels": {"a": "own"}}} if r.random() < 0.3 else {})) for n in names]
    case = {"name": f"seed-{seed}", "workflow": {**REF, **random_spec(r, names, "w")},
            "template": {**random_spec(r, names, "t"), "templates": templates}}
    if r.random() < 0.5:
        case["defaults"] = random_spec(r, names, "d")
    return case


cases = [{"name": n, "workflow": w, "template": t} for n, w, t in CASES]
cases += [{"name": n + "-over-defaults", "workflow": w, "template": t, "defaults": DEFAULTS}
          for n, w, t in CASES if n in ("template-alone", "arguments-by-name", "hooks-and-labels-from", "pod-metadata")]
cases += [random_case(seed) for seed in range(60)]
print(json.dumps(cases))
