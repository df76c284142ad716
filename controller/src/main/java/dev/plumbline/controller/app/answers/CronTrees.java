package dev.plumbline.controller.app.answers;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schedules as answers show them, and the patch that stops one. */
public final class CronTrees {

    private CronTrees() {}

    /** A CronWorkflow as a list shows it. */
    public static Map<String, @Nullable Object> line(Map<String, @Nullable Object> cron) {
        List<@Nullable Object> schedules = new ArrayList<>(Tree.list(cron, "spec", "schedules"));
        String single = Tree.text(cron, "spec", "schedule"); // Before Argo 3.6.
        if (!single.isEmpty()) {
            schedules.add(single);
        }
        return map(
                "name", Tree.text(cron, "metadata", "name"),
                "namespace", Tree.text(cron, "metadata", "namespace"),
                "createdAt", Tree.text(cron, "metadata", "creationTimestamp"),
                "lastRun", Tree.text(cron, "status", "lastScheduledTime"),
                "schedules", schedules,
                "timezone", Tree.text(cron, "spec", "timezone"),
                "suspended", Boolean.TRUE.equals(Tree.at(cron, "spec", "suspend")));
    }

    /** A merge patch that stops a schedule, or lets it fire again. */
    public static Map<String, @Nullable Object> suspension(boolean suspend) {
        Map<String, @Nullable Object> patch = new LinkedHashMap<>();
        Tree.set(patch, suspend, "spec", "suspend");
        return patch;
    }
}
