package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.argo.FieldSupport;
import dev.plumbline.registry.argo.FieldSupport.Part;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Argo's objects hold only fields that Argo v4 has: it drops or refuses any other. */
final class UnknownFieldRule implements Rule {

    private static final Set<String> CRON = Set.of(
            "schedules",
            "timezone",
            "suspend",
            "concurrencyPolicy",
            "startingDeadlineSeconds",
            "successfulJobsHistoryLimit",
            "failedJobsHistoryLimit",
            "stopStrategy",
            "when",
            "workflowMetadata",
            "workflowSpec");

    @Override
    public String id() {
        return "unknown-field";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        if (!argo.hasSpec()) {
            return;
        }
        if (object.key().kind().equals(ArgoKinds.CRON_WORKFLOW)) {
            Tree.map(object.content(), "spec").keySet().stream()
                    .filter(field -> !CRON.contains(field))
                    .forEach(field -> unknown(field, List.of("spec", field), CRON, report));
        }
        fields(Part.SPEC, argo.spec().tree(), new ArrayList<>(argo.path()), report);
    }

    /** The path is where the walk is: it comes back as it went in. */
    private static void fields(Part part, Map<String, @Nullable Object> map, List<String> path, Report report) {
        Map<String, FieldSupport.Row> rows = FieldSupport.rows(part);
        map.forEach((field, value) -> {
            FieldSupport.Row row = rows.get(field);
            path.add(field);
            if (row == null) {
                unknown(field, path, rows.keySet(), report);
            } else if (row.part() != null) {
                nested(row.part(), value, path, report);
            }
            path.removeLast();
        });
    }

    private static void nested(Part part, @Nullable Object value, List<String> path, Report report) {
        if (value instanceof Map<?, ?> map) {
            fields(part, Tree.cast(map), path, report);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                path.add(Integer.toString(i));
                nested(part, list.get(i), path, report);
                path.removeLast();
            }
        }
    }

    private static void unknown(String field, List<String> path, Set<String> known, Report report) {
        report.add(
                path,
                "Argo Workflows v4 has no field '" + field + "' here",
                Suggestion.closest(field, known)
                        .map(name -> "did you mean '" + name + "'?")
                        .orElse("remove it"));
    }
}
