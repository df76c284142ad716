package dev.plumbline.controller.local.runner;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tar archives of one file or folder, as Argo makes them: everything stands below the base name of what was archived. Names,
 * contents and the executable bit are kept, times and owners are not, so that equal content gives equal bytes.
 */
final class TarArchive {

    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final long MAX_FILE = (1L << 33) - 1;

    private TarArchive() {}

    /** Writes a file or folder. Symbolic links are refused by name. */
    static void write(Path source, OutputStream out) throws IOException {
        Path base = source.getParent() == null ? source : source.getParent();
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(source)) {
            entries = walk.sorted().toList();
        }
        for (Path entry : entries) {
            if (Files.isSymbolicLink(entry)) {
                throw new IOException("symbolic links are not archived: " + entry);
            }
            boolean folder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
            long size = folder ? 0 : Files.size(entry);
            if (size > MAX_FILE) {
                throw new IOException("files over " + MAX_FILE + " bytes are not archived: " + entry);
            }
            String name = base.relativize(entry).toString() + (folder ? "/" : "");
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > NAME) {
                byte[] pax = pax(name);
                out.write(header("pax", pax.length, 'x', 0644));
                padded(pax, out);
            }
            out.write(header(name, size, folder ? '5' : '0', folder || Files.isExecutable(entry) ? 0755 : 0644));
            if (!folder) {
                Files.copy(entry, out);
                out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
            }
        }
        out.write(new byte[2 * BLOCK]);
    }

    /** Unpacks what {@link #write} wrote: the archived file or folder becomes {@code target}. */
    static void extract(InputStream in, Path target) throws IOException {
        BufferedInputStream from = new BufferedInputStream(in);
        String longName = null;
        while (true) {
            byte[] header = exactly(from, BLOCK);
            if (header[0] == 0) {
                return;
            }
            long size = Long.parseLong(text(header, 124, 12).trim(), 8);
            String name = longName == null ? text(header, 0, NAME) : longName;
            longName = null;
            char type = (char) header[156];
            Path path = place(name, target);
            switch (type) {
                case 'x' -> longName = paxPath(new String(block(from, size), StandardCharsets.UTF_8));
                case '5' -> Files.createDirectories(path);
                case '0' -> {
                    Path parent = path.getParent();
                    if (parent != null) {
                        Files.createDirectories(parent);
                    }
                    file(from, size, path);
                    if ((Integer.parseInt(text(header, 100, 8).trim(), 8) & 0100) != 0) {
                        path.toFile().setExecutable(true, false);
                    }
                }
                default -> throw new IOException("the archive holds an entry of type '" + type + "'");
            }
        }
    }

    /** Where an entry goes: below the target, without the first name. */
    static Path place(String name, Path target) throws IOException {
        int slash = name.indexOf('/');
        Path path =
                slash < 0 ? target : target.resolve(name.substring(slash + 1)).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("the archive holds a name that leaves its folder: " + name);
        }
        return path;
    }

    private static void file(InputStream in, long size, Path path) throws IOException {
        try (OutputStream out = Files.newOutputStream(path)) {
            long left = size;
            byte[] buffer = new byte[8192];
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (count < 0) {
                    throw new EOFException("the archive ends in the middle of " + path.getFileName());
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
        exactly(in, (int) ((BLOCK - size % BLOCK) % BLOCK));
    }

    private static byte[] block(InputStream in, long size) throws IOException {
        if (size > BLOCK * 128) {
            throw new IOException("the archive holds a name of " + size + " bytes");
        }
        byte[] content = exactly(in, (int) size);
        exactly(in, (int) ((BLOCK - size % BLOCK) % BLOCK));
        return content;
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the archive ends too early");
        }
        return bytes;
    }

    private static byte[] header(String name, long size, char type, int mode) {
        byte[] header = new byte[BLOCK];
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, 0, Math.min(bytes.length, NAME));
        put(header, 100, String.format("%07o", mode));
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format("%011o", size));
        put(header, 136, "00000000000");
        header[156] = (byte) type;
        put(header, 257, "ustar");
        put(header, 263, "00");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte octet : header) {
            sum += octet & 0xff;
        }
        put(header, 148, String.format("%06o", sum));
        header[154] = 0;
        return header;
    }

    private static byte[] pax(String name) {
        String record = " path=" + name + "\n";
        int length = record.getBytes(StandardCharsets.UTF_8).length;
        int digits = Integer.toString(length + 1).length();
        int total = length + digits;
        total = Integer.toString(total).length() > digits ? total + 1 : total;
        return (total + record).getBytes(StandardCharsets.UTF_8);
    }

    private static String paxPath(String record) throws IOException {
        int start = record.indexOf(" path=");
        if (start < 0 || !record.endsWith("\n")) {
            throw new IOException("the archive holds an extended header without a path");
        }
        return record.substring(start + 6, record.length() - 1);
    }

    private static void padded(byte[] content, OutputStream out) throws IOException {
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }
}
