package dev.plumbline.registry.schema;

import dev.plumbline.registry.finding.Severity;
import java.util.List;

/**
 * Something in an object that an API server refuses.
 *
 * @param kind what sort of fault
 * @param path keys and list positions (decimal) from the object's root
 * @param message what is wrong, beginning with the field in the API server's spelling
 * @param fix what to do; empty only where the message says it
 */
public record Fault(Kind kind, List<String> path, String message, String fix) {

    /** Keeps its own copy. */
    public Fault {
        path = List.copyOf(path);
    }

    /** Sorts of faults. */
    public enum Kind {
        /** A kind that its group serves in another version. */
        UNKNOWN_VERSION("schema-unknown-version", Severity.ERROR),
        /** A kind that its group does not have in any version. */
        UNKNOWN_KIND("schema-unknown-kind", Severity.ERROR),
        /** A field that the kind does not have. */
        UNKNOWN_FIELD("schema-unknown-field", Severity.ERROR),
        /** A field that must be there and is not. */
        MISSING_FIELD("schema-missing-field", Severity.ERROR),
        /** A value of another type. */
        TYPE("schema-type", Severity.ERROR),
        /** A value of the right type that is not allowed: enumeration, pattern, range, length, format. */
        VALUE("schema-value", Severity.ERROR),
        /** Two elements of a list with one key, where the kind forbids it. */
        DUPLICATE("schema-duplicate", Severity.ERROR),
        /** Two elements of a list with one key, of which server-side apply would keep one. */
        MERGED("schema-merged-elements", Severity.WARNING),
        /** A rule of the kind over several fields. */
        RULE("schema-rule", Severity.ERROR);

        private final String rule;
        private final Severity severity;

        Kind(String rule, Severity severity) {
            this.rule = rule;
            this.severity = severity;
        }

        /** The stable id that findings of it have. */
        public String rule() {
            return rule;
        }

        /** Whether it blocks. */
        public Severity severity() {
            return severity;
        }
    }
}
