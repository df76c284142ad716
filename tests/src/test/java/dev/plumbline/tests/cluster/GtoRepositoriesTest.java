package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.git.GitTags;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.CommitId;
import dev.plumbline.registry.promotion.GtoArtifact;
import dev.plumbline.registry.promotion.GtoTag;
import dev.plumbline.registry.promotion.PlacedTag;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code gto} reads the tags that we make, and we read a repository that it made as it does. */
@Tag("cluster")
class GtoRepositoriesTest {

    private static Path gto = Path.of("");

    @TempDir
    Path folder;

    @BeforeAll
    static void install() throws Exception {
        gto = Checkers.python().resolveSibling("gto");
    }

    @BeforeEach
    void repository() throws Exception {
        run("git", "init", "-q");
        run("git", "config", "user.name", "Ann");
        run("git", "config", "user.email", "ann@example.com");
        commit("one");
    }

    @Test
    void aRepositoryOfGtosIsReadAsGtoReadsIt() throws Exception {
        gto("register", "churn", "--version", "v1.0.0");
        gto("assign", "churn", "--version", "v1.0.0", "--stage", "prod");
        gto("register", "models/x:nlp", "--version", "v0.1.0");
        commit("two");
        gto("register", "churn", "--version", "v1.1.0");
        gto("assign", "churn", "--version", "v1.1.0", "--stage", "prod");
        gto("assign", "churn", "--version", "v1.0.0", "--stage", "dev/eu");
        assertSame();
        gto("deprecate", "churn", "v1.1.0", "prod");
        assertSame();
        gto("deprecate", "churn", "v1.0.0");
        assertSame();
        gto("deprecate", "models/x:nlp");
        assertSame();
    }

    @Test
    void gtoReadsTheTagsThatWeMake() throws Exception {
        CommitId one = new CommitId(run("git", "rev-parse", "HEAD").strip());
        GitTags tags = new GitTags(folder);
        assertTrue(tags.create(GtoTag.version("churn", "v2.0.0").name(), one, "Register churn:2", Instant.now()));
        assertTrue(tags.create(
                GtoTag.stage("churn", "prod", 1).name(), one, "Put churn:2 into stage prod", Instant.now()));
        Map<String, ?> shown = Json.parseObject(
                run(gto.toString(), "show", "--json").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertEquals("v2.0.0", Tree.text(shown, "churn", "version"));
        assertEquals("v2.0.0", Tree.text(shown, "churn", "stage", "prod"));
        assertSame();
    }

    @Test
    void oneVersionOfAnArtifactAtACommitIsGtosOwnRule() throws Exception {
        gto("register", "churn", "--version", "v1.0.0");
        assertRefused("already registered in this commit", "register", "churn", "--version", "v1.1.0");
        assertRefused("you can only register v1.0.0", "register", "churn", "--version", "v1.1.0", "--force");
        gto("deprecate", "churn", "v1.0.0");
        assertRefused("you can only register v1.0.0", "register", "churn", "--version", "v1.1.0");
        run("git", "tag", "-a", "-m", "by hand", "churn@v1.1.0");
        run("git", "tag", "-a", "-m", "by hand", "churn#prod#1");
        assertRefused("Multiple versions are not allowed on the same Git commit", "show", "--json");
    }

    private void assertRefused(String why, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(gto.toString()));
        line.addAll(List.of(arguments));
        Checkers.Ended ended = Checkers.run(folder, line.toArray(String[]::new));
        assertNotEquals(0, ended.code(), ended.text());
        assertTrue(ended.text().replaceAll("\\s+", " ").contains(why), ended.text());
    }

    /** Versions in stages, of artifacts that are of use. */
    private void assertSame() throws Exception {
        Map<String, ?> shown = Json.parseObject(
                run(gto.toString(), "show", "--json").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        SortedMap<String, String> theirs = new TreeMap<>();
        for (String name : shown.keySet()) {
            Tree.map(shown, name, "stage").forEach((stage, version) -> {
                if (version != null) {
                    theirs.put(name.replace(':', '=') + " " + stage, String.valueOf(version));
                }
            });
            theirs.put(name.replace(':', '='), Tree.text(shown, name, "version"));
        }
        SortedMap<String, String> ours = new TreeMap<>();
        GtoArtifact.all(new GitTags(folder)
                        .all().stream()
                                .map(tag -> new PlacedTag(tag.name(), tag.commit(), tag.time()))
                                .toList())
                .forEach((name, artifact) -> {
                    if (!artifact.deprecated()) {
                        artifact.stages().keySet().stream()
                                .filter(stage -> !artifact.in(stage).isEmpty())
                                .forEach(stage -> ours.put(name + " " + stage, artifact.in(stage)));
                        ours.put(name, artifact.versions().keySet().stream().reduce("", (before, last) -> last));
                    }
                });
        assertEquals(theirs, ours);
    }

    private void commit(String message) throws Exception {
        run("git", "commit", "-q", "--allow-empty", "-m", message);
    }

    private void gto(String... arguments) throws Exception {
        String[] line = new String[arguments.length + 1];
        line[0] = gto.toString();
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        run(line);
    }

    private String run(String... line) throws IOException, InterruptedException {
        Checkers.Ended ended = Checkers.run(folder, line);
        assertEquals(0, ended.code(), ended.text());
        return ended.text();
    }
}
