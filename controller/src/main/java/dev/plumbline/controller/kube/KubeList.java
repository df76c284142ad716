package dev.plumbline.controller.kube;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One list of objects, read a page at a time. */
final class KubeList {

    /** Objects that one answer to a list holds at most. */
    private static final int PAGE = 500;

    private final KubeHttp http;
    private final Discovery discovery;
    private final Selection selection;

    KubeList(KubeHttp http, Discovery discovery, Selection selection) {
        this.http = http;
        this.discovery = discovery;
        this.selection = selection;
    }

    /**
     * Reads it.
     *
     * @param each takes every object
     * @param anew called when the server forgot where the list was: everything is handed over again from the first object on
     * @return the resourceVersion of the list
     */
    String read(Consumer<Map<String, @Nullable Object>> each, Runnable anew) throws ClusterException {
        Discovery.Resource resource = discovery.of(selection.group(), selection.kind(), null);
        String doing = "listing " + selection.kind() + " on";
        String rest = "";
        while (true) {
            KubeHttp.Answer answer = http.get(doing, null, resource.path(selection.namespace()) + query() + rest);
            if (answer.code() == 410 && !rest.isEmpty()) {
                anew.run();
                rest = "";
                continue;
            }
            if (!answer.good()) {
                throw KubeErrors.of(doing, null, answer.code(), answer.body());
            }
            Map<String, @Nullable Object> page = answer.object(doing);
            for (Map<String, @Nullable Object> item : Tree.maps(page, "items")) {
                each.accept(typed(resource, item));
            }
            String next = Tree.text(page, "metadata", "continue");
            if (next.isEmpty()) {
                return Tree.text(page, "metadata", "resourceVersion");
            }
            rest = "&continue=" + KubeHttp.encode(next);
        }
    }

    /** Items of a list of a built-in kind do not repeat what they are. */
    private static Map<String, @Nullable Object> typed(
            Discovery.Resource resource, Map<String, @Nullable Object> item) {
        Map<String, @Nullable Object> typed = new LinkedHashMap<>();
        typed.put("apiVersion", resource.apiVersion());
        typed.put("kind", resource.kind());
        typed.putAll(item);
        return Tree.freeze(typed);
    }

    private String query() {
        String labels = selector(selection);
        return "?limit=" + PAGE + (labels.isEmpty() ? "" : "&labelSelector=" + KubeHttp.encode(labels));
    }

    /** The label selector of a selection. */
    static String selector(Selection selection) {
        return Stream.of(
                        selection.labels().entrySet().stream().map(label -> label.getKey() + "=" + label.getValue()),
                        selection.present().stream(),
                        selection.absent().stream().map(label -> "!" + label))
                .flatMap(Function.identity())
                .sorted()
                .collect(Collectors.joining(","));
    }
}
