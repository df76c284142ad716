package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Artifacts in a folder, by key.
 *
 * @param root the folder
 */
record ArtifactStore(Path root) implements ArtifactPlace {

    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    /**
     * What was stored.
     *
     * @param digest of the stored bytes; of a folder that is stored as it is, of its {@code sha256sum} listing in order of path
     * @param bytes size as stored
     */
    record Stored(Digest digest, long bytes) {}

    /** Stores a file or folder with the usual compression. */
    Stored put(String key, Path source, Packing packing) throws IOException {
        return put(key, source, packing, Packing.USUAL_LEVEL);
    }

    /** What stood under the key is replaced at once. */
    @Override
    public Stored put(String key, Path source, Packing packing, int level) throws IOException {
        Path target = place(key);
        Path draft = target.resolveSibling(target.getFileName() + ".draft");
        Files.createDirectories(draft.getParent());
        delete(draft);
        switch (packing) {
            case TAR -> {
                try (OutputStream out = new Gzip(Files.newOutputStream(draft), level)) {
                    TarArchive.write(source, out);
                }
            }
            case ZIP -> {
                try (OutputStream out = Files.newOutputStream(draft)) {
                    ZipArchive.write(source, out);
                }
            }
            case NONE -> copy(source, draft);
        }
        delete(target);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        return describe(target);
    }

    /** Folders that become empty go too. */
    @Override
    public void remove(String key) throws IOException {
        Path target = place(key);
        delete(target);
        for (Path above = target.getParent();
                above != null && !above.equals(root.normalize());
                above = above.getParent()) {
            try {
                Files.deleteIfExists(above);
            } catch (DirectoryNotEmptyException e) {
                return; // It is another artifact's as well.
            }
        }
    }

    @Override
    public void get(String key, Path target, Packing packing) throws IOException {
        Path source = place(key);
        if (!Files.exists(source)) {
            throw new IOException("no artifact with key " + key);
        }
        Files.createDirectories(target.getParent());
        boolean packed = packing != Packing.NONE && Files.isRegularFile(source);
        if (packed && begins(source, GZIP)) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(source))) {
                TarArchive.extract(in, target);
            }
        } else if (packed && begins(source, ZIP)) {
            try (InputStream in = Files.newInputStream(source)) {
                ZipArchive.extract(in, target);
            }
        } else {
            copy(source, target);
        }
    }

    /** Gzip of a level in the words of Go, which has one more than Java: -2, without any matches. */
    private static final class Gzip extends GZIPOutputStream {

        Gzip(OutputStream out, int level) throws IOException {
            super(out);
            if (level < Deflater.DEFAULT_COMPRESSION) {
                def.setStrategy(Deflater.HUFFMAN_ONLY);
            } else {
                def.setLevel(level);
            }
        }
    }

    private static boolean begins(Path file, byte[] mark) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(mark.length), mark);
        }
    }

    private Path place(String key) throws IOException {
        Path path = root.resolve(key).normalize();
        if (key.isEmpty() || !path.startsWith(root) || path.equals(root)) {
            throw new IOException("artifact key '" + key + "' leaves the artifact folder");
        }
        return path;
    }

    private static Stored describe(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return new Stored(digest(path), Files.size(path));
        }
        StringBuilder listing = new StringBuilder();
        long bytes = 0;
        for (Path file : walk(path)) {
            if (Files.isRegularFile(file)) {
                listing.append(digest(file).hex())
                        .append("  ")
                        .append(path.relativize(file))
                        .append('\n');
                bytes += Files.size(file);
            }
        }
        return new Stored(Digest.of(listing.toString().getBytes(StandardCharsets.UTF_8)), bytes);
    }

    private static Digest digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Digest.of(in);
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        for (Path path : walk(source)) {
            if (Files.isSymbolicLink(path)) {
                throw new IOException("symbolic links are not stored: " + path);
            }
            Path to = target.resolve(source.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(to);
            } else {
                Files.copy(path, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static List<Path> walk(Path path) throws IOException {
        try (Stream<Path> walk = Files.walk(path)) {
            return walk.sorted().toList();
        }
    }

    /** Deletes a file or folder, if there is one; folders that were made read-only too. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(path)) {
            walk.filter(Files::isDirectory)
                    .toList()
                    .forEach(folder -> folder.toFile().setWritable(true, true));
        }
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(path)) {
            entries = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : entries) {
            Files.delete(entry);
        }
    }
}
