package dev.plumbline.controller.local.fields;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Fields that content would change and that others own. */
public final class FieldConflict extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, List<String>> fields;

    FieldConflict(Map<String, List<String>> fields) {
        super(fields.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\" owns " + String.join(", ", e.getValue()))
                .collect(Collectors.joining("; ")));
        this.fields = fields;
    }

    /** The fields by manager. */
    public Map<String, List<String>> fields() {
        return fields;
    }
}
