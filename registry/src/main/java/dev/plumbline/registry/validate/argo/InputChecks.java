package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Inputs of a template: names, paths and locations; and init containers. */
final class InputChecks {

    static final String PATH = "artifact-path";
    static final String LOCATION = "artifact-location";

    private final TemplateWalk walk;
    private final Problems problems;
    private final Map<String, @Nullable Object> tree;
    private final Place place;
    private final String words;
    private final String type;

    InputChecks(TemplateWalk walk, Home.Located template, String type) {
        this.walk = walk;
        this.problems = walk.problems();
        this.tree = template.tree();
        this.place = template.place();
        this.words = "templates." + template.name();
        this.type = type;
    }

    void check() {
        walk.names().both(tree.get("inputs"), place.at("inputs"), words + ".inputs");
        List<@Nullable Object> artifacts = Tree.list(tree, "inputs", "artifacts");
        for (int i = 0; i < artifacts.size(); i++) {
            Map<String, @Nullable Object> artifact = Tree.map(artifacts.get(i));
            Place at = place.at("inputs", "artifacts").at(i);
            String named = words + ".inputs.artifacts." + Tree.text(artifact, "name");
            path(artifact, Shape.isLeaf(type), at, named, problems);
            if (!Tree.text(artifact, "from").isEmpty()) {
                problems.add(
                        LOCATION,
                        at.at("from"),
                        named + ".from is not for inputs",
                        "pass 'from' where the template is called");
            }
            location(artifact, at, named, problems);
        }
        List<@Nullable Object> containers = Tree.list(tree, "initContainers");
        for (int i = 0; i < containers.size(); i++) {
            if (Tree.text(containers.get(i), "name").isEmpty()) {
                problems.add(
                        NameChecks.NAME,
                        place.at("initContainers").at(i),
                        words + ".initContainers[" + i + "].name is required",
                        "add 'name'");
            }
        }
    }

    /** The path of an input or output artifact: required where work is done, forbidden elsewhere. */
    static void path(
            Map<String, @Nullable Object> artifact, boolean leaf, Place place, String words, Problems problems) {
        String path = Tree.text(artifact, "path");
        if (!leaf && !path.isEmpty()) {
            problems.add(
                    PATH,
                    place.at("path"),
                    words + ".path is only for templates that do the work themselves",
                    "remove it");
        } else if (leaf && path.isEmpty()) {
            problems.add(PATH, place, words + " has no path", "add 'path', where the container finds or leaves it");
        } else if (leaf && escapes(path)) {
            problems.add(
                    PATH,
                    place.at("path"),
                    words + ".path '" + path + "' leaves its directory by '..'",
                    "remove the '..'");
        }
    }

    /** Whether a path goes above what stands before its first "..". */
    private static boolean escapes(String path) {
        int dots = path.indexOf("/../");
        String safe = dots >= 0
                ? path.substring(0, dots)
                : path.endsWith("/..") ? path.substring(0, path.length() - "/..".length()) : "";
        String cleaned = clean(path);
        return !safe.isEmpty() && (!cleaned.startsWith(safe + "/") || cleaned.length() <= safe.length() + 1);
    }

    private static String clean(String path) {
        Deque<String> parts = new ArrayDeque<>();
        boolean absolute = path.startsWith("/");
        for (String part : path.split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if ((part.equals("..") && !absolute)
                    || (!part.isEmpty() && !part.equals(".") && !part.equals(".."))) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
    }

    /** The location of an artifact, as far as Argo looks. */
    static void location(Map<String, @Nullable Object> artifact, Place place, String words, Problems problems) {
        if (artifact.get("git") instanceof Map<?, ?> git
                && Tree.text(git, "repo").isEmpty()) {
            problems.add(LOCATION, place.at("git"), words + ".git.repo is required", "add 'repo'");
        }
        if (artifact.get("hdfs") instanceof Map<?, ?> map) {
            String wrong = hdfs(Tree.cast(map));
            if (!wrong.isEmpty()) {
                problems.add(LOCATION, place.at("hdfs"), words + ".hdfs " + wrong, "complete the location");
            }
        }
    }

    private static String hdfs(Map<String, @Nullable Object> hdfs) {
        boolean keytab = Shape.has(hdfs, "krbKeytabSecret");
        boolean cache = Shape.has(hdfs, "krbCCacheSecret");
        boolean service =
                !Tree.text(hdfs, "krbServicePrincipalName").isEmpty() && Shape.has(hdfs, "krbConfigConfigMap");
        boolean person = !Tree.text(hdfs, "krbUsername").isEmpty()
                && !Tree.text(hdfs, "krbRealm").isEmpty();
        if (Tree.list(hdfs, "addresses").isEmpty()) {
            return "needs 'addresses'";
        }
        if (!Tree.text(hdfs, "path").startsWith("/")) {
            return "needs an absolute 'path'";
        }
        if (Tree.text(hdfs, "hdfsUser").isEmpty() && !cache && !keytab) {
            return "needs one of 'hdfsUser', 'krbCCacheSecret' and 'krbKeytabSecret'";
        }
        if (keytab && !(service && person)) {
            return "needs 'krbServicePrincipalName', 'krbConfigConfigMap', 'krbUsername' and 'krbRealm' with a keytab";
        }
        return cache && !service ? "needs 'krbServicePrincipalName' and 'krbConfigConfigMap' with a ccache" : "";
    }
}
