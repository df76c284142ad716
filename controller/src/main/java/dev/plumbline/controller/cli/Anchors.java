package dev.plumbline.controller.cli;

import dev.plumbline.registry.evidence.Bundle;
import dev.plumbline.registry.evidence.Check;
import dev.plumbline.registry.evidence.EvidenceLog;
import dev.plumbline.registry.evidence.LogSeal;
import dev.plumbline.registry.evidence.StoredSync;
import dev.plumbline.registry.git.GitAnchor;
import dev.plumbline.registry.source.SourceException;
import dev.plumbline.registry.store.StoreException;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Seals outside of the store, one a line. Each line stays: a log that was written anew is found by the oldest of them.
 *
 * @param place a file, or the full name of a ref; null for none
 * @param repository where the ref is
 */
record Anchors(@Nullable String place, Path repository) {

    private static final String REFS = "refs/";

    /** The seals in it; none when it is not there. */
    List<Bundle> read() throws IOException {
        List<Bundle> anchors = new ArrayList<>();
        for (String line : text().lines().toList()) {
            try {
                anchors.add(Bundle.of(line.getBytes(StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        "line " + (anchors.size() + 1) + " of " + place + " is no seal: " + e.getMessage(), e);
            }
        }
        return anchors;
    }

    /** The seals in it, of which there must be one: who names an anchor relies on it. */
    List<Bundle> readSome() throws IOException {
        List<Bundle> anchors = read();
        if (anchors.isEmpty()) {
            throw new IOException(
                    "tried to read the anchor " + place
                            + ", failed because it is not there or holds no seal; name another --anchor, or make one with --write-anchor");
        }
        return anchors;
    }

    private String text() throws IOException {
        if (place == null) {
            return "";
        }
        if (place.startsWith(REFS)) {
            try {
                return new GitAnchor(repository, place).read();
            } catch (SourceException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return Files.exists(Path.of(place)) ? Files.readString(Path.of(place)) : "";
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
                .map(log ->
                        new Check(Check.State.WRONG, log, "was removed: an anchor saw it, the store does not have it"))
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
        if (place != null && !lines.isEmpty()) {
            write(place, lines.toString());
        }
    }

    private void write(String where, String lines) throws IOException {
        if (where.startsWith(REFS)) {
            try {
                new GitAnchor(repository, where).append(lines, Instant.now());
            } catch (SourceException e) {
                throw new IOException(e.getMessage(), e);
            }
        } else {
            Files.writeString(Path.of(where), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
