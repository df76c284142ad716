package dev.plumbline.registry.history;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.Person;
import dev.plumbline.registry.store.RefStore;
import dev.plumbline.registry.store.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Names of persons, apart from what they did: entries hold a salted digest, and the name behind it is a ref of its own that can
 * be erased without breaking any entry.
 */
public final class Persons {

    private static final String SCHEMA = "plumbline.dev/person/v1";

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
        Digest digest = Digest.of(salt + "\n" + person.name() + "\n" + person.email());
        if (known.putIfAbsent(digest, person) == null) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("schema", SCHEMA);
            map.put("name", person.name());
            map.put("email", person.email());
            refs.compareAndSet(name(digest), null, Json.bytes(map));
        }
        return digest;
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
            return Optional.of(new Person(Tree.text(map, "name"), Tree.text(map, "email")));
        } catch (JsonException e) {
            throw new StoreException("the person " + digest + " cannot be read: " + e.getMessage(), false, e);
        }
    }

    /**
     * Forgets the name behind a digest. What the person did stays, without the name.
     *
     * @throws StoreException when it is unknown whether it was forgotten
     */
    public void erase(Digest digest) throws StoreException {
        Optional<byte[]> bytes = refs.read(name(digest));
        if (bytes.isPresent()) {
            refs.compareAndSet(name(digest), bytes.get(), null);
        }
        known.remove(digest);
    }

    private String name(Digest digest) {
        return prefix + "/" + digest.hex();
    }
}
