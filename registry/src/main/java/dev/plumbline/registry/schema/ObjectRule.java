package dev.plumbline.registry.schema;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A rule over several fields ({@code x-kubernetes-validations}). Argo's CRDs hold ten; they are written here by hand under their
 * own CEL text, because starting a CEL engine for them would cost more than everything else that lint does. A test gives random
 * objects to both; a rule that is new in a CRD stops the file from being read.
 *
 * @param message what the API server says when it is broken
 * @param holds whether a value of the right type keeps it
 */
record ObjectRule(String message, Predicate<Object> holds) {

    private static final List<String> LOCATIONS =
            List.of("s3", "git", "http", "artifactory", "hdfs", "raw", "oss", "gcs", "azure", "plugin");
    private static final List<String> TEMPLATE_TYPES = List.of(
            "container", "script", "dag", "steps", "resource", "suspend", "containerSet", "data", "http", "plugin");

    private static final Map<String, Predicate<Object>> KNOWN = Map.of(
            atMostOne("self", LOCATIONS),
            self -> count(self, LOCATIONS) <= 1,
            "self.all(t, " + atMostOne("t", TEMPLATE_TYPES) + ")",
            all(t -> count(t, TEMPLATE_TYPES) <= 1),
            "self.all(t, !(has(t.timeout) && t.timeout != \"\" && (has(t.steps) || has(t.dag))))",
            all(t -> Tree.text(t, "timeout").isEmpty() || !inner(t)),
            "self.all(t, !(has(t.activeDeadlineSeconds) && (has(t.steps) || has(t.dag))))",
            all(t -> !has(t, "activeDeadlineSeconds") || !inner(t)),
            "!(has(self.count) && has(self.end))",
            self -> !has(self, "count") || !has(self, "end"),
            "!has(self.depends) || !has(self.dependencies)",
            self -> !has(self, "depends") || !has(self, "dependencies"),
            "!has(self.depends) || !has(self.continueOn)",
            self -> !has(self, "depends") || !has(self, "continueOn"),
            "!(has(self.depends) || has(self.dependencies)) || !self.name.matches('^[0-9]')",
            self -> !(has(self, "depends") || has(self, "dependencies")) || !startsWithDigit(self),
            "(has(self.manifest) && !has(self.manifestFrom)) || (!has(self.manifest) && has(self.manifestFrom))"
                    + " || (!has(self.manifest) && !has(self.manifestFrom))",
            self -> !has(self, "manifest") || !has(self, "manifestFrom"),
            "!has(self.realtime) || !self.realtime || !self.value.contains('resourcesDuration.')",
            self -> !Boolean.TRUE.equals(Tree.at(self, "realtime"))
                    || !Tree.text(self, "value").contains("resourcesDuration."));

    /** The rule of a CEL text; an unknown one is a bug of whoever made the file. */
    static ObjectRule of(String text, String message) {
        Predicate<Object> holds = KNOWN.get(text);
        if (holds == null) {
            throw new IllegalStateException("no code for the rule " + text + "; write it in ObjectRule");
        }
        return new ObjectRule(message, holds);
    }

    /** The CEL texts that are known. */
    static Set<String> texts() {
        return KNOWN.keySet();
    }

    private static String atMostOne(String variable, List<String> fields) {
        return String.join(
                        " + ",
                        fields.stream()
                                .map(field -> "(has(" + variable + "." + field + ") ? 1 : 0)")
                                .toList())
                + " <= 1";
    }

    private static Predicate<Object> all(Predicate<Object> each) {
        return self -> Tree.maps(self).stream().allMatch(each);
    }

    private static boolean inner(Object template) {
        return has(template, "steps") || has(template, "dag");
    }

    private static boolean startsWithDigit(Object self) {
        String name = Tree.text(self, "name");
        return !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9';
    }

    private static boolean has(@Nullable Object self, String field) {
        return self instanceof Map<?, ?> map && map.containsKey(field);
    }

    private static long count(Object self, List<String> fields) {
        return fields.stream().filter(field -> has(self, field)).count();
    }
}
