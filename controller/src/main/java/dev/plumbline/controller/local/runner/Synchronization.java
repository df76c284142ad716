package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The locks that a spec or a template asks for by {@code synchronization}. */
final class Synchronization {

    private Synchronization() {}

    /**
     * Takes them, waiting for those before.
     *
     * @param owner the spec or template, its tags replaced
     * @param exit whether only {@code Terminate} ends the wait
     * @return what to give back; null when it waited and the run is to be stopped
     * @throws NodeProblem when a semaphore's size cannot be read
     */
    static @Nullable List<String> take(RunParts run, Map<String, @Nullable Object> owner, String nodeId, boolean exit)
            throws NodeProblem {
        Map<String, @Nullable Object> asked = Tree.map(owner, "synchronization");
        if (asked.isEmpty()) {
            return List.of();
        }
        return run.doors().locks().take(() -> sizes(run, asked), run.signal(), exit, () -> waits(run, nodeId));
    }

    /** What began before is seen although nothing goes on. */
    private static void waits(RunParts run, String nodeId) {
        run.status().flush();
        run.tell("", nodeId, "waits for a lock");
    }

    private static Map<String, Integer> sizes(RunParts run, Map<String, @Nullable Object> asked) throws NodeProblem {
        Map<String, Integer> sizes = new TreeMap<>();
        for (Map<String, @Nullable Object> mutex : Tree.maps(asked, "mutexes")) {
            sizes.put(namespace(run, mutex) + "/Mutex/" + Tree.text(mutex, "name"), 1);
        }
        for (Map<String, @Nullable Object> semaphore : Tree.maps(asked, "semaphores")) {
            Map<String, @Nullable Object> ref = Tree.map(semaphore, "configMapKeyRef");
            String size = run.configMaps().value(ref);
            if (size == null || !size.strip().matches("[0-9]{1,9}")) {
                throw new NodeProblem("semaphore " + Tree.text(ref, "name") + "." + Tree.text(ref, "key") + " is '"
                        + size + "', which is no number");
            }
            sizes.put(
                    namespace(run, semaphore) + "/ConfigMap/" + Tree.text(ref, "name") + "/" + Tree.text(ref, "key"),
                    Integer.parseInt(size.strip()));
        }
        return sizes;
    }

    private static String namespace(RunParts run, Map<String, @Nullable Object> lock) {
        String own = Tree.text(lock, "namespace");
        return own.isEmpty() ? run.status().key().namespace() : own;
    }
}
