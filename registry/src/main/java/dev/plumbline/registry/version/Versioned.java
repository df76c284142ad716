package dev.plumbline.registry.version;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A rendered set with its template versions.
 *
 * @param objects versions, aliases and everything else, references rewritten; rendered order, each version before its alias
 * @param versions plain key of a template to the key of its version, in the order of keys
 * @param findings what cannot be versioned, or is reported; with an error the objects are those that came in
 */
public record Versioned(List<Manifest> objects, Map<ObjectKey, ObjectKey> versions, List<Finding> findings) {

    /** Keeps its own copies. */
    public Versioned {
        objects = List.copyOf(objects);
        versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        findings = List.copyOf(findings);
    }

    /** Key of a version to the plain key of its template: the only way back, names are never cut. */
    public Map<ObjectKey, ObjectKey> plain() {
        Map<ObjectKey, ObjectKey> plain = new TreeMap<>();
        versions.forEach((key, version) -> plain.put(version, key));
        return plain;
    }
}
