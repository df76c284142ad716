package dev.plumbline.registry.sign;

import java.util.List;
import java.util.Optional;

/**
 * The keys that somebody believes. They come from outside of what they verify, never from beside a signature.
 *
 * @param keys each key once
 */
public record Keyring(List<KnownKey> keys) {

    /** Keeps its own copy. */
    public Keyring {
        keys = List.copyOf(keys);
    }

    /** The key that a hint names: a fingerprint, or the digest of its PEM form. A hint is not authenticated, and proves nothing. */
    public Optional<KnownKey> find(String hint) {
        return keys.stream()
                .filter(known -> known.key().fingerprint().equals(hint)
                        || known.key().pemDigest().equals(hint))
                .findFirst();
    }
}
