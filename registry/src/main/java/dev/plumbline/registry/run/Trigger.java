package dev.plumbline.registry.run;

import dev.plumbline.registry.json.Tree;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What started a run, as its labels say: a hint for people, no proof. Persons are never named.
 *
 * @param kind what kind of thing
 * @param name name of the schedule, sensor or original run; empty for persons
 */
public record Trigger(Kind kind, String name) {

    /** Kinds of triggers. */
    public enum Kind {
        /** Somebody, or a program that left no label. */
        PERSON,
        /** A CronWorkflow. */
        CRON,
        /** A person who ran an earlier run again; the name is that run's. */
        RESUBMIT,
        /** A sensor or event binding. */
        EVENT
    }

    /** Reads the labels of a Workflow. A resubmitted run keeps its other labels, so that label counts first. */
    public static Trigger of(Map<String, @Nullable Object> labels) {
        String resubmitted = Tree.text(labels, "workflows.argoproj.io/resubmitted-from-workflow");
        if (!resubmitted.isEmpty()) {
            return new Trigger(Kind.RESUBMIT, resubmitted);
        }
        String cron = Tree.text(labels, "workflows.argoproj.io/cron-workflow");
        if (!cron.isEmpty()) {
            return new Trigger(Kind.CRON, cron);
        }
        for (String key : new String[] {"events.argoproj.io/sensor", "workflows.argoproj.io/workflow-event-binding"}) {
            String event = Tree.text(labels, key);
            if (!event.isEmpty()) {
                return new Trigger(Kind.EVENT, event);
            }
        }
        return new Trigger(Kind.PERSON, "");
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("kind", kind.name().toLowerCase(Locale.ROOT));
        if (!name.isEmpty()) {
            tree.put("name", name);
        }
        return tree;
    }

    static Trigger read(Map<String, @Nullable Object> tree) {
        return new Trigger(Kind.valueOf(Tree.text(tree, "kind").toUpperCase(Locale.ROOT)), Tree.text(tree, "name"));
    }
}
