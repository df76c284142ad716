package dev.plumbline.controller.cli;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.finding.Severity;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.lint.LintFinding;
import dev.plumbline.registry.lint.LintReport;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.validate.Rule;
import dev.plumbline.registry.validate.Rules;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A report of lint as a log in the format SARIF 2.1.0 of OASIS. Columns count code points, as the format can say. */
final class SarifLog {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String ROOT = "%SRCROOT%";

    private SarifLog() {}

    static String of(LintReport report) {
        SortedSet<String> ids = new TreeSet<>();
        report.findings().forEach(one -> ids.add(one.finding().rule()));
        List<String> order = new ArrayList<>(ids);
        List<Object> rules = order.stream().<Object>map(SarifLog::rule).toList();
        List<Object> results = report.findings().stream()
                .<Object>map(one -> result(one, order.indexOf(one.finding().rule())))
                .toList();
        Map<String, @Nullable Object> driver = new LinkedHashMap<>();
        driver.put("name", "plumbline");
        driver.put("semanticVersion", Main.VERSION);
        driver.put("rules", rules);
        Map<String, @Nullable Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("columnKind", "unicodeCodePoints");
        run.put("results", results);
        Map<String, @Nullable Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return Json.pretty(log) + "\n";
    }

    private static Map<String, @Nullable Object> rule(String id) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("shortDescription", Map.of("text", RuleText.description(id)));
        map.put(
                "defaultConfiguration",
                Map.of("level", level(Rules.find(id).map(Rule::severity).orElse(Severity.ERROR))));
        return map;
    }

    private static Map<String, @Nullable Object> result(LintFinding one, int ruleIndex) {
        Finding finding = one.finding();
        String fix = finding.fix().isEmpty() ? "" : "; " + finding.fix();
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("ruleId", finding.rule());
        map.put("ruleIndex", ruleIndex);
        map.put("level", level(finding.severity()));
        map.put("message", Map.of("text", finding.message() + fix));
        if (!one.place().file().isEmpty()) {
            map.put("locations", List.of(location(one)));
        }
        map.put("partialFingerprints", Map.of("plumbline/v1", fingerprint(one)));
        if (!one.suppressed().isEmpty()) {
            map.put("suppressions", List.of(Map.of("kind", "inSource", "justification", one.suppressed())));
        }
        map.put("properties", Map.of("overlays", one.overlays()));
        return map;
    }

    private static Map<String, @Nullable Object> location(LintFinding one) {
        Map<String, @Nullable Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", Map.of("uri", uri(one.place().file()), "uriBaseId", ROOT));
        if (one.place().line() > 0) {
            Map<String, @Nullable Object> region = new LinkedHashMap<>();
            region.put("startLine", one.place().line());
            if (one.place().column() > 0) {
                region.put("startColumn", one.place().column());
            }
            physical.put("region", region);
        }
        Map<String, @Nullable Object> location = new LinkedHashMap<>();
        location.put("physicalLocation", physical);
        if (one.finding().object() != null) {
            location.put(
                    "logicalLocations",
                    List.of(Map.of("fullyQualifiedName", one.finding().object().toString(), "kind", "resource")));
        }
        return location;
    }

    /** The same for a finding that only moved to another line. */
    private static String fingerprint(LintFinding one) {
        Finding finding = one.finding();
        return Digest.of(
                        finding.rule() + "\n" + one.place().file() + "\n" + finding.object() + "\n" + finding.message())
                .hex();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case ADVICE -> "note";
        };
    }

    private static String uri(String path) {
        try {
            // A first part with a colon would be taken for a scheme.
            return new URI(null, null, "/" + path, null).toASCIIString().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every path can be quoted: " + path, e);
        }
    }
}
