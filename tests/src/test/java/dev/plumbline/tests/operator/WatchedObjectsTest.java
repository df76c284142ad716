package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Tree;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the controller lists and watches, as its requests reach a real API server. */
@Tag("cluster")
class WatchedObjectsTest {

    /** A list or a watch: where, what, and of which labels. */
    private static final Pattern COLLECTION =
            Pattern.compile("/(?:api/v1|apis/[^/]+/[^/]+)(?:/namespaces/([^/?]+))?/([a-z]+)(?:[?](.*))?");

    private static final String OURS = "plumbline.dev/sync";

    /** What is read whole in the namespaces of syncs: our own resources, runs, and what may refer to a version of a template. */
    private static final Set<String> WHOLE = Set.of(
            "pipelinesyncs", "pipelinerollbacks", "workflows", "cronworkflows", "workfloweventbindings", "sensors");

    @TempDir
    Path folder;

    /** One request for many objects. */
    private record Asked(boolean watch, String namespace, String resource, String labels) {}

    private static void template(OperatorDesk desk, String image) throws Exception {
        desk.repository().write("overlay/train.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: WorkflowTemplate
                metadata: {name: train}
                spec:
                  entrypoint: main
                  templates: [{name: main, container: {image: "example/train:%s"}}]
                """.formatted(image));
    }

    @Test
    void informersFollowOnlyWhatIsOursByLabelAndRunsAndReferencesInSyncedNamespaces() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder);
                FaultProxy proxy = FaultProxy.before(desk.kubeconfig())) {
            template(desk, "1");
            desk.repository().write("overlay/nightly.yaml", """
                    apiVersion: argoproj.io/v1alpha1
                    kind: CronWorkflow
                    metadata: {name: nightly}
                    spec:
                      schedules: ["0 3 * * *"]
                      workflowSpec: {workflowTemplateRef: {name: train}}
                    """);
            desk.kustomization("one", "train", "nightly");
            String first = desk.repository().commit("Begin");
            desk.goThrough(proxy.kubeconfig(folder));
            desk.start();
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", first);
            template(desk, "2");
            String second = desk.repository().commit("Another version");
            desk.poke("pipelines");
            desk.awaitApplied("pipelines", second);

            Collection<Asked> asked = asked(proxy);
            for (Asked one : asked) {
                assertEquals(desk.namespace(), one.namespace, "only the watched namespace: " + one);
                assertTrue(
                        WHOLE.contains(one.resource) || labelled(one) || collecting(one),
                        "only what is ours by label: " + one);
            }
            assertWatched(asked, "configmaps", "workflowtemplates", "cronworkflows", "workflows", "pipelinesyncs");
        }
    }

    /** Whether the request is for objects that carry our label, or for the pods of runs. */
    private static boolean labelled(Asked one) {
        List<String> labels = List.of(one.labels.split(",", -1));
        return one.resource.equals("pods") ? labels.contains("workflows.argoproj.io/workflow") : labels.contains(OURS);
    }

    /** Templates of others may refer to a version that is to be collected; they are listed then, and not followed. */
    private static boolean collecting(Asked one) {
        return one.resource.equals("workflowtemplates") && !one.watch && one.labels.equals("!" + OURS);
    }

    private static void assertWatched(Collection<Asked> asked, String... resources) {
        Set<String> watched = new TreeSet<>();
        asked.stream().filter(Asked::watch).forEach(one -> watched.add(one.resource));
        assertTrue(watched.containsAll(List.of(resources)), () -> "watched are " + watched);
    }

    private static Collection<Asked> asked(FaultProxy proxy) {
        return proxy.seen().stream()
                .filter(request -> request.method().equals("GET"))
                .map(WatchedObjectsTest::collection)
                .filter(one -> one != null)
                .distinct()
                .toList();
    }

    /** Null for a request for one object, and for what the server serves at all. */
    private static @Nullable Asked collection(FaultProxy.Request request) {
        Matcher matcher = COLLECTION.matcher(request.target());
        if (!matcher.matches()) {
            return null;
        }
        String query = matcher.group(3) == null ? "" : matcher.group(3);
        String labels = "";
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith("labelSelector=")) {
                labels = URLDecoder.decode(parameter.substring(parameter.indexOf('=') + 1), StandardCharsets.UTF_8);
            }
        }
        String namespace = matcher.group(1) == null ? "" : matcher.group(1);
        return new Asked(request.isWatch(), namespace, matcher.group(2), labels);
    }

    /** A thing that is not ours by label wakes nobody, whatever is done to it. */
    @Test
    void whatIsNotOursWakesNobody() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder);
                FaultProxy proxy = FaultProxy.before(desk.kubeconfig())) {
            String first = desk.repository().commit("Begin");
            desk.goThrough(proxy.kubeconfig(folder));
            desk.start();
            desk.sync("pipelines", Map.of("interval", "1h"));
            desk.awaitApplied("pipelines", first);
            desk.apply("v1", "ConfigMap", desk.namespace(), "foreign", Map.of("data", Map.of("a", "0")));
            TimeUnit.SECONDS.sleep(2); // What the first apply still asks for has been asked then.
            int before = asking(proxy);
            for (int i = 1; i <= 20; i++) {
                Map<String, @Nullable Object> patch = new LinkedHashMap<>();
                Tree.set(patch, String.valueOf(i), "data", "a");
                desk.cluster().mergePatch(desk.key("ConfigMap", "foreign"), patch, "hand");
            }
            TimeUnit.SECONDS.sleep(2);
            assertEquals(before, asking(proxy), "requests for twenty changes of an object that is not ours");
        }
    }

    private static int asking(FaultProxy proxy) {
        return (int) proxy.seen().stream()
                .filter(request -> !request.isOf("leases") && !request.isWatch())
                .count();
    }

    /** What a watch does not show any more may be there: nothing is made or given up before the server was asked for it. */
    @Test
    void anObjectIsAskedForBeforeItIsBelievedToBeMissing() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder);
                FaultProxy proxy = FaultProxy.before(desk.kubeconfig())) {
            String first = desk.repository().commit("Begin");
            desk.goThrough(proxy.kubeconfig(folder));
            desk.start();
            desk.sync("pipelines", Map.of());
            desk.awaitApplied("pipelines", first);
            String uid = uid(desk);
            Map<String, @Nullable Object> unlabel = new LinkedHashMap<>();
            Tree.set(unlabel, null, "metadata", "labels", OURS);
            desk.cluster().mergePatch(desk.key("ConfigMap", "one"), unlabel, "hand");
            desk.await(
                    "the label is put back",
                    () -> !Tree.text(desk.get("ConfigMap", "one").orElseThrow(), "metadata", "labels", OURS)
                            .isEmpty());
            assertEquals(uid, uid(desk), "it was never made anew");
            assertTrue(
                    proxy.seen().stream()
                            .anyMatch(request -> request.method().equals("GET")
                                    && request.target().endsWith("/configmaps/one")),
                    "it was asked for");
        }
    }

    private static String uid(OperatorDesk desk) {
        return Tree.text(desk.get("ConfigMap", "one").orElseThrow(), "metadata", "uid");
    }
}
