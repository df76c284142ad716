package dev.plumbline.registry.release;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.version.Versioned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a commit means for one path.
 *
 * @param path the overlay
 * @param objects after versioning, without stamps, in rendered order
 * @param digest covers the objects and nothing else (law 2)
 * @param plain plain key of each rendered object to the digest of its content before versioning: what blame and quarantine
 *     speak of
 * @param contentNamed plain keys of objects whose names hold a hash of their content
 * @param versions plain key of a template to the key of its version
 * @param findings what is wrong
 */
public record Release(
        String path,
        List<Manifest> objects,
        Digest digest,
        Map<ObjectKey, Digest> plain,
        Set<ObjectKey> contentNamed,
        Map<ObjectKey, ObjectKey> versions,
        List<Finding> findings) {

    /** Names what the digest covers. A change of it is a new name. */
    public static final String SCHEMA = "plumbline.dev/release-content/v1";

    /** Keeps its own copies. */
    public Release {
        objects = List.copyOf(objects);
        plain = Collections.unmodifiableMap(new TreeMap<>(plain));
        contentNamed = Collections.unmodifiableSet(new TreeSet<>(contentNamed));
        versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        findings = List.copyOf(findings);
    }

    /**
     * The Release of rendered objects.
     *
     * @param rendered objects as rendered
     * @param versioned the same after versioning
     * @param findings everything that was found, the findings of versioning included
     */
    public static Release of(String path, List<Manifest> rendered, Versioned versioned, List<Finding> findings) {
        Map<ObjectKey, Digest> plain = new LinkedHashMap<>();
        Set<ObjectKey> contentNamed = new TreeSet<>();
        for (Manifest object : rendered) {
            plain.put(object.key(), object.digest());
            if (object.origin().contentNamed()) {
                contentNamed.add(object.key());
            }
        }
        return new Release(
                path,
                versioned.objects(),
                digestOf(versioned.objects()),
                plain,
                contentNamed,
                versioned.versions(),
                findings);
    }

    /** Whether it may be applied. */
    public boolean valid() {
        return !Finding.anyError(findings);
    }

    /** The digest of a set of objects; their order does not count. */
    public static Digest digestOf(List<Manifest> objects) {
        Map<String, @Nullable Object> contents = new TreeMap<>();
        for (Manifest object : objects) {
            contents.put(object.key().toString(), object.digest().value());
        }
        List<Object> root = new ArrayList<>();
        root.add(SCHEMA);
        root.add(CanonicalForm.VERSION);
        root.add(contents);
        return CanonicalForm.digest(root);
    }
}
