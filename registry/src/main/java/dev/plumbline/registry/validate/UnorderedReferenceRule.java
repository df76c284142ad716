package dev.plumbline.registry.validate;

import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who reads what a task or step gives runs after it. Argo only looks at arguments that begin with such a tag; elsewhere the run
 * fails when the tag is to be replaced.
 */
final class UnorderedReferenceRule implements UncheckedRule {

    @Override
    public String id() {
        return "unordered-reference";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public String description() {
        return "A task or step reads only what tasks and steps before it give.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (Texts.Tag tag : argo.texts().tags()) {
            List<String> words = tag.words();
            ArgoObject.Located located = words.size() < 3 ? null : Texts.template(argo, tag.path());
            if (located == null || report.hasError(tag.path())) {
                continue;
            }
            String node = words.get(1);
            Scope scope = argo.scope(located, set);
            if (words.getFirst().equals("tasks") && scope.nodes("tasks").contains(node)) {
                if (!scope.waitsFor(node, tag.path())) {
                    unordered(
                            tag,
                            located,
                            "a task that does not wait for '" + node + "'",
                            "add '" + node + "' to what the task depends on",
                            report);
                }
            } else if (words.getFirst().equals("steps") && sameGroup(located, node, tag.path())) {
                unordered(
                        tag,
                        located,
                        "a step that runs at the same time as '" + node + "'",
                        "put it into a later group of steps",
                        report);
            }
        }
    }

    private static void unordered(Texts.Tag tag, ArgoObject.Located located, String where, String fix, Report report) {
        report.add(tag.path(), located.place() + " reads {{" + Report.shorten(tag.name()) + "}} in " + where, fix);
    }

    /** Whether a step reads a step of its own group. Its own values are there in its hooks. */
    private static boolean sameGroup(ArgoObject.Located located, String node, List<String> path) {
        int at = located.path().size();
        if (path.size() < at + 4 || !path.get(at).equals("steps")) {
            return false;
        }
        List<@Nullable Object> groups = Tree.list(located.template().tree(), "steps");
        Object group = groups.get(Integer.parseInt(path.get(at + 1)));
        boolean hook = path.get(at + 3).equals("hooks") || path.get(at + 3).equals("onExit");
        List<Map<String, @Nullable Object>> steps = Tree.maps(group);
        int reader = Integer.parseInt(path.get(at + 2));
        for (int i = 0; i < steps.size(); i++) {
            if (Tree.text(steps.get(i), "name").equals(node)) {
                return i != reader || !hook;
            }
        }
        return false;
    }
}
