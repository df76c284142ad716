package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.sign.Keyring;
import dev.plumbline.registry.sign.VerificationKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks a Sigstore bundle that somebody else made, such as cosign or OpenSSF's model signing, against bytes and keys that are
 * given. A bundle holds a signed statement about the bytes, or a signature over the bytes themselves. Its hints prove nothing: any
 * key that is believed may have signed it.
 */
public final class BundleCheck {

    private final Keyring keys;
    private final Digest digest;
    private final List<ModelFile> files;
    private final List<Check> checks = new ArrayList<>();

    private BundleCheck(Keyring keys, Digest digest, List<ModelFile> files) {
        this.keys = keys;
        this.digest = digest;
        this.files = files;
    }

    /**
     * Checks a bundle. What is wrong with it is among the checks, and thrown by nobody.
     *
     * @param bundle its bytes
     * @param digest of the bytes that were given: of one file, or of a model as a whole
     * @param files the files that were given, without the bundle's own; none where only a digest was
     */
    public static List<Check> of(byte[] bundle, Keyring keys, Digest digest, List<ModelFile> files) {
        BundleCheck check = new BundleCheck(keys, digest, files);
        try {
            Map<String, @Nullable Object> tree = Json.parseObject(bundle);
            if (Tree.at(tree, "messageSignature") == null) {
                check.statement(Bundle.of(bundle));
            } else {
                check.message(tree);
            }
        } catch (JsonException e) {
            check.checks.add(Check.wrong("bundle", "is no JSON: " + e.getMessage()));
        } catch (IllegalArgumentException e) {
            check.checks.add(Check.wrong("bundle", e.getMessage()));
        }
        return List.copyOf(check.checks);
    }

    /** A signature over the bytes themselves. */
    private void message(Map<String, @Nullable Object> tree) {
        if (Tree.at(tree, "verificationMaterial", "publicKey") == null) {
            throw new IllegalArgumentException("it is signed with a certificate, and only plain keys are checked here");
        }
        byte[] signature = Base64.getDecoder().decode(Tree.text(tree, "messageSignature", "signature"));
        signed(key -> key.verifies(digest, signature), "signs these bytes");
    }

    private void statement(Bundle bundle) {
        if (!signed(bundle::signedBy, "holds a signed statement")) {
            return;
        }
        Statement statement = Statement.ofOthers(bundle.payload());
        if (statement.predicateType().equals(Statement.MODEL_SIGNATURE)) {
            model(statement);
            return;
        }
        boolean about = statement.subjects().stream()
                .anyMatch(subject -> subject.digest().equals(digest));
        checks.add(
                about
                        ? Check.ok("subject", "the statement, " + statement.predicateType() + ", is about these bytes")
                        : Check.wrong(
                                "subject",
                                "the statement, " + statement.predicateType() + ", is not about these bytes, "
                                        + digest));
    }

    private boolean signed(Predicate<VerificationKey> verifies, String what) {
        Optional<VerificationKey> key =
                keys.keys().stream().map(known -> known.key()).filter(verifies).findFirst();
        checks.add(
                key.isPresent()
                        ? Check.ok("signature", what + ", by the key " + key.get())
                        : Check.wrong(
                                "signature", "is of none of the keys that you believe, or what it signs was changed"));
        return key.isPresent();
    }

    private void model(Statement statement) {
        Map<String, @Nullable Object> how = Tree.map(statement.predicate(), "serialization");
        String method = Tree.text(how, "method");
        String hash = Tree.text(how, "hash_type");
        if (!method.equals("files") || !hash.equals("sha256")) {
            checks.add(Check.wrong(
                    "model",
                    "was signed with the method " + method + " and the hash " + hash
                            + "; only files and sha256 are checked here, so sign it with these"));
            return;
        }
        List<ModelFile> listed = ModelFile.listed(statement);
        Map<String, Digest> signed = byName(listed);
        if (signed.size() != listed.size() || signed.isEmpty()) {
            checks.add(Check.wrong("model", "lists no file, or one file twice"));
        } else if (!statement.subjects().getFirst().digest().equals(ModelFile.root(listed))) {
            checks.add(Check.wrong("model", "the files that were signed do not add up to the signed root"));
        } else if (files.isEmpty()) {
            checks.add(Check.wrong("model", "a model is checked by its files; name its file or folder"));
        } else {
            compare(signed, Tree.list(how, "ignore_paths"));
        }
    }

    private void compare(Map<String, Digest> signed, List<@Nullable Object> ignored) {
        Map<String, Digest> given = byName(files.stream()
                .filter(file -> ignored.stream().noneMatch(path -> below(file.name(), path)))
                .toList());
        int before = checks.size();
        signed.forEach((name, was) -> {
            Digest is = given.get(name);
            if (is == null) {
                checks.add(Check.wrong("file " + name, "was signed, and is missing"));
            } else if (!is.equals(was)) {
                checks.add(Check.wrong("file " + name, "was changed after it was signed"));
            }
        });
        given.keySet().stream()
                .filter(name -> !signed.containsKey(name))
                .forEach(name -> checks.add(Check.wrong("file " + name, "was not signed")));
        if (checks.size() == before) {
            checks.add(Check.ok("files", "the " + signed.size() + " files that were signed, and no other"));
        }
    }

    private static boolean below(String name, @Nullable Object path) {
        return path instanceof String text && !text.isEmpty() && (name.equals(text) || name.startsWith(text + "/"));
    }

    private static Map<String, Digest> byName(List<ModelFile> files) {
        Map<String, Digest> named = new TreeMap<>();
        files.forEach(file -> named.put(file.name(), file.digest()));
        return named;
    }
}
