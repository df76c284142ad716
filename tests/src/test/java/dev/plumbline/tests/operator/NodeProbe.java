package dev.plumbline.tests.operator;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Pods of the image of the steps that say what they reach.
 *
 * @param desk where
 */
record NodeProbe(NodeDesk desk) {

    /** The port on which {@link #listener} listens. */
    static final int PORT = 8080;

    /**
     * Waits until the API server knows the pod's address, from when on policies are enforced, then says of each address whether somebody
     * answers there, now or soon: on a busy node a first packet or a name may be late.
     */
    private static final String LOOK = """
            import socket, sys, time
            from concurrent.futures import ThreadPoolExecutor

            def reached(address):
                host, port = address.rsplit(":", 1)
                said = None
                for _ in range(3):
                    try:
                        socket.create_connection((host, int(port)), timeout=3).close()
                        return None
                    except OSError as error:
                        said = error
                return said

            time.sleep(3)
            with ThreadPoolExecutor(len(sys.argv)) as together:
                for address, said in zip(sys.argv[1:], together.map(reached, sys.argv[1:])):
                    print("open" if said is None else f"closed, because {said}:", address)
            """;

    /** Starts a pod that answers on {@link #PORT}; answers its address with the port. */
    String listener(String namespace) throws Exception {
        String name = start(namespace, Map.of(), List.of("python", "-m", "http.server", String.valueOf(PORT)));
        desk.await(name + " runs", () -> phase(namespace, name).equals("Running"));
        return Tree.text(desk.get("", "Pod", namespace, name), "status", "podIP") + ":" + PORT;
    }

    /** Starts a pod that looks at addresses, each {@code HOST:PORT}; answers its name. */
    String look(String namespace, Map<String, String> labels, Set<String> addresses) throws Exception {
        List<String> command = new ArrayList<>(List.of("python", "-c", LOOK));
        command.addAll(addresses);
        return start(namespace, labels, command);
    }

    /** Those addresses that a pod has reached, when it has looked at all. */
    Set<String> reached(String namespace, String pod) throws Exception {
        desk.await(pod + " has looked", () -> phase(namespace, pod).equals("Succeeded"));
        return desk.log(namespace, pod, "main")
                .lines()
                .filter(line -> line.startsWith("open "))
                .map(line -> line.substring("open ".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String start(String namespace, Map<String, String> labels, List<String> command) throws Exception {
        String name = "probe-" + UUID.randomUUID();
        desk.apply("""
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s", "namespace": "%s", "labels": %s}, "spec": {
                  "restartPolicy": "Never", "automountServiceAccountToken": false,
                  "containers": [{"name": "main", "image": "plumbline/pipeline-python:1.0.0", "command": %s}]}}
                """.formatted(name, namespace, Json.write(labels), Json.write(command)));
        return name;
    }

    private String phase(String namespace, String pod) throws Exception {
        return Tree.text(desk.get("", "Pod", namespace, pod), "status", "phase");
    }
}
