package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A template that does the work itself: images, mounts, containers, deadlines. */
final class LeafChecks {

    static final String IMAGE = "missing-image";
    static final String MOUNT = "mount-collision";
    static final String RESERVED = "reserved-container";

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");

    private final TemplateWalk walk;
    private final Problems problems;
    private final Map<String, @Nullable Object> tree;
    private final Place place;
    private final String words;
    private final String type;
    private final Home home;

    LeafChecks(TemplateWalk walk, Home.Located template, String type, Home home) {
        this.walk = walk;
        this.problems = walk.problems();
        this.tree = template.tree();
        this.place = template.place();
        this.words = "templates." + template.name();
        this.type = type;
        this.home = home;
    }

    void check() {
        if (type.equals("container")) {
            mounts();
        }
        if (type.equals("container") || type.equals("script")) {
            image();
        }
        if (type.equals("containerSet")) {
            new ContainerSetChecks(walk, new Home.Located(tree, place)).check();
        }
        if (type.equals("resource")) {
            new ResourceChecks(problems, tree, place, words).check();
        }
        List<@Nullable Object> sidecars = Tree.list(tree, "sidecars");
        for (int i = 0; i < sidecars.size(); i++) {
            reserved(Tree.text(sidecars.get(i), "name"), place.at("sidecars").at(i), words + ".sidecars", problems);
        }
        deadline();
        if (Shape.has(tree, "parallelism")) {
            problems.add(
                    TemplateChecks.PLACE,
                    place.at("parallelism"),
                    words + ".parallelism is only for steps and dag templates",
                    "remove it, or set it on the template that calls this one");
        }
    }

    static void reserved(String name, Place place, String words, Problems problems) {
        if (name.equals("wait") || name.equals("supervisor") || name.startsWith("artifact-plugin-")) {
            problems.add(
                    RESERVED,
                    place.at("name"),
                    words + ": '" + name + "' is a name of Argo's own containers",
                    "rename it");
        }
    }

    private void mounts() {
        Map<String, String> taken = new HashMap<>();
        List<@Nullable Object> mounts = Tree.list(tree, "container", "volumeMounts");
        for (int i = 0; i < mounts.size(); i++) {
            String path = Tree.text(mounts.get(i), "mountPath");
            take(
                    path,
                    "container.volumeMounts." + Tree.text(mounts.get(i), "name"),
                    taken,
                    place.at("container", "volumeMounts").at(i).at("mountPath"),
                    ".container.volumeMounts[" + i + "].mountPath");
        }
        List<@Nullable Object> artifacts = Tree.list(tree, "inputs", "artifacts");
        for (int i = 0; i < artifacts.size(); i++) {
            take(
                    Tree.text(artifacts.get(i), "path"),
                    "inputs.artifacts." + Tree.text(artifacts.get(i), "name"),
                    taken,
                    place.at("inputs", "artifacts").at(i).at("path"),
                    ".inputs.artifacts[" + i + "].path");
        }
    }

    private void take(String path, String by, Map<String, String> taken, Place at, String where) {
        String before = taken.putIfAbsent(path, by);
        if (before != null) {
            problems.add(
                    MOUNT,
                    at,
                    words + where + " '" + path + "' is already mounted in " + before,
                    "choose another path");
        }
    }

    private void image() {
        if (Tree.text(tree, type, "image").isEmpty() && !home.hasDefaultImage(type)) {
            problems.add(
                    IMAGE,
                    place.at(type),
                    words + "." + type + ".image may not be empty",
                    "name an image, or give one in the spec's templateDefaults");
        }
    }

    private void deadline() {
        Object deadline = tree.get("activeDeadlineSeconds");
        boolean right = switch (deadline) {
            case null -> true;
            case Number number -> number.longValue() >= 0;
            case String text ->
                WHOLE.matcher(text).matches()
                        ? !text.startsWith("-")
                        : Substitution.isPlaceholder(text) || (text.startsWith("{{") && text.endsWith("}}"));
            default -> true;
        };
        if (!right) {
            problems.add(
                    TemplateChecks.PLACE,
                    place.at("activeDeadlineSeconds"),
                    words + ".activeDeadlineSeconds must be a whole number of seconds or a variable",
                    "write a number that is not negative");
        }
    }
}
