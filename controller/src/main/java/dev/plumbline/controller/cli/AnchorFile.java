package dev.plumbline.controller.cli;

import dev.plumbline.registry.evidence.Bundle;
import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.EvidenceLog;
import dev.plumbline.registry.evidence.LogSeal;
import dev.plumbline.registry.evidence.StoredSync;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Seals in a file outside of the store, one a line. Each line stays: a log that was written anew is found by the oldest of them.
 *
 * @param file the file; null for none
 */
record AnchorFile(@Nullable Path file) {

    /** The seals in it; none when there is no file. */
    List<Bundle> read() throws IOException {
        List<Bundle> anchors = new ArrayList<>();
        if (file == null || !Files.exists(file)) {
            return anchors;
        }
        for (String line : Files.readAllLines(file)) {
            try {
                anchors.add(Bundle.of(line.getBytes(StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        "line " + (anchors.size() + 1) + " of " + file + " is no seal: " + e.getMessage(), e);
            }
        }
        return anchors;
    }

    /** A log that an anchor saw and that the store does not have is gone as a whole. */
    List<Check> unknown(List<Bundle> anchors, List<StoredSync> syncs, Stores stores) {
        Set<String> known = syncs.stream()
                .map(sync -> new EvidenceLog(stores, sync.cluster(), sync.id()).stream())
                .collect(Collectors.toSet());
        return anchors.stream()
                .map(anchor -> LogSeal.of(anchor).log())
                .filter(log -> !known.contains(log))
                .distinct()
                .map(log -> new Check(Check.State.WRONG, log, "was removed: an anchor saw it, the store does not have it"))
                .toList();
    }

    /** Appends the newest seal of each log, where it is not the last that the file has of it. */
    void append(Stores stores, List<StoredSync> syncs) throws StoreException, IOException {
        StringBuilder lines = new StringBuilder();
        Set<String> there = read().stream()
                .map(anchor -> new String(anchor.bytes(), StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
        for (StoredSync sync : syncs) {
            new EvidenceLog(stores, sync.cluster(), sync.id())
                    .newest()
                    .map(seal -> new String(seal.bytes(), StandardCharsets.UTF_8))
                    .filter(line -> !there.contains(line))
                    .ifPresent(line -> lines.append(line).append('\n'));
        }
        if (file != null) {
            Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
