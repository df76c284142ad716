package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.live.ClusterException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The folder of one embedded cluster, held by one process at a time. */
final class DataFolder implements AutoCloseable {

    private final FileChannel channel;
    private final String clusterId;

    private DataFolder(FileChannel channel, String clusterId) {
        this.channel = channel;
        this.clusterId = clusterId;
    }

    /** Takes the folder, which is made where it is missing. */
    static DataFolder open(Path folder) throws IOException, ClusterException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new ClusterException(
                        ClusterException.Reason.UNAVAILABLE,
                        null,
                        "opening the embedded cluster in " + folder
                                + " failed, because another process holds it; end that one first");
            }
            try (var files = Files.list(folder)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".tmp")).toList()) {
                    Files.delete(file);
                }
            }
            return new DataFolder(channel, identity(folder.resolve("cluster-id")));
        } catch (IOException | ClusterException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String identity(Path file) throws IOException {
        if (!Files.exists(file)) {
            String made = UUID.randomUUID().toString();
            RecordFile.replace(file, List.of(made.getBytes(StandardCharsets.UTF_8)));
        }
        return Files.readString(file).strip();
    }

    String clusterId() {
        return clusterId;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
