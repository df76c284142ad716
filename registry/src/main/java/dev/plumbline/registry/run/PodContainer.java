package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One container of a pod that a run made, as the cluster held it.
 *
 * @param node id of the node whose pod it is
 * @param name name of the container
 * @param image the image that was asked for
 * @param imageId the image that ran, with its digest; empty when the cluster did not say it
 * @param command digest of the command and arguments that were asked for, as {@link #commandDigest} makes it
 * @param direct whether it is started by the image's own command line, which Argo does not do with what a template says
 */
public record PodContainer(String node, String name, String image, String imageId, Digest command, boolean direct) {

    private static final String NODE = "workflows.argoproj.io/node-id";
    private static final List<String> OF_ARGO = List.of("init", "wait", "supervisor");

    /** The containers of a pod, without those that Argo adds; none of a pod that is not of a node. */
    public static List<PodContainer> of(Map<String, @Nullable Object> pod) {
        List<PodContainer> containers = new ArrayList<>();
        String node = Tree.text(pod, "metadata", "annotations", NODE);
        if (node.isEmpty()) {
            return containers;
        }
        for (String kind : List.of("container", "initContainer")) {
            List<Map<String, @Nullable Object>> statuses = Tree.maps(pod, "status", kind + "Statuses");
            for (Map<String, @Nullable Object> container : Tree.maps(pod, "spec", kind + "s")) {
                String name = Tree.text(container, "name");
                if (!OF_ARGO.contains(name)) {
                    containers.add(of(node, container, statuses));
                }
            }
        }
        return containers;
    }

    private static PodContainer of(
            String node, Map<String, @Nullable Object> container, List<Map<String, @Nullable Object>> statuses) {
        String name = Tree.text(container, "name");
        List<String> command = texts(container, "command");
        int own = command.indexOf("--");
        boolean wrapped = own > 0 && command.getFirst().endsWith("argoexec");
        String imageId = statuses.stream()
                .filter(status -> name.equals(status.get("name")))
                .map(status -> Tree.text(status, "imageID"))
                .findFirst()
                .orElse("");
        return new PodContainer(
                node,
                name,
                Tree.text(container, "image"),
                imageId,
                commandDigest(wrapped ? command.subList(own + 1, command.size()) : command, texts(container, "args")),
                !wrapped);
    }

    /** The digest by which command lines are compared. */
    public static Digest commandDigest(List<String> command, List<String> arguments) {
        return Digest.of(String.join("\0", command) + "\1" + String.join("\0", arguments));
    }

    /** A list of texts of a container. */
    public static List<String> texts(Map<String, @Nullable Object> container, String field) {
        return Tree.list(container, field).stream().map(String::valueOf).toList();
    }
}
