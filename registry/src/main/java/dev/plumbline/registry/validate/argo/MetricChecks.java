package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Metrics of a template. */
final class MetricChecks {

    static final String RULE = "metric";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private MetricChecks() {}

    static void check(Map<String, @Nullable Object> template, Place place, String words, Problems problems) {
        List<@Nullable Object> metrics = Tree.list(template, "metrics", "prometheus");
        for (int i = 0; i < metrics.size(); i++) {
            Map<String, @Nullable Object> metric = Tree.map(metrics.get(i));
            String name = Tree.text(metric, "name");
            Place at = place.at("metrics", "prometheus").at(i);
            String named = words + " metric '" + name + "'";
            name(name, at.at("name"), named, problems);
            List<@Nullable Object> labels = Tree.list(metric, "labels");
            for (int j = 0; j < labels.size(); j++) {
                String key = Tree.text(labels.get(j), "key");
                name(key, at.at("labels").at(j).at("key"), named + " label '" + key + "'", problems);
            }
            if (Tree.text(metric, "help").isEmpty()) {
                problems.add(RULE, at, named + " has no help", "add 'help', what the metric tells");
            }
            for (String kind : List.of("gauge", "counter", "histogram")) {
                if (metric.get(kind) instanceof Map<?, ?> map) {
                    value(kind, Tree.cast(map), at.at(kind), named, problems);
                }
            }
        }
    }

    private static void name(String name, Place place, String words, Problems problems) {
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    RULE, place, words + " is not named as Prometheus names things", "use letters, digits and '_'");
        }
    }

    private static void value(
            String kind, Map<String, @Nullable Object> map, Place place, String words, Problems problems) {
        String value = Tree.text(map, "value");
        if (value.isEmpty()) {
            problems.add(RULE, place, words + " has no " + kind + ".value", "add 'value'");
        } else if (kind.equals("gauge")
                && Boolean.TRUE.equals(map.get("realtime"))
                && value.contains("resourcesDuration.")) {
            problems.add(
                    RULE,
                    place.at("value"),
                    words + " reads resourcesDuration, which is only known at the end, in real time",
                    "set realtime: false");
        }
    }
}
