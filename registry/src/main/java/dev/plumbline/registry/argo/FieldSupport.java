package dev.plumbline.registry.argo;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the embedded runner does with each field of a WorkflowSpec. This table is the whole truth: the runner refuses before a
 * run what it refuses here, and lint reports the same. A field that is not in the table does not exist in Argo.
 */
public enum FieldSupport {
    /** It does what Argo does. */
    EXECUTED,
    /** It is read and has no meaning for local processes. */
    ACCEPTED,
    /** A run that uses it is refused by name before it starts. */
    REFUSED;

    /** The parts of a WorkflowSpec that the table describes. */
    public enum Part {
        /** A WorkflowSpec. */
        SPEC,
        /** {@code workflowMetadata}. */
        WORKFLOW_METADATA,
        /** {@code workflowTemplateRef}, {@code templateRef}. */
        TEMPLATE_REF,
        /** {@code arguments} of a spec or task. */
        ARGUMENTS,
        /** A template. */
        TEMPLATE,
        /** {@code inputs} of a template. */
        INPUTS,
        /** {@code outputs} of a template. */
        OUTPUTS,
        /** A parameter that is passed or taken. */
        PARAMETER,
        /** {@code valueFrom} of such a parameter. */
        PARAMETER_SOURCE,
        /** A parameter that a template gives. */
        OUTPUT_PARAMETER,
        /** {@code valueFrom} of such a parameter. */
        OUTPUT_SOURCE,
        /** An artifact that is passed or taken. */
        ARTIFACT,
        /** An artifact that a template gives. */
        OUTPUT_ARTIFACT,
        /** {@code archive} of an artifact. */
        ARCHIVE,
        /** {@code tar} of an archive. */
        TAR,
        /** {@code archiveLocation} of a template. */
        ARCHIVE_LOCATION,
        /** A {@code raw} artifact. */
        RAW,
        /** {@code s3} of an artifact. */
        S3,
        /** A dag. */
        DAG,
        /** A task of a dag. */
        TASK,
        /** A step of a steps template. */
        STEP,
        /** {@code hooks}: hooks by their names. */
        HOOKS,
        /** One of them. */
        HOOK,
        /** {@code withSequence}. */
        SEQUENCE,
        /** A script. */
        SCRIPT,
        /** {@code suspend} of a template. */
        SUSPEND,
        /** {@code memoize}. */
        MEMOIZE,
        /** {@code cache} of {@code memoize}. */
        CACHE,
        /** {@code synchronization}. */
        SYNCHRONIZATION,
        /** One of its mutexes. */
        MUTEX,
        /** One of its semaphores. */
        SEMAPHORE,
        /** {@code continueOn}. */
        CONTINUE_ON,
        /** {@code retryStrategy}. */
        RETRY,
        /** {@code backoff} of a retry strategy. */
        BACKOFF,
        /** A resource template. */
        RESOURCE,
        /** A container. */
        CONTAINER,
        /** One environment variable. */
        ENV,
        /** {@code valueFrom} of an environment variable. */
        ENV_SOURCE,
        /** One element of {@code envFrom}. */
        ENV_FROM,
        /** {@code fieldRef}. */
        FIELD_REF,
        /** A reference to a ConfigMap or a Secret, or to one of its keys. */
        CONFIG_MAP_REF,
        /** A volume. */
        VOLUME,
        /** {@code configMap} of a volume. */
        CONFIG_MAP_VOLUME,
        /** One of {@code items}. */
        KEY_TO_PATH,
        /** {@code persistentVolumeClaim} of a volume. */
        CLAIM,
        /** A volume mount. */
        MOUNT
    }

    /**
     * One row.
     *
     * @param support what the runner does with the field
     * @param part what the field's value is made of; null where the value is used or passed over as it is
     */
    public record Row(FieldSupport support, @Nullable Part part) {}

    private static final Map<Part, Map<String, Row>> TABLE = FieldTable.rows();

    /** All rows of a part by field, in Argo's order. */
    public static Map<String, Row> rows(Part part) {
        return TABLE.getOrDefault(part, Map.of());
    }

    /** Builds the table; one call per kind of row keeps it readable. */
    static final class Rows {

        private final Map<Part, Map<String, Row>> table = new EnumMap<>(Part.class);
        private Map<String, Row> current = new LinkedHashMap<>();

        Rows part(Part part) {
            current = new LinkedHashMap<>();
            table.put(part, current);
            return this;
        }

        Rows executed(String fields) {
            return put(EXECUTED, fields, null);
        }

        Rows executed(String fields, Part part) {
            return put(EXECUTED, fields, part);
        }

        Rows accepted(String fields) {
            return put(ACCEPTED, fields, null);
        }

        Rows refused(String fields) {
            return put(REFUSED, fields, null);
        }

        Map<Part, Map<String, Row>> build() {
            return Collections.unmodifiableMap(table);
        }

        private Rows put(FieldSupport support, String fields, @Nullable Part part) {
            Arrays.stream(fields.split(" ")).forEach(field -> {
                if (current.put(field, new Row(support, part)) != null) {
                    throw new IllegalStateException("field named twice: " + field);
                }
            });
            return this;
        }
    }
}
