package dev.plumbline.controller.local.cluster;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.JsonException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Files of records: length (4 bytes), CRC-32C of the payload (4 bytes), payload (a JSON object in UTF-8). */
final class RecordFile {

    /** Longest payload that is read, in bytes. */
    static final int MAX_RECORD = 64 * 1024 * 1024;

    private static final int HEAD = 8;

    private RecordFile() {}

    /** Takes one record. */
    interface Sink {
        /** May refuse by throwing. */
        void record(Map<String, @Nullable Object> payload) throws IOException;
    }

    /** Frames a payload. */
    static byte[] frame(byte[] payload) {
        CRC32C sum = new CRC32C();
        sum.update(payload);
        return ByteBuffer.allocate(HEAD + payload.length)
                .putInt(payload.length)
                .putInt((int) sum.getValue())
                .put(payload)
                .array();
    }

    /**
     * Reads records until the end, or until one is not whole.
     *
     * @return how many bytes were whole records; less than the file's length when its tail is torn
     */
    static long read(Path file, Sink sink) throws IOException {
        long whole = 0;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                byte[] payload = payload(in);
                if (payload == null) {
                    return whole;
                }
                sink.record(Json.parseObject(payload));
                whole += HEAD + payload.length;
            }
        } catch (JsonException e) {
            throw new IOException("record at byte " + whole + " of " + file + " is not JSON: " + e.getMessage(), e);
        }
    }

    private static byte @Nullable [] payload(DataInputStream in) throws IOException {
        try {
            int length = in.readInt();
            int expected = in.readInt();
            if (length <= 0 || length > MAX_RECORD) {
                return null;
            }
            byte[] payload = in.readNBytes(length);
            CRC32C sum = new CRC32C();
            sum.update(payload);
            return payload.length == length && (int) sum.getValue() == expected ? payload : null;
        } catch (EOFException e) {
            return null;
        }
    }

    /** Writes all bytes. */
    static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Makes a file that is either there whole, or not at all. */
    static void replace(Path file, Iterable<byte[]> chunks) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            for (byte[] chunk : chunks) {
                block.writeBytes(chunk);
                if (block.size() > 1 << 16) {
                    write(channel, block.toByteArray());
                    block.reset();
                }
            }
            write(channel, block.toByteArray());
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        sync(file.toAbsolutePath().getParent());
    }

    /** Puts the names in a folder on disk. */
    static void sync(@Nullable Path folder) throws IOException {
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
