package dev.plumbline.registry.blame;

import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.source.MapRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A random history of one overlay over a base: edits, reverts, merges, broken commits, content moved between base and overlay,
 * renamed files, folders that come and go, links, patches that are aimed elsewhere, values replaced from another object, other
 * contents of generators, changes of files that nothing reads.
 */
public final class RandomHistory {

    private static final String BASE = "base/kustomization.yaml";
    private static final String OVERLAY = "overlay/kustomization.yaml";

    public final MapRepository repository = new MapRepository();
    public final List<CommitId> mainline = new ArrayList<>();

    private final Random random;
    private Map<String, String> files = new TreeMap<>();

    /** A history of at least this many commits. */
    public RandomHistory(long seed, int commits) {
        random = new Random(seed);
        files.put("base/a.yaml", configMap("a", 0));
        files.put("base/b.yaml", configMap("b", 0));
        files.put("base/code.py", "print(0)\n");
        files.put(BASE, base("a.yaml", "b.yaml"));
        files.put("overlay/patch.yaml", configMap("a", 0).replace("value", "patched"));
        files.put(OVERLAY, overlay("1"));
        commit("start");
        while (mainline.size() < commits) {
            step();
        }
    }

    CommitId head() {
        return mainline.getLast();
    }

    private void commit(String subject, CommitId... further) {
        List<CommitId> parents = new ArrayList<>();
        if (!mainline.isEmpty()) {
            parents.add(head());
        }
        parents.addAll(List.of(further));
        mainline.add(repository.commit(subject, files, parents.toArray(CommitId[]::new)));
    }

    private void step() {
        switch (random.nextInt(15)) {
            case 0, 1 -> edit("base/a.yaml", configMap("a", random.nextInt(3)));
            case 2 -> edit("base/code.py", "print(" + random.nextInt(3) + ")\n");
            case 3 ->
                edit("overlay/patch.yaml", configMap("a", random.nextInt(2)).replace("value", "patched"));
            case 4 -> edit("README.md", "text " + random.nextInt());
            case 5 -> revert();
            case 6 -> merge();
            case 7 -> breakAndRepair();
            case 8 -> moveBetweenBaseAndOverlay();
            case 9 -> renameFile();
            case 10 -> edit(OVERLAY, overlay(String.valueOf(random.nextInt(2))));
            case 11 -> retargetPatch();
            case 12 -> replaceFromAnotherObject();
            case 13 -> changeGenerator();
            default -> folderThatComes();
        }
    }

    private void edit(String path, String text) {
        files = new TreeMap<>(files);
        files.put(path, text);
        commit("edit " + path);
    }

    private void revert() {
        files = new TreeMap<>(repository.texts(mainline.get(random.nextInt(mainline.size()))));
        commit("revert");
    }

    /** The side branch has its own renderings, which must not count. */
    private void merge() {
        Map<String, String> before = files;
        Map<String, String> side = new TreeMap<>(files);
        side.put("base/a.yaml", configMap("a", 7));
        CommitId one = repository.commit("side", side, head());
        CommitId two = repository.commit("side again", before, one);
        files = new TreeMap<>(before);
        if (random.nextBoolean()) {
            files.put("base/b.yaml", configMap("b", random.nextInt(3)));
        }
        commit("merge", two);
    }

    private void breakAndRepair() {
        Map<String, String> before = files;
        files = new TreeMap<>(files);
        switch (random.nextInt(3)) {
            case 0 -> files.put("base/a.yaml", "kind: [\n");
            case 1 -> files.remove("base/code.py");
            default -> files.put(OVERLAY, overlay("1").replace("../base", "../gone"));
        }
        commit("break");
        if (random.nextBoolean()) {
            edit("README.md", "while broken");
        }
        files = before;
        commit("repair");
    }

    private void moveBetweenBaseAndOverlay() {
        files = new TreeMap<>(files);
        String there = files.containsKey("overlay/b.yaml") ? "overlay/b.yaml" : "base/b.yaml";
        String content = files.remove(there);
        if (content == null) {
            return;
        }
        if (there.startsWith("base")) {
            files.put("overlay/b.yaml", content);
            files.put(BASE, base("a.yaml"));
            files.put(OVERLAY, overlay("1").replace("resources:\n", "resources:\n- b.yaml\n"));
        } else {
            files.put("base/b.yaml", content);
            files.put(BASE, base("a.yaml", "b.yaml"));
            files.put(OVERLAY, overlay("1"));
        }
        commit("move b");
    }

    private void renameFile() {
        files = new TreeMap<>(files);
        String old = files.containsKey("base/a.yaml") ? "base/a.yaml" : "base/renamed.yaml";
        String content = files.remove(old);
        String kustomization = files.get(BASE);
        if (content == null || kustomization == null) {
            return;
        }
        String other = old.equals("base/a.yaml") ? "base/renamed.yaml" : "base/a.yaml";
        files.put(other, content);
        files.put(BASE, kustomization.replace(old.substring(5), other.substring(5)));
        commit("rename");
        if (other.equals("base/renamed.yaml")) {
            renameFile();
        }
    }

    private void retargetPatch() {
        String target = List.of("a", "b", "steps", "nothing").get(random.nextInt(4));
        edit(
                OVERLAY,
                overlay("1") + "- target: {kind: ConfigMap, name: " + target
                        + "}\n  patch: '[{\"op\": \"add\", \"path\": \"/data/patched\", \"value\": \"1\"}]'\n");
    }

    /** From here on an edit of one object changes another one too. */
    private void replaceFromAnotherObject() {
        edit(
                OVERLAY,
                overlay("1")
                        + "replacements:\n- source: {kind: ConfigMap, name: a, fieldPath: data.value}\n  targets:\n"
                        + "  - select: {kind: ConfigMap, name: b}\n    fieldPaths: [data.value]\n");
        edit("base/a.yaml", configMap("a", random.nextInt(3)));
    }

    private void changeGenerator() {
        String base = files.get(BASE);
        if (base != null) {
            edit(BASE, base.replaceAll("  literals: .*\n", "") + "  literals: [x=" + random.nextInt(2) + "]\n");
        }
    }

    /** A base that is listed before it exists, then exists, then is a link to a folder whose files change. */
    private void folderThatComes() {
        Map<String, String> before = files;
        files = new TreeMap<>(files);
        files.put(OVERLAY, overlay("1").replace("resources:\n", "resources:\n- ../late\n"));
        commit("list a folder that is missing");
        files = new TreeMap<>(files);
        files.remove("late");
        files.put("late/kustomization.yaml", "resources: [c.yaml]\n");
        files.put("late/c.yaml", configMap("c", random.nextInt(2)));
        commit("add the folder");
        files = new TreeMap<>(files);
        files.remove("late/kustomization.yaml");
        files.remove("late/c.yaml");
        files.put("late", "-> real");
        files.put("real/kustomization.yaml", "resources: [c.yaml]\n");
        files.put("real/c.yaml", configMap("c", 0));
        commit("make it a link");
        edit("real/c.yaml", configMap("c", random.nextInt(2)));
        files = before;
        commit("undo");
    }

    private static String configMap(String name, int value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: " + name + "\ndata:\n  value: \"" + value + "\"\n";
    }

    private static String base(String... resources) {
        return "resources:\n- " + String.join("\n- ", resources)
                + "\nconfigMapGenerator:\n- name: steps\n  files: [code.py]\n";
    }

    private static String overlay(String label) {
        return "resources:\n- ../base\nlabels:\n- pairs: {env: \"" + label + "\"}\npatches:\n- path: patch.yaml\n";
    }
}
