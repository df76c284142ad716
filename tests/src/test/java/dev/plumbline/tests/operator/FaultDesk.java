package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.json.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A desk whose controller reaches the API server through a {@link FaultProxy}, with a sync of some ConfigMaps that hold the number of
 * the commit that changed them last.
 */
final class FaultDesk implements AutoCloseable {

    static final String SYNC = "pipelines";

    private final OperatorDesk desk;
    private final FaultProxy proxy;
    private final Observed observed;
    private final Set<String> names = new TreeSet<>();
    private final List<String> commits = new ArrayList<>();

    private FaultDesk(OperatorDesk desk, FaultProxy proxy, int objects) throws Exception {
        this.desk = desk;
        this.proxy = proxy;
        this.observed = new Observed(desk);
        IntStream.range(0, objects).forEach(i -> names.add("c" + i));
        desk.kustomization(names.toArray(String[]::new));
        commit(IntStream.range(0, objects).toArray());
    }

    /** A desk with its first commit made, and nothing running. */
    static FaultDesk prepared(Path folder, int objects) throws Exception {
        return prepared(OperatorDesk.prepared(folder), folder, objects);
    }

    static FaultDesk prepared(OperatorDesk desk, Path folder, int objects) throws Exception {
        FaultProxy proxy = FaultProxy.before(desk.kubeconfig());
        desk.goThrough(proxy.kubeconfig(folder));
        return new FaultDesk(desk, proxy, objects);
    }

    /** The same with the first commit applied, without a fault. */
    static FaultDesk applied(Path folder, int objects) throws Exception {
        FaultDesk desk = prepared(folder, objects);
        desk.start();
        desk.awaitApplied();
        return desk;
    }

    /** Starts the controller and makes its sync. */
    void start() throws Exception {
        desk.start();
        desk.sync(SYNC, Map.of());
    }

    OperatorDesk desk() {
        return desk;
    }

    FaultProxy proxy() {
        return proxy;
    }

    Observed observed() {
        return observed;
    }

    /** Commits new content of some objects, and asks the controller to look. */
    String push(int... changed) throws Exception {
        String commit = commit(changed);
        desk.poke(SYNC);
        return commit;
    }

    String commit(int... changed) throws Exception {
        for (int one : changed) {
            desk.config("c" + one, "n", String.valueOf(commits.size()));
        }
        String commit = desk.repository().commit("Number " + commits.size());
        commits.add(commit);
        return commit;
    }

    /** One object more in the next commit, or one less when it is there. */
    void toggle(String name) throws Exception {
        if (!names.remove(name)) {
            names.add(name);
            desk.config(name, "n", String.valueOf(commits.size()));
        }
        desk.kustomization(names.toArray(String[]::new));
    }

    /** The number in a ConfigMap of the repository. */
    private String written(String name) throws Exception {
        Path file = desk.repository().folder().resolve("overlay/" + name + ".yaml");
        return Files.readString(file).replaceAll("(?s).*data: [{]n: \"(\\d+)\".*", "$1");
    }

    /** Waits, without a pause, until one object has what a commit asks for. */
    void awaitAny(String number) throws Exception {
        soon("an object has number " + number, () -> !observed.with(number).isEmpty());
    }

    /** Waits, without a pause, until every object has what the repository asks for. */
    void awaitAll(String number) throws Exception {
        Set<String> changed = new TreeSet<>();
        for (String name : names) {
            if (written(name).equals(number)) {
                changed.add(name);
            }
        }
        soon("all objects have number " + number, () -> observed.with(number).containsAll(changed));
    }

    /** Waits and looks again almost at once. */
    void soon(String what, OperatorDesk.Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < end, () -> "waited in vain until " + what);
            TimeUnit.MICROSECONDS.sleep(300);
        }
    }

    List<String> commits() {
        return commits;
    }

    void awaitApplied() throws Exception {
        desk.awaitApplied(SYNC, commits.getLast());
    }

    /** Checks that after the last commit everything is as if nothing had gone wrong. */
    StoredHistory checkEnd() throws Exception {
        awaitApplied();
        desk.stop();
        for (String name : names) {
            String wanted = written(name);
            desk.await(name + " was seen", () -> observed.of(name).contains(wanted));
            assertEquals(wanted, desk.data(name, "n"));
        }
        observed.checkOnlyForward();
        List<String> owned = desk
                .cluster()
                .list(Selection.of("", "ConfigMap", desk.namespace()).having("plumbline.dev/sync"))
                .items()
                .stream()
                .map(object -> Tree.text(object, "metadata", "name"))
                .sorted()
                .toList();
        assertEquals(List.copyOf(names), owned, "nothing is orphaned");
        assertEquals((long) names.size(), Tree.at(desk.status("PipelineSync", SYNC), "inventorySize"), "all is owned");
        StoredHistory history = StoredHistory.of(desk, SYNC);
        history.check(commits);
        return history;
    }

    @Override
    public void close() throws Exception {
        observed.close();
        desk.close();
        proxy.close();
    }
}
