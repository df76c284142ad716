package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.CronSchedule;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations can be read. Argo reads most of them only when it runs into them. */
final class DurationRule implements UncheckedRule {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    /** Paths below a template, and whether a bare number of seconds will do. */
    private static final Map<List<String>, Boolean> FIELDS = Map.of(
            List.of("timeout"), false,
            List.of("pendingTimeout"), false,
            List.of("retryStrategy", "backoff", "duration"), true,
            List.of("retryStrategy", "backoff", "maxDuration"), true,
            List.of("retryStrategy", "backoff", "cap"), true,
            List.of("suspend", "duration"), true,
            List.of("memoize", "maxAge"), false);

    @Override
    public String id() {
        return "duration-syntax";
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public String description() {
        return "Every duration is one that Argo reads, such as 90s or 1h30m.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (ArgoObject.Located located : argo.templates()) {
            fields(located.template().tree(), located.path(), located.place(), report);
        }
        Object strategy = argo.spec().tree().get("retryStrategy");
        if (strategy != null) {
            fields(Map.of("retryStrategy", strategy), argo.path(), "spec", report);
        }
    }

    private static void fields(Map<String, @Nullable Object> tree, List<String> path, String place, Report report) {
        FIELDS.forEach((field, bare) -> {
            String text = Tree.text(tree, field.toArray(String[]::new));
            List<String> at = ArgoObject.join(path, field.toArray(String[]::new));
            if (!text.isEmpty()
                    && !Tags.present(text)
                    && !(bare && SECONDS.matcher(text).matches())
                    && !isDuration(text)
                    && !report.hasError(at)) {
                report.add(
                        at,
                        place + "." + String.join(".", field) + " '" + Report.shorten(text) + "' is not a duration",
                        "write it with units, such as 90s, 10m or 1h30m");
            }
        });
    }

    private static boolean isDuration(String text) {
        try {
            CronSchedule.duration(text);
            return true;
        } catch (ArgoSyntaxException e) {
            return false;
        }
    }
}
