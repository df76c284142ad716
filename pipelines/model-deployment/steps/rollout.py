"""Whether a Deployment's pods all serve one model, asked of the Kubernetes API.

An InferenceService in KServe's Standard mode stays Ready while its Deployment is still replacing pods (kserve#4626),
and its observedGeneration is not its own (kserve#6081); so the Deployment is asked.
"""

import os
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import web
from outcome import StepError

ACCOUNT = Path("/var/run/secrets/kubernetes.io/serviceaccount")
# KServe writes here which model the pods of a Deployment fetch before they start.
SOURCE_ANNOTATION = "internal.serving.kserve.io/storage-initializer-sourceuri"


@dataclass(frozen=True)
class Cluster:
    """The API server as a pod sees it."""

    address: str
    token: str
    authority: ssl.SSLContext | None = None

    @staticmethod
    def of_this_pod() -> "Cluster":
        """By the account that Kubernetes mounts into every pod."""
        try:
            token = (ACCOUNT / "token").read_text(encoding="utf-8").strip()
            authority = ssl.create_default_context(cafile=str(ACCOUNT / "ca.crt"))
            host, port = os.environ["KUBERNETES_SERVICE_HOST"], os.environ["KUBERNETES_SERVICE_PORT"]
        except (OSError, KeyError) as error:
            raise StepError(
                f"looked for the Kubernetes API, failed because {error!r}; run it in a pod with a service account token"
            ) from error
        return Cluster(f"https://{f'[{host}]' if ':' in host else host}:{port}", token, authority)

    def missing(self, namespace: str, name: str, storage_uri: str) -> str | None:
        """What keeps the Deployment from serving the model in all its pods; None when nothing does."""
        url = f"{self.address}/apis/apps/v1/namespaces/{quote(namespace)}/deployments/{quote(name)}"
        try:
            return unfinished(web.call(url, token=self.token, authority=self.authority), storage_uri)
        except web.Unanswered as error:
            if error.status in (401, 403):
                raise StepError(
                    f"asked for Deployment {namespace}/{name}, failed because {error}; let the service account get it"
                ) from error
            return str(error)


def unfinished(deployment: dict[str, Any], storage_uri: str) -> str | None:
    """What of a rollout is still to come; None when it is complete. Raises StepError when it was given up."""
    status = deployment.get("status", {})
    source = deployment["spec"]["template"]["metadata"].get("annotations", {}).get(SOURCE_ANNOTATION)
    if source != storage_uri:
        return f"its pods still serve {source}"
    if status.get("observedGeneration", 0) < deployment["metadata"]["generation"]:
        return "the Deployment's newest content was not looked at yet"
    for condition in status.get("conditions", []):
        if condition["type"] == "Progressing" and condition["status"] == "False":
            raise StepError(
                f"waited for the rollout of {deployment['metadata']['name']}, it was given up: "
                f"{condition.get('message', condition.get('reason'))}; look at its pods"
            )
    wanted = deployment["spec"].get("replicas", 1)
    counts = {one: status.get(one, 0) for one in ("replicas", "updatedReplicas", "availableReplicas")}
    if any(count != wanted for count in counts.values()):
        return f"{wanted} pods are wanted, there are " + ", ".join(f"{name} {count}" for name, count in counts.items())
    return None
