package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * One file of a model.
 *
 * @param name its path in the model, with {@code /}
 * @param digest SHA-256 of its bytes
 */
public record ModelFile(String name, Digest digest) {

    /** Most files of a model that statements list one by one; sigstore's verifier in Go takes 1,024 subjects. */
    public static final int MAX_LISTED = 1000;

    /** The order of OpenSSF Model Signing: by code points, which is the order of the UTF-8 bytes. */
    static final Comparator<ModelFile> ORDER = (one, other) -> Arrays.compareUnsigned(
            one.name().getBytes(StandardCharsets.UTF_8), other.name().getBytes(StandardCharsets.UTF_8));

    /** The files that a statement of a model's files lists. */
    public static List<ModelFile> listed(Statement signature) {
        return Tree.maps(signature.predicate(), "resources").stream()
                .map(resource -> new ModelFile(
                        Tree.text(resource, "name"), new Digest("sha256:" + Tree.text(resource, "digest"))))
                .toList();
    }

    /** The digest of a model as a whole: SHA-256 of the digests of its files in order, as bytes, without their names. */
    public static Digest root(List<ModelFile> files) {
        Digest.Sum sum = new Digest.Sum();
        files.stream()
                .sorted(ORDER)
                .map(file -> HexFormat.of().parseHex(file.digest().hex()))
                .forEach(bytes -> sum.add(bytes, bytes.length));
        return sum.digest();
    }
}
