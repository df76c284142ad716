package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An in-toto Statement v1. Its bytes are those of the canonical form: the same statement has the same bytes everywhere.
 *
 * @param subjects at least one
 * @param predicateType what kind of predicate it is, a URI
 * @param predicate what is said; may not be changed
 */
public record Statement(List<Subject> subjects, String predicateType, Map<String, @Nullable Object> predicate) {

    /** Its {@code _type}. */
    public static final String TYPE = "https://in-toto.io/Statement/v1";

    private static final String OLD_TYPE = "https://in-toto.io/Statement/v0.1";

    /** Type of SLSA Provenance v1. */
    public static final String PROVENANCE = "https://slsa.dev/provenance/v1";

    /** Type of SLSA's Verification Summary v1. */
    public static final String SUMMARY = "https://slsa.dev/verification_summary/v1";

    /** Type of OpenSSF Model Signing v1.0. */
    public static final String MODEL_SIGNATURE = "https://model_signing/signature/v1.0";

    /** Refuses one without a subject: no verifier takes it. */
    public Statement {
        subjects = List.copyOf(subjects);
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("a statement needs a subject");
        }
    }

    /** Its bytes. */
    public byte[] bytes() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("_type", TYPE);
        tree.put("subject", subjects.stream().map(Subject::tree).toList());
        tree.put("predicateType", predicateType);
        tree.put("predicate", predicate);
        return CanonicalForm.text(tree).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a statement in any JSON form.
     *
     * @throws IllegalArgumentException when the bytes are none, with the reason
     */
    public static Statement of(byte[] bytes) {
        return of(bytes, false);
    }

    /**
     * Reads a statement that another program made: also of version 0.1, which differs in its name alone, and with subjects that
     * are known by other digests, which are left out.
     *
     * @throws IllegalArgumentException when the bytes are none, with the reason
     */
    static Statement ofOthers(byte[] bytes) {
        return of(bytes, true);
    }

    private static Statement of(byte[] bytes, boolean others) {
        try {
            Map<String, @Nullable Object> tree = Json.parseObject(bytes);
            Object type = tree.get("_type");
            if (!TYPE.equals(type) && !(others && OLD_TYPE.equals(type))) {
                throw new IllegalArgumentException("its _type is " + type + " and not " + TYPE);
            }
            return new Statement(
                    Tree.maps(tree, "subject").stream()
                            .filter(subject -> !others || Tree.at(subject, "digest", "sha256") != null)
                            .map(Subject::read)
                            .toList(),
                    Tree.text(tree, "predicateType"),
                    Tree.map(tree, "predicate"));
        } catch (JsonException e) {
            throw new IllegalArgumentException("it is no JSON: " + e.getMessage(), e);
        }
    }
}
