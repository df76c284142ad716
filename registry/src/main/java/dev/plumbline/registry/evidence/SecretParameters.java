package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.run.NodeOutcome;
import dev.plumbline.registry.run.RunRecord;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps secrets out of what is recorded for ever. The value of a parameter that looks like a secret, by its name or by itself, or
 * that is declared to be one, becomes a salted digest; so does the same value wherever else it stands in a record.
 */
public final class SecretParameters {

    /** What a digest that stands for a value begins with. */
    public static final String MARK = "salted-sha256:";

    private static final String ALGORITHM = "HmacSHA256";

    /** Characters of a digest after its mark. */
    private static final int DIGEST_LENGTH = 64;

    /** Shortest value that is looked for elsewhere: a shorter one stands in too many texts by chance. */
    private static final int SHORTEST = 6;

    private static final Set<String> WORDS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "secret",
            "secrets",
            "token",
            "credential",
            "credentials",
            "authorization",
            "apikey",
            "accesskey",
            "privatekey",
            "secretkey");

    private static final Pattern KEYS = Pattern.compile(".*\\b(api|access|private|secret|signing|encryption) key\\b.*");

    /** Addresses with a password, keys of AWS, GitHub, GitLab, Slack, Google and Hugging Face, web tokens, private keys. */
    private static final Pattern VALUES =
            Pattern.compile("(?s).*(://[^/@\\s:]*:[^/@\\s]+@|\\b(AKIA|ASIA)[A-Z0-9]{16}\\b"
                    + "|\\bgh[pousr]_[A-Za-z0-9]{20}|\\bgithub_pat_|\\bglpat-|\\bxox[abprs]-|\\bAIza[A-Za-z0-9_-]{30}|\\bhf_[A-Za-z]{20}"
                    + "|\\bsk-[A-Za-z0-9_-]{20}|\\beyJ[A-Za-z0-9_-]+\\.eyJ|-----BEGIN [A-Z ]*PRIVATE KEY).*");

    private final String salt;
    private final Set<String> declared;

    /**
     * The rule of one store.
     *
     * @param salt a secret of the store, so that a digest cannot be found by trying values
     * @param declared names of further parameters whose values are secret
     */
    public SecretParameters(String salt, Set<String> declared) {
        this.salt = salt;
        this.declared = Set.copyOf(declared);
    }

    /** Whether a parameter of this name and value is taken for a secret. */
    public boolean secret(String name, String value) {
        if (value.isEmpty() || value.startsWith(MARK)) {
            return false;
        }
        String words = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .replaceAll("[^A-Za-z0-9]+", " ")
                .toLowerCase(Locale.ROOT);
        return declared.contains(name)
                || List.of(words.split(" ", -1)).stream().anyMatch(WORDS::contains)
                || KEYS.matcher(words).matches()
                || VALUES.matcher(value).matches();
    }

    /** What stands for a secret value: equal for equal names and values of one store. */
    public String digest(String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return MARK + HexFormat.of().formatHex(mac.doFinal(Json.bytes(List.of("parameter", value))));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * Whether a value is the one that a record holds, with salted digests in the place of its secrets.
     *
     * @param recorded what the record holds of it
     */
    public boolean stands(String recorded, String value) {
        int mark = recorded.indexOf(MARK);
        int end = mark + MARK.length() + DIGEST_LENGTH;
        if (mark < 0 || end > recorded.length()) {
            return recorded.equals(value);
        }
        if (!value.startsWith(recorded.substring(0, mark))) {
            return false;
        }
        String digest = recorded.substring(mark, end);
        String rest = recorded.substring(end);
        String plain = rest.contains(MARK) ? rest.substring(0, rest.indexOf(MARK)) : rest;
        for (int to = value.indexOf(plain, mark);
                to >= 0;
                to = to < value.length() ? value.indexOf(plain, to + 1) : -1) {
            boolean last = plain.length() == rest.length();
            if ((!last || to + plain.length() == value.length())
                    && digest(value.substring(mark, to)).equals(digest)
                    && stands(rest, value.substring(to))) {
                return true;
            }
        }
        return false;
    }

    /** The same record without secrets. */
    public RunRecord redact(RunRecord record) {
        // The longest first: a secret may stand within another.
        Set<String> found = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        collect(found, record.parameters());
        collect(found, record.outputs());
        for (NodeOutcome node : record.nodes()) {
            collect(found, node.inputs());
            collect(found, node.outputs());
        }
        if (found.isEmpty()) {
            return record;
        }
        return record.redacted(
                redact(record.parameters(), found),
                record.nodes().stream().map(node -> redact(node, found)).toList(),
                redact(record.outputs(), found),
                text(record.message(), found));
    }

    private void collect(Set<String> found, Map<String, String> parameters) {
        parameters.forEach((name, value) -> {
            if (secret(name, value)) {
                found.add(value);
            }
        });
    }

    private NodeOutcome redact(NodeOutcome node, Set<String> found) {
        return new NodeOutcome(
                node.id(),
                node.name(),
                node.type(),
                node.definition(),
                node.phase(),
                text(node.message(), found),
                node.startedAt(),
                node.finishedAt(),
                node.exitCode(),
                redact(node.inputs(), found),
                redact(node.outputs(), found),
                node.images());
    }

    private Map<String, String> redact(Map<String, String> parameters, Set<String> found) {
        Map<String, String> redacted = new TreeMap<>();
        parameters.forEach((name, value) ->
                redacted.put(name, secret(name, value) || found.contains(value) ? digest(value) : text(value, found)));
        return redacted;
    }

    private String text(String text, Set<String> found) {
        String redacted = text;
        for (String secret : found) {
            if (secret.length() >= SHORTEST) {
                redacted = redacted.replace(secret, digest(secret));
            }
        }
        return redacted;
    }
}
