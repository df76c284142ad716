package dev.plumbline.registry.evidence;

import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.CanonicalForm;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.Signer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the chained log: it seals a batch of entries of other streams, holds the digest of the seal before it, and is
 * signed, so each one is a checkpoint of everything before it. Format {@value #TYPE}.
 *
 * @param log name of the log
 * @param number its number, from 1
 * @param previous digest of the bytes of the seal before; null for the first
 * @param time when it was made
 * @param items what it seals, in the order of their streams
 */
public record LogSeal(String log, long number, @Nullable Digest previous, Instant time, List<SealedItem> items) {

    /** Type of its predicate. */
    public static final String TYPE = "https://plumbline.dev/log-seal/v1";

    /** Keeps its own copy. */
    public LogSeal {
        items = List.copyOf(items);
    }

    /**
     * Signs it.
     *
     * @throws SignException when the key cannot be used
     */
    Bundle sign(Signer signer) throws SignException {
        Map<String, @Nullable Object> predicate = new LinkedHashMap<>();
        predicate.put("log", log);
        predicate.put("number", number);
        if (previous != null) {
            predicate.put("previous", previous.value());
        }
        predicate.put("time", time.toString());
        predicate.put("items", items.stream().map(SealedItem::tree).toList());
        Subject subject = new Subject(log + "/" + number, CanonicalForm.digest(predicate), "");
        return Bundle.sign(new Statement(List.of(subject), TYPE, predicate).bytes(), signer, Bundle.Hints.FINGERPRINT);
    }

    /**
     * Reads what was signed.
     *
     * @throws IllegalArgumentException when it is no seal, with the reason
     */
    public static LogSeal of(Bundle bundle) {
        Statement statement = Statement.of(bundle.payload());
        Map<String, @Nullable Object> predicate = statement.predicate();
        if (!statement.predicateType().equals(TYPE)) {
            throw new IllegalArgumentException("its type is " + statement.predicateType() + " and not " + TYPE);
        }
        String previous = Tree.string(predicate, "previous");
        try {
            return new LogSeal(
                    Tree.text(predicate, "log"),
                    predicate.get("number") instanceof Long number ? number : 0,
                    previous == null ? null : new Digest(previous),
                    Instant.parse(Tree.text(predicate, "time")),
                    Tree.maps(predicate, "items").stream().map(SealedItem::read).toList());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("its time cannot be read", e);
        }
    }
}
