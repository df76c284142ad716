package dev.plumbline.registry.keys;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.sign.Keyring;
import dev.plumbline.registry.sign.KnownKey;
import dev.plumbline.registry.sign.SignException;
import dev.plumbline.registry.sign.VerificationKey;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a folder: {@code keys.json} lists them, {@code NAME.pem} is a public half that stays for ever, and {@code NAME.key} the
 * private half of the one that signs, readable by its owner only. The list changes by renames, so a kill leaves a whole list, in
 * which at worst an old key is not yet retired. Several programs may use one folder.
 */
public final class KeyFolder {

    /** Names the form of the list. */
    public static final String SCHEMA = "plumbline.dev/keys/v1";

    private static final int NAME = 16;

    private final Path folder;

    /** The keys in a folder, which need not exist. */
    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the first key.
     *
     * @param now the time that is written down
     * @throws SignException when there is a key already, or the folder cannot be written
     */
    public KnownKey create(Instant now) throws SignException {
        return locked("make a key in", () -> {
            if (!read().isEmpty()) {
                throw new SignException("tried to make a key in " + folder
                        + ", refused because one is there; make the next one with `plumbline keys rotate`");
            }
            return add(List.of(), now);
        });
    }

    /**
     * Makes the first key unless one is there; answers the one that signs.
     *
     * @param now the time that is written down
     * @throws SignException when the folder cannot be read or written
     */
    public KnownKey ensure(Instant now) throws SignException {
        return locked("make a key in", () -> {
            List<KnownKey> keys = read();
            return keys.isEmpty() ? add(keys, now) : keys.getLast();
        });
    }

    /**
     * Makes the next key and deletes the private half of the one before, whose public half stays and verifies what it signed.
     *
     * @param clock tells when the old key was retired, which is asked after the new one signs: what the old one signed meanwhile
     *     states an earlier time
     * @param overlap how long the old key may sign elsewhere, where its private half was copied to
     * @throws SignException when there is no key yet, or the folder cannot be written
     */
    public KnownKey rotate(InstantSource clock, Duration overlap) throws SignException {
        return locked("rotate the key in", () -> {
            List<KnownKey> keys = read();
            if (keys.isEmpty()) {
                throw new SignException("tried to rotate the key in " + folder
                        + ", refused because none is there; make the first one with `plumbline keys create`");
            }
            KnownKey made = add(keys, clock.instant());
            Instant retired = clock.instant().plus(overlap);
            List<KnownKey> all = new ArrayList<>();
            for (KnownKey key : keys) {
                all.add(key.retired() == null ? new KnownKey(key.key(), key.created(), retired) : key);
            }
            all.add(made);
            replace(folder.resolve("keys.json"), Json.pretty(tree(all)) + "\n");
            for (KnownKey key : keys) {
                Files.deleteIfExists(privateFile(key.key()));
            }
            return made;
        });
    }

    /**
     * All keys, the one that signs last.
     *
     * @throws SignException when the folder cannot be read
     */
    public Keyring keyring() throws SignException {
        try {
            return new Keyring(read());
        } catch (IOException e) {
            throw failed("read the keys in", e);
        }
    }

    /** The folder. */
    Path folder() {
        return folder;
    }

    /** The file of the private half of a key. */
    Path privateFile(VerificationKey key) {
        return folder.resolve(name(key) + ".key");
    }

    SignException failed(String tried, Exception e) {
        return new SignException(
                "tried to " + tried + " " + folder + ", failed because of "
                        + e.getClass().getSimpleName() + ": " + e.getMessage() + "; repair or restore that folder",
                e);
    }

    /** From its return on the new key signs, and all of them verify. */
    private KnownKey add(List<KnownKey> before, Instant now) throws IOException {
        KeyPairFile pair = KeyPairFile.generate();
        KnownKey made = new KnownKey(pair.key(), now, null);
        Files.writeString(folder.resolve(name(pair.key()) + ".pem"), pair.key().pem());
        replace(privateFile(pair.key()), pair.text());
        List<KnownKey> keys = new ArrayList<>(before);
        keys.add(made);
        replace(folder.resolve("keys.json"), Json.pretty(tree(keys)) + "\n");
        return made;
    }

    private List<KnownKey> read() throws IOException {
        List<KnownKey> keys = new ArrayList<>();
        try {
            Map<String, @Nullable Object> tree = Json.parseObject(Files.readAllBytes(folder.resolve("keys.json")));
            if (!SCHEMA.equals(tree.get("schema"))) {
                throw new IOException("keys.json is no " + SCHEMA);
            }
            for (Map<String, @Nullable Object> entry : Tree.maps(tree, "keys")) {
                String retired = Tree.string(entry, "retired");
                keys.add(new KnownKey(
                        new VerificationKey(Tree.text(entry, "pem")),
                        Instant.parse(Tree.text(entry, "created")),
                        retired == null ? null : Instant.parse(retired)));
            }
        } catch (NoSuchFileException e) {
            return keys;
        } catch (JsonException | DateTimeException | IllegalArgumentException e) {
            throw new IOException("keys.json is damaged: " + e.getMessage(), e);
        }
        return keys;
    }

    private static Map<String, @Nullable Object> tree(List<KnownKey> keys) {
        List<@Nullable Object> list = new ArrayList<>();
        for (KnownKey key : keys) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("id", key.key().fingerprint());
            entry.put("created", String.valueOf(key.created()));
            if (key.retired() != null) {
                entry.put("retired", key.retired().toString());
            }
            entry.put("pem", key.key().pem());
            list.add(entry);
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("keys", list);
        return tree;
    }

    /** Files never stand there with wider rights than their owner's, not even for a moment. */
    private static void replace(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, rights("rw-------"));
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private <T> T locked(String tried, Work<T> work) throws SignException {
        // One lock per process as well: the file's lock is the whole process's.
        synchronized (KeyFolder.class) {
            try {
                if (!Files.exists(folder)) {
                    Files.createDirectories(folder.toAbsolutePath().getParent());
                    Files.createDirectory(folder, rights("rwx------"));
                }
                try (FileChannel channel = FileChannel.open(
                                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (!lock.isValid()) {
                        throw new IOException("the lock was lost");
                    }
                    return work.run();
                }
            } catch (IOException e) {
                throw failed(tried, e);
            }
        }
    }

    private static FileAttribute<?> rights(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    private static String name(VerificationKey key) {
        return key.pemDigest().substring(0, NAME);
    }

    /** Work while nobody else changes the folder. */
    private interface Work<T> {
        T run() throws IOException, SignException;
    }
}
