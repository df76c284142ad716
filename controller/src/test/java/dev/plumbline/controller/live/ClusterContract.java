package dev.plumbline.controller.live;

import static dev.plumbline.controller.live.Chance.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.live.ClusterException.Reason;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What every cluster behind the doors does. Not compared by name: collection of objects whose owner never was, the default
 * service account and root certificate of a namespace, foreground deletion, pods' grace period, subresources, admission.
 */
public abstract class ClusterContract {

    private static final DeleteOptions ANY = new DeleteOptions(null, null, false);

    /** The namespace of this test. */
    protected String namespace = "";

    /** How the cluster is read. */
    protected abstract ClusterReader reader();

    /** How the cluster is changed. */
    protected abstract ClusterWriter writer();

    @BeforeEach
    void makeNamespace() throws Exception {
        namespace = name(writer().create(
                        map("apiVersion", "v1", "kind", "Namespace", "metadata", map("generateName", "contract-")),
                        "me"));
    }

    private Map<String, @Nullable Object> configMap(String name, @Nullable Object... data) {
        return map(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                map("name", name, "namespace", namespace),
                "data",
                map(data));
    }

    private ObjectKey key(String name) {
        return new ObjectKey("", "ConfigMap", namespace, name);
    }

    private static String name(Map<String, @Nullable Object> object) {
        return Tree.text(object, "metadata", "name");
    }

    private static String version(Map<String, @Nullable Object> object) {
        return Tree.text(object, "metadata", "resourceVersion");
    }

    private static ClusterException refused(Reason reason, Executable call) {
        ClusterException refusal = assertThrows(ClusterException.class, call);
        assertEquals(reason, refusal.reason(), refusal::getMessage);
        return refusal;
    }

    private Map<String, @Nullable Object> data(String name) throws ClusterException {
        return Tree.map(reader().get(key(name)).orElseThrow(), "data");
    }

    private List<String> names(Map<String, String> labels) throws ClusterException {
        return names(new Selection("", "ConfigMap", namespace, labels));
    }

    private List<String> names(Selection selection) throws ClusterException {
        return reader().list(selection).items().stream()
                .map(ClusterContract::name)
                .filter(name -> !name.startsWith("kube-root-ca"))
                .toList();
    }

    @Test
    void theClusterHasOneIdentity() throws Exception {
        assertEquals(reader().clusterId(), reader().clusterId());
        assertEquals(36, reader().clusterId().length());
    }

    @Test
    void whatIsCreatedIsThere() throws Exception {
        Map<String, @Nullable Object> made = writer().create(configMap("one", "key", "1"), "me");
        assertEquals(made, reader().get(key("one")).orElseThrow());
        assertEquals("v1", made.get("apiVersion"));
        assertEquals(36, Tree.text(made, "metadata", "uid").length());
        assertTrue(reader().get(key("two")).isEmpty());
        refused(Reason.ALREADY_EXISTS, () -> writer().create(configMap("one"), "me"));
        assertTrue(
                reader().list(Selection.of("", "ConfigMap", namespace)).items().contains(made));
    }

    @Test
    void namesAreMadeUpWhereAsked() throws Exception {
        Map<String, @Nullable Object> content = configMap("");
        Tree.remove(content, "metadata", "name");
        Tree.set(content, "made-", "metadata", "generateName");
        String one = name(writer().create(content, "me"));
        assertTrue(one.matches("made-[a-z0-9]{5}"), one);
        assertNotEquals(one, name(writer().create(content, "me")));
    }

    @Test
    void whatIsNotValidIsRefused() {
        refused(Reason.INVALID, () -> writer().create(configMap(""), "me"));
        refused(Reason.INVALID, () -> writer().create(configMap("Not_A_Name"), "me"));
        refused(Reason.INVALID, () -> writer().apply(configMap("one", "key", 5L), "me", false, false));
        refused(
                Reason.INVALID,
                () -> writer().apply(
                                map(
                                        "apiVersion",
                                        "v1",
                                        "kind",
                                        "ConfigMap",
                                        "metadata",
                                        map("name", "one", "namespace", namespace),
                                        "unheardOf",
                                        map("a", "b")),
                                "me",
                                false,
                                false));
        Map<String, @Nullable Object> unknown = configMap("one");
        unknown.put("kind", "Unheard");
        refused(Reason.UNSUPPORTED, () -> writer().create(unknown, "me"));
        refused(Reason.UNSUPPORTED, () -> reader().get(new ObjectKey("", "Unheard", namespace, "one")));
        refused(Reason.UNSUPPORTED, () -> reader().list(Selection.of("unheard.example", "Thing", "")));
        unknown.put("kind", "ConfigMap");
        Tree.set(unknown, "no-such-namespace", "metadata", "namespace");
        refused(Reason.NOT_FOUND, () -> writer().create(unknown, "me"));
    }

