package dev.plumbline.controller.cli;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.lint.LintFinding;
import dev.plumbline.registry.lint.LintReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report of lint for machines. A finding in several overlays has the first as {@code overlay}, and all of them as
 * {@code overlays}; one that does not count has the reason as {@code suppressed}.
 */
final class LintJson {

    private LintJson() {}

    static String of(LintReport report) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        List<Object> findings =
                report.findings().stream().<Object>map(LintJson::finding).toList();
        root.put("findings", findings);
        root.put("checked", report.checked());
        return Json.pretty(root) + "\n";
    }

    private static Map<String, @Nullable Object> finding(LintFinding one) {
        Finding finding = one.finding();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("rule", finding.rule());
        map.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        map.put("file", one.place().file());
        map.put("line", one.place().line());
        map.put("column", one.place().column());
        map.put("object", finding.object() == null ? "" : finding.object().toString());
        map.put("overlay", one.overlays().isEmpty() ? "" : one.overlays().getFirst());
        if (one.overlays().size() > 1) {
            map.put("overlays", one.overlays());
        }
        map.put("message", finding.message());
        map.put("fix", finding.fix());
        if (!one.suppressed().isEmpty()) {
            map.put("suppressed", one.suppressed());
        }
        return map;
    }
}
