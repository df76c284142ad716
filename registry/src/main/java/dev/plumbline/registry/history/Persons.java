package dev.plumbline.registry.history;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.store.RefStore;
import dev.plumbline.registry.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names of persons, apart from what they did: entries hold a salted digest, and the name behind it is a ref of its own that can
 * be erased without breaking any entry.
 */
public final class Persons {

    private static final String SCHEMA = "plumbline.dev/person/v1";

    private static final String ALGORITHM = "HmacSHA256";

    private final RefStore refs;
    private final String prefix;
    private final String salt;
    private final Map<Digest, Person> known = new ConcurrentHashMap<>();

    /**
     * Persons under a prefix of a store.
     *
     * @param salt a secret of the store, so that a digest cannot be found by trying names
     */
    public Persons(RefStore refs, String prefix, String salt) {
        this.refs = refs;
        this.prefix = prefix;
        this.salt = salt;
    }

    /**
     * The digest that stands for a person, whose name is kept.
     *
     * @throws StoreException when the name could not be kept
     */
    public Digest digest(Person person) throws StoreException {
        Digest digest = salted(person);
        if (!known.containsKey(digest)) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("schema", SCHEMA);
            map.put("name", person.name());
            map.put("email", person.email());
            // Where somebody was first, it is the same name, or the erasure that must stay.
            refs.compareAndSet(name(digest), null, Json.bytes(map));
            known.put(digest, person);
        }
        return digest;
    }

    private Digest salted(Person person) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] hash = mac.doFinal(Json.bytes(List.of(person.name(), person.email())));
            return new Digest("sha256:" + HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * The person behind a digest; empty when erased or never known.
     *
     * @throws StoreException when the store cannot be read
     */
    public Optional<Person> find(Digest digest) throws StoreException {
        Optional<byte[]> bytes = refs.read(name(digest));
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<String, @Nullable Object> map = Json.parseObject(bytes.get());
            if (!SCHEMA.equals(map.get("schema"))) {
                throw new JsonException("expected schema " + SCHEMA + " but found " + map.get("schema"));
            }
            if (Boolean.TRUE.equals(map.get("erased"))) {
                return Optional.empty();
            }
            return Optional.of(new Person(Tree.text(map, "name"), Tree.text(map, "email")));
        } catch (JsonException e) {
            throw new StoreException("the person " + digest + " cannot be read: " + e.getMessage(), false, e);
        }
    }

    /**
     * Forgets the name behind a digest. What the person did stays, without the name, and the name is not kept
     * again when the person acts again.
     *
     * @throws StoreException when it is unknown whether it was forgotten
     */
    public void erase(Digest digest) throws StoreException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("schema", SCHEMA);
        map.put("erased", true);
        byte[] erased = Json.bytes(map);
        while (!refs.compareAndSet(name(digest), refs.read(name(digest)).orElse(null), erased)) {
            // Somebody wrote in between; what they wrote is erased too.
        }
    }

    private String name(Digest digest) {
        return prefix + "/" + digest.hex();
    }
}