    @Test
    void listsAreOrderedAndSelectByLabel() throws Exception {
        for (String name : List.of("c", "a", "b")) {
            Map<String, @Nullable Object> content = configMap(name);
            Tree.set(content, name.equals("b") ? "y" : "x", "metadata", "labels", "l");
            writer().create(content, "me");
        }
        assertEquals(List.of("a", "b", "c"), names(Map.of()));
        assertEquals(List.of("a", "c"), names(Map.of("l", "x")));
        assertEquals(List.of(), names(Map.of("l", "x", "m", "z")));
        writer().create(configMap("d"), "me");
        Selection all = Selection.of("", "ConfigMap", namespace);
        assertEquals(List.of("a", "b", "c"), names(all.having("l")));
        assertEquals(List.of("d"), names(all.lacking("l")));
    }

    @Test
    void anAppliedFieldBelongsToItsManager() throws Exception {
        writer().apply(configMap("one", "a", "1", "b", "1"), "alice", false, false);
        writer().apply(configMap("one", "b", "1", "c", "1"), "bob", false, false);
        ClusterException refusal =
                refused(Reason.CONFLICT, () -> writer().apply(configMap("one", "a", "2"), "bob", false, false));
        assertTrue(String.valueOf(refusal.getMessage()).contains("alice"), refusal::getMessage);
        assertTrue(String.valueOf(refusal.getMessage()).contains(".data.a"), refusal::getMessage);
        writer().apply(configMap("one", "a", "2", "c", "1"), "bob", true, false);
        assertEquals(map("a", "2", "b", "1", "c", "1"), data("one"));
        writer().apply(configMap("one", "a", "2"), "alice", false, false);
        assertEquals(map("a", "2", "c", "1"), data("one"), "b was only alice's, who gave it up");
    }

    @Test
    void anApplyWithoutAChangeWritesNothing() throws Exception {
        Map<String, @Nullable Object> one = writer().apply(configMap("one", "a", "1"), "alice", false, false);
        assertEquals(one, writer().apply(configMap("one", "a", "1"), "alice", false, false));
        assertEquals(one, writer().mergePatch(key("one"), map("data", map("a", "1")), "bob"));
    }

    @Test
    void aDryRunLeavesNoTrace() throws Exception {
        String before = reader().list(Selection.of("", "ConfigMap", namespace)).resourceVersion();
        Map<String, @Nullable Object> tried = writer().apply(configMap("one", "a", "1"), "alice", false, true);
        assertEquals(map("a", "1"), Tree.map(tried, "data"));
        assertTrue(reader().get(key("one")).isEmpty());
        Map<String, @Nullable Object> one = writer().apply(configMap("one", "a", "1"), "alice", false, false);
        tried = writer().apply(configMap("one", "a", "2"), "alice", false, true);
        assertEquals(map("a", "2"), Tree.map(tried, "data"));
        assertEquals(version(one), version(tried));
        assertEquals(one, reader().get(key("one")).orElseThrow());
        assertTrue(Long.parseLong(version(one)) > Long.parseLong(before));
    }

    @Test
    void aMergePatchMayBeConditional() throws Exception {
        Map<String, @Nullable Object> one = writer().create(configMap("one", "a", "1", "b", "1"), "me");
        Map<String, @Nullable Object> patch =
                map("metadata", map("resourceVersion", version(one)), "data", map("a", null, "b", "2"));
        Map<String, @Nullable Object> two = writer().mergePatch(key("one"), patch, "other");
        assertEquals(map("b", "2"), Tree.map(two, "data"));
        refused(Reason.CONFLICT, () -> writer().mergePatch(key("one"), patch, "other"));
        refused(Reason.NOT_FOUND, () -> writer().mergePatch(key("two"), map("data", map("a", "1")), "other"));
        refused(Reason.INVALID, () -> writer().mergePatch(key("one"), map("metadata", map("name", "x")), "other"));
    }

