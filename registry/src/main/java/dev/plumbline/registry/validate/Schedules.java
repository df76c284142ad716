package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.CronSchedule;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schedules of a CronWorkflow that can be read; those that cannot are reported by another rule. */
final class Schedules {

    private Schedules() {}

    /** Path and schedule; none for any other object. */
    static Map<List<String>, CronSchedule> of(Manifest object) {
        Map<List<String>, CronSchedule> schedules = new LinkedHashMap<>();
        if (!object.key().kind().equals(ArgoKinds.CRON_WORKFLOW)
                || !object.key().group().equals(ArgoKinds.GROUP)) {
            return schedules;
        }
        List<@Nullable Object> list = Tree.list(object.content(), "spec", "schedules");
        for (int i = 0; i < list.size(); i++) {
            CronSchedule schedule = read(list.get(i));
            if (schedule != null) {
                schedules.put(List.of("spec", "schedules", Integer.toString(i)), schedule);
            }
        }
        return schedules;
    }

    private static @Nullable CronSchedule read(@Nullable Object text) {
        try {
            return text instanceof String schedule ? CronSchedule.parse(schedule) : null;
        } catch (ArgoSyntaxException e) {
            return null;
        }
    }
}
