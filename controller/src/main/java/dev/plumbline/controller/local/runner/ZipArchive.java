package dev.plumbline.controller.local.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Zip archives of one file or folder, as Argo makes them: everything stands below the base name of what was archived. Names and
 * contents are kept, times, owners and modes are not, so that equal content gives equal bytes.
 */
final class ZipArchive {

    /** The earliest time that a zip can say. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ZipArchive() {}

    /** Writes a file or folder. Symbolic links are refused by name. */
    static void write(Path source, OutputStream out) throws IOException {
        Path base = source.getParent() == null ? source : source.getParent();
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(source)) {
            entries = walk.sorted().toList();
        }
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Path entry : entries) {
                if (Files.isSymbolicLink(entry)) {
                    throw new IOException("symbolic links are not archived: " + entry);
                }
                boolean folder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
                ZipEntry made = new ZipEntry(base.relativize(entry) + (folder ? "/" : ""));
                made.setTimeLocal(NO_TIME);
                zip.putNextEntry(made);
                if (!folder) {
                    Files.copy(entry, zip);
                }
                zip.closeEntry();
            }
        }
    }

    /** Unpacks what {@link #write} wrote: the archived file or folder becomes {@code target}. */
    static void extract(InputStream in, Path target) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = TarArchive.place(entry.getName(), target);
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Path parent = path.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.copy(zip, path, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
