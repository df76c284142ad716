package dev.plumbline.tests.differential;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever stands in a repository, rendering gives Findings, never an exception, in bounded time and memory. {@code
 * -Dplumbline.seed=S -Dplumbline.seconds=N} choose where to begin and how long to go on.
 */
class FuzzTest {

    /** No rendering of a damaged folder of a few kilobytes may take longer, however busy the machine is. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Test
    void fiveSecondsOfDamage() throws Exception {
        damage(1, 5);
    }

    @Test
    @Tag("proof")
    void tenMinutesOfDamage() throws Exception {
        damage(System.currentTimeMillis(), 600);
    }

    private static void damage(long usualSeed, int usualSeconds) throws Exception {
        long seed = Long.getLong("plumbline.seed", usualSeed);
        long seconds = Integer.getInteger("plumbline.seconds", usualSeconds);
        List<Case> real = realFolders();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        int count = 0;
        int refused = 0;
        Duration slowest = Duration.ZERO;
        for (long at = seed; System.nanoTime() < end; at++) {
            long began = System.nanoTime();
            Rendering rendering = render(at, real);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
            assertTrue(took.compareTo(LONGEST) < 0, "seed " + at + " took " + took);
            count++;
            refused += rendering.broken() ? 1 : 0;
        }
        System.out.println(
                count + " damaged folders from seed " + seed + ", " + refused + " refused, slowest " + slowest);
        assertTrue(refused * 5 > count, "the damage damages too little");
    }

    private static Rendering render(long seed, List<Case> real) {
        Dice dice = new Dice(seed);
        Case given = dice.one(3) ? dice.pick(real) : Cases.of(seed);
        List<String> paths = new ArrayList<>(given.files().keySet());
        Mutation mutation = new Mutation(dice);
        SortedMap<String, byte[]> files = new TreeMap<>();
        given.files().forEach((path, text) -> files.put(path, text.getBytes(StandardCharsets.UTF_8)));
        for (int i = dice.between(1, 3); i > 0; i--) {
            files.computeIfPresent(dice.pick(paths), (_, bytes) -> mutation.of(bytes));
        }
        try {
            Rendering rendering = new Renderer().render(MapSnapshot.ofBytes(files), given.entry());
            for (Finding finding : rendering.findings()) {
                assertTrue(
                        !finding.message().isBlank()
                                && !finding.location().toString().isBlank(),
                        "seed " + seed);
            }
            return rendering;
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError("rendering the damaged folder of seed " + seed + " ended in " + e, e);
        }
    }

    /** The golden folders, as people write them. */
    private static List<Case> realFolders() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (Stream<Path> folders = Files.walk(Path.of("golden"), 3)) {
            for (Path given : (Iterable<Path>)
                    folders.filter(path -> path.endsWith("given")).sorted()::iterator) {
                SortedMap<String, String> files = new TreeMap<>();
                try (Stream<Path> paths = Files.walk(given)) {
                    for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                        files.put(
                                given.relativize(path).toString().replace('\\', '/'),
                                new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
                    }
                }
                if (!files.isEmpty()) {
                    cases.add(new Case(files, Files.isDirectory(given.resolve("overlay")) ? "overlay" : ""));
                }
            }
        }
        return cases;
    }
}
