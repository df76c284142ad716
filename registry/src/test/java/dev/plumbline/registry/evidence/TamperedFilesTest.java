package dev.plumbline.registry.evidence;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.file.FileStores;
import dev.plumbline.registry.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in a folder, of which any file is damaged or taken away: the check of the log says that something is wrong. */
class TamperedFilesTest {

    @TempDir
    Path folder;

    private SampleEvidence sample;
    private Stores stores;

    @BeforeEach
    void fill() throws Exception {
        stores = FileStores.open(folder);
        sample = new SampleEvidence(stores);
        assertFalse(Check.anyWrong(check()), check().toString());
    }

    @Test
    void anyFlippedByteIsFound() throws IOException {
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at : positions(bytes)) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= 1;
                Files.write(file, flipped);
                assertTrue(
                        Check.anyWrong(check()),
                        "byte " + at + " of " + folder.relativize(file) + ": "
                                + new String(flipped, StandardCharsets.UTF_8));
            }
            Files.write(file, bytes);
        }
        assertFalse(Check.anyWrong(check()), "all is as it was");
    }

    @Test
    void anyRemovedFileIsFound() throws IOException {
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            List<Check> checks = check();
            boolean seals = file.toString().contains("evidence-log");
            assertTrue(
                    Check.anyWrong(checks) || (seals && checks.toString().contains("cut off")),
                    "without " + folder.relativize(file) + ": " + checks);
            Files.write(file, bytes);
        }
    }

    @Test
    void aCutTailIsFound() throws IOException {
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
            List<Check> checks = check();
            boolean seals = file.toString().contains("evidence-log");
            assertTrue(
                    Check.anyWrong(checks) || (seals && checks.toString().contains("cut off")),
                    "cut " + folder.relativize(file) + ": " + checks);
            Files.write(file, bytes);
        }
    }

    private List<Check> check() {
        return LogCheck.of(stores, sample.keys.keyring(), sample.sync, List.of());
    }

    /** Everything but locks; a claim is bookkeeping of the recorder, in which only the record that it names is evidence. */
    private static List<Integer> positions(byte[] bytes) {
        List<Integer> positions = new ArrayList<>();
        int from = 0;
        int to = bytes.length - 1;
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.contains("run-claim")) {
            from = text.indexOf("sha256:") + "sha256:".length();
            to = text.indexOf('"', from) - 1;
        }
        int steps = 8;
        for (int i = 0; i <= steps; i++) {
            positions.add(from + (int) ((long) (to - from) * i / steps));
        }
        return positions;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !folder.relativize(file).startsWith("locks"))
                    .sorted()
                    .toList();
        }
    }
}