    @Test
    void deletesHavePreconditions() throws Exception {
        Map<String, @Nullable Object> one = writer().create(configMap("one", "a", "1"), "me");
        refused(Reason.CONFLICT, () -> writer().delete(key("one"), DeleteOptions.exactly("another")));
        refused(Reason.CONFLICT, () -> writer().delete(key("one"), new DeleteOptions(null, "1", false)));
        writer().delete(key("one"), new DeleteOptions(Tree.text(one, "metadata", "uid"), version(one), false));
        assertTrue(reader().get(key("one")).isEmpty());
        refused(Reason.NOT_FOUND, () -> writer().delete(key("one"), ANY));
    }

    @Test
    void finalizersHoldADeletionBack() throws Exception {
        Map<String, @Nullable Object> content = configMap("one");
        Tree.set(content, List.of("example.com/hold"), "metadata", "finalizers");
        writer().create(content, "me");
        writer().delete(key("one"), ANY);
        Map<String, @Nullable Object> held = reader().get(key("one")).orElseThrow();
        assertEquals(20, Tree.text(held, "metadata", "deletionTimestamp").length());
        writer().delete(key("one"), ANY);
        assertEquals(held, reader().get(key("one")).orElseThrow());
        writer().mergePatch(key("one"), map("metadata", map("finalizers", null)), "me");
        assertTrue(reader().get(key("one")).isEmpty());
    }

    private void owned(String name, Map<String, @Nullable Object> owner) throws ClusterException {
        Map<String, @Nullable Object> content = configMap(name);
        String uid = Tree.text(owner, "metadata", "uid");
        Object reference = map("apiVersion", "v1", "kind", "ConfigMap", "name", name(owner), "uid", uid);
        Tree.set(content, List.of(reference), "metadata", "ownerReferences");
        writer().create(content, "me");
    }

    @Test
    void whatAnOwnerOwnedGoesWithItOrIsOrphaned() throws Exception {
        owned("child", writer().create(configMap("parent"), "me"));
        owned("grandchild", reader().get(key("child")).orElseThrow());
        owned("orphan", writer().create(configMap("other"), "me"));
        // A real cluster's collector learns of owners by its watches; it must know them before they go.
        Patience.until(() -> names(Map.of()).size() == 5);
        writer().delete(key("other"), new DeleteOptions(null, null, true));
        writer().delete(key("parent"), ANY);
        Patience.until(() -> names(Map.of()).equals(List.of("orphan")));
        Patience.until(() -> Tree.at(reader().get(key("orphan")).orElseThrow(), "metadata", "ownerReferences") == null);
    }

    @Test
    void aWatchGoesOnFromWhereAListWas() throws Exception {
        writer().create(configMap("before", "key", "0"), "me");
        Selection selection = new Selection("", "ConfigMap", namespace, Map.of("l", "x"));
        String from = reader().list(selection).resourceVersion();
        Map<String, @Nullable Object> content = configMap("one", "key", "1");
        Tree.set(content, "x", "metadata", "labels", "l");
        writer().create(content, "me");
        writer().create(configMap("unlabelled", "key", "1"), "me");
        SeenEvents seen = new SeenEvents();
        try (Watch watch = reader().watch(selection, from, seen)) {
            assertEquals("ADDED one 1", seen.next());
            writer().mergePatch(key("one"), map("data", map("key", "2")), "me");
            assertEquals("MODIFIED one 2", seen.next());
            writer().mergePatch(key("one"), map("metadata", map("labels", map("l", "y"))), "me");
            assertEquals("DELETED one 2", seen.next());
            writer().mergePatch(key("one"), map("metadata", map("labels", map("l", "x"))), "me");
            assertEquals("ADDED one 2", seen.next());
            writer().delete(key("one"), ANY);
            assertEquals("DELETED one 2", seen.next());
            watch.close();
            assertTrue(seen.isEmpty());
        }
        refused(Reason.INVALID, () -> reader().watch(selection, "now", seen));
    }

    @Test
    void allSequencesDoWhatTheRealServerDid() throws Exception {
        checkSequences(runSequences());
    }

    /** Runs them where nobody else writes. */
    protected Map<Integer, List<Sequences.Step>> runSequences() throws Exception {
        return new Sequences(reader(), writer(), namespace).runAll();
    }

    /** Compares with what was recorded. */
    protected void checkSequences(Map<Integer, List<Sequences.Step>> sequences) throws Exception {
        List<String> differences = SequenceGolden.differences(sequences);
        assertTrue(differences.isEmpty(), () -> differences.size() + " differ, first " + differences.getFirst());
    }
}
