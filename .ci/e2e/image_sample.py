"""What a kubelet and KubeRay make of a manifest: its pod templates, and the environment of their containers."""
import re

import yaml

POD_ADDRESS = "10.244.0.7"


def documents(path):
    with open(path, encoding="utf-8") as file:
        return [document for document in yaml.safe_load_all(file) if document]


class Pod:
    """The head's pod of a RayCluster, RayJob or RayService, unchanged; names of Secrets give their entries."""

    def __init__(self, path, secrets):
        self.manifest = next(document for document in documents(path) if document["kind"] in ("RayCluster", "RayJob", "RayService"))
        spec = self.manifest["spec"]
        self.owner = self.manifest["kind"] != "RayCluster"
        self.cluster_spec = spec.get("rayClusterSpec") or spec.get("rayClusterConfig") or spec
        template = self.cluster_spec["headGroupSpec"]["template"]
        self.spec, self.secrets = template["spec"], secrets
        name, self.namespace = self.manifest["metadata"]["name"], self.manifest["metadata"].get("namespace", "default")
        self.cluster = name + "-x7k2p" if self.owner else name
        self.labels = template.get("metadata", {}).get("labels", {}) | {"ray.io/cluster": self.cluster, "ray.io/node-type": "head"}
        self.ray = self.spec["containers"][0]
        beside = self.spec["containers"][1:] + self.spec.get("initContainers", [])
        self.sidecar = next((container for container in beside if "collector" in container["name"]), None) or self.injected()
        self.native = self.sidecar in self.spec.get("initContainers", [])

    def injected(self):
        """The container that KubeRay 1.7 adds for historyServerOptions, and what it does to Ray's."""
        options = self.cluster_spec["historyServerOptions"]["collectorOptions"]
        known = {"POD_IP": POD_ADDRESS, "RAY_CLUSTER_NAME": self.cluster, "RAY_CLUSTER_NAMESPACE": self.namespace, "RAY_ROLE": "Head",
                 "EVENTS_PORT": "8084", "FQ_RAY_IP": self.head_service(), "RAY_DASHBOARD_ADDRESS": "http://localhost:8265"}
        if self.owner:
            known |= {"OWNER_KIND": self.manifest["kind"], "OWNER_NAME": self.manifest["metadata"]["name"]}
        self.spec.setdefault("volumes", []).append({"name": "ray-logs", "emptyDir": {}})
        mounts = [{"name": "ray-logs", "mountPath": "/tmp/ray"}]
        events = {"RAY_enable_ray_event": "true", "RAY_enable_core_worker_ray_event_to_aggregator": "true",
                  "RAY_DASHBOARD_AGGREGATOR_AGENT_EVENTS_EXPORT_ADDR": "http://localhost:8084/v1/events",
                  "RAY_DASHBOARD_AGGREGATOR_AGENT_EXPOSABLE_EVENT_TYPES": ",".join(
                      ["TASK_DEFINITION_EVENT", "TASK_LIFECYCLE_EVENT", "ACTOR_TASK_DEFINITION_EVENT", "TASK_PROFILE_EVENT",
                       "DRIVER_JOB_DEFINITION_EVENT", "DRIVER_JOB_LIFECYCLE_EVENT", "ACTOR_DEFINITION_EVENT", "ACTOR_LIFECYCLE_EVENT",
                       "NODE_DEFINITION_EVENT", "NODE_LIFECYCLE_EVENT"])}
        self.ray["env"] = self.ray.get("env", []) + [{"name": name, "value": value} for name, value in events.items()]
        self.ray["volumeMounts"] = self.ray.get("volumeMounts", []) + mounts
        return {"name": "ray-history-collector", "image": options["image"], "volumeMounts": mounts,
                "env": [{"name": name, "value": value} for name, value in known.items()] + options.get("env", [])}

    def head_service(self):
        return f"{self.cluster}-head-svc.{self.namespace}.svc.cluster.local"

    def environment(self, container):
        """As the kubelet resolves it: later entries may use $(NAME) of earlier ones."""
        known = {}
        for source in container.get("envFrom", []):
            known |= self.secrets[source["secretRef"]["name"]]
        for entry in container.get("env", []):
            known[entry["name"]] = self.value(entry, known)
        return known

    def value(self, entry, known):
        source = entry.get("valueFrom")
        if source is None:
            return re.sub(r"\$\((\w+)\)", lambda name: known.get(name[1], name[0]), str(entry.get("value", "")))
        if "secretKeyRef" in source:
            return self.secrets[source["secretKeyRef"]["name"]][source["secretKeyRef"]["key"]]
        path = source["fieldRef"]["fieldPath"]
        label = re.fullmatch(r"metadata\.labels\['(.*)'\]", path)
        return self.labels[label[1]] if label else {"metadata.namespace": self.namespace, "status.podIP": POD_ADDRESS,
                                                    "metadata.name": self.cluster + "-head"}[path]

    def volumes(self, container, folders):
        """Pairs of a folder and its place in the container, for folders of the pod's volumes by name."""
        return [(folders[mount["name"]], mount["mountPath"]) for mount in container.get("volumeMounts", [])]

    def read_only(self, container):
        return container.get("securityContext", {}).get("readOnlyRootFilesystem", False)
