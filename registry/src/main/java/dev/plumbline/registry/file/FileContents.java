package dev.plumbline.registry.file;

import dev.plumbline.registry.source.FileTooLargeException;
import dev.plumbline.registry.source.Snapshot;
import dev.plumbline.registry.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The files of a folder as they were when each was first found, by the id that Git would give their content. */
final class FileContents {

    /** Most bytes of files that are kept in memory: 64 MiB. */
    static final long MAX_KEPT_BYTES = 64L * 1024 * 1024;

    private final Map<Path, Content> contents = new ConcurrentHashMap<>();
    private final Map<String, Path> places = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();

    /**
     * A file as it was found.
     *
     * @param bytes null where they are not kept
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Content(String id, long size, byte @Nullable [] bytes) {}

    /** The content of a file, read at the first call; one that is too large is never read. */
    Content of(Path path, long size) throws SourceException {
        Content known = contents.get(path);
        if (known != null) {
            return known;
        }
        Content fresh = size > Snapshot.MAX_FILE_BYTES ? new Content("too-large:" + path, size, null) : content(path);
        Content other = contents.putIfAbsent(path, fresh);
        Content content = other == null ? fresh : other;
        places.putIfAbsent(content.id, path);
        return content;
    }

    byte[] read(Snapshot.Entry file) throws SourceException {
        Path path = places.get(file.id());
        Content content = path == null ? null : contents.get(path);
        if (path == null || content == null) {
            throw new IllegalArgumentException("not an entry of this snapshot: " + file);
        }
        if (content.size > Snapshot.MAX_FILE_BYTES) {
            throw new FileTooLargeException(file.path(), content.size, Snapshot.MAX_FILE_BYTES);
        }
        return content.bytes == null ? again(path, content) : content.bytes.clone();
    }

    private Content content(Path path) throws SourceException {
        try {
            byte[] bytes = Files.readAllBytes(path);
            boolean keep = kept.addAndGet(bytes.length) <= MAX_KEPT_BYTES;
            return new Content(blobId(bytes), bytes.length, keep ? bytes : null);
        } catch (IOException e) {
            throw FolderSnapshot.failed(path, e);
        }
    }

    private static byte[] again(Path path, Content content) throws SourceException {
        try {
            byte[] bytes = Files.readAllBytes(path);
            if (blobId(bytes).equals(content.id)) {
                return bytes;
            }
            throw new SourceException(
                    "tried to read " + path + ", failed because it changed meanwhile; try again", true);
        } catch (IOException e) {
            throw FolderSnapshot.failed(path, e);
        }
    }

    private static String blobId(byte[] bytes) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(("blob " + bytes.length + '\0').getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
