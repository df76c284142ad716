package dev.plumbline.registry.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror survives the death of its process at any moment. */
class MirrorCrashTest {

    private static final int COMMITS = 400;
    private static final int KILLS = 5;
    private static final int MOST_MILLISECONDS = 300;

    @TempDir
    private Path folder;

    /** Moves main about at random and polls after each move; a printed commit was fetched. */
    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]);
        List<String> commits = Files.readAllLines(work.resolveSibling("commits"));
        Random random = new Random(Long.parseLong(arguments[1]));
        try (GitSource source = GitSource.open(work.toString(), work.resolveSibling("mirror"))) {
            while (true) {
                String next = commits.get(random.nextInt(commits.size()));
                Path moved = Files.writeString(work.resolveSibling("moved"), next + "\n");
                Files.move(moved, work.resolve(".git/refs/heads/main"), StandardCopyOption.ATOMIC_MOVE);
                CommitId seen = source.poll().commits().get("refs/heads/main");
                if (!new CommitId(next).equals(seen)) {
                    throw new IllegalStateException("main is " + next + ", but the poll says " + seen);
                }
                System.out.println(next);
            }
        }
    }

    @Test
    void aMirrorKilledAtAnyMomentKeepsWhatItFetchedAndGoesOn() throws Exception {
        TestRepository work = new TestRepository(folder.resolve("work"));
        for (int i = 0; i < COMMITS; i++) {
            work.write("file", String.valueOf(i)).commit("commit " + i);
        }
        Files.writeString(folder.resolve("commits"), work.git("rev-list", "main"));
        Path mirror = folder.resolve("mirror");
        Random random = new Random(5);
        int polls = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            List<String> fetched = pollUntilKilled(work.folder(), kill, random.nextInt(MOST_MILLISECONDS));
            polls += fetched.size();
            try (GitSource source = GitSource.open(work.folder().toString(), mirror)) {
                assertEquals(List.of(), locks(mirror));
                for (String commit : fetched) {
                    assertTrue(source.repository().commit(new CommitId(commit)).isPresent(), commit);
                    assertEquals(
                            1,
                            source.repository()
                                    .snapshot(new CommitId(commit))
                                    .list("")
                                    .size());
                }
                source.poll();
            }
            work.git("--git-dir", mirror.toString(), "fsck", "--strict", "--no-dangling", "--no-progress");
        }
        System.out.println(KILLS + " kills within " + polls + " polls of a mirror");
        assertTrue(polls >= KILLS, polls + " polls");
    }

    private List<String> pollUntilKilled(Path work, int seed, int milliseconds) throws Exception {
        Path output = folder.resolve("fetched");
        Files.writeString(output, "");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MirrorCrashTest.class.getName(),
                        work.toString(),
                        String.valueOf(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        while (Files.size(output) == 0 && child.isAlive()) {
            Thread.sleep(1);
        }
        Thread.sleep(milliseconds);
        assertTrue(child.isAlive(), "the child ended by itself");
        child.destroyForcibly().waitFor();
        String text = Files.readString(output);
        return text.substring(0, text.lastIndexOf('\n')).lines().toList();
    }

    private static List<Path> locks(Path mirror) throws IOException {
        try (Stream<Path> files = Files.walk(mirror)) {
            return files.filter(file -> file.toString().endsWith(".lock")).toList();
        }
    }
}
