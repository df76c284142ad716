package dev.plumbline.controller.local.runner;

import static dev.plumbline.controller.local.runner.RunnerBench.node;
import static dev.plumbline.controller.local.runner.RunnerBench.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.s3.Versitygw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts in a bucket of a real S3 server, where the repository, the template or the artifact itself says so. */
@Tag("cluster")
class BucketArtifactsTest {

    /** Makes a file and a folder, and reads both from where they were kept. */
    private static final String SPEC = """
            {"entrypoint": "main", "templates": [
              {"name": "main", "dag": {"tasks": [
                {"name": "make", "template": "make"},
                {"name": "use", "template": "use", "depends": "make", "arguments": {"artifacts": [
                  {"name": "file", "from": "{{tasks.make.outputs.artifacts.file}}"},
                  {"name": "folder", "from": "{{tasks.make.outputs.artifacts.folder}}"}]}}]}},
              {"name": "make", "container": {"image": "i", "command": ["sh", "-c",
                 "mkdir -p /out/folder/deep; echo 1 > /out/folder/deep/one; echo 2 > /out/folder/two; echo 3 > /out/file"]},
               "outputs": {"artifacts": [
                 {"name": "file", "path": "/out/file"},
                 {"name": "folder", "path": "/out/folder", "archive": {"none": {}}}]}},
              {"name": "use", "inputs": {"artifacts": [
                 {"name": "file", "path": "/in/file"}, {"name": "folder", "path": "/in/folder"}]},
               "container": {"image": "i", "command": ["cat", "/in/folder/deep/one", "/in/folder/two", "/in/file"]}}]}
            """;

    @TempDir
    private Path folder;

    private Versitygw server;
    private RunnerBench bench;

    @BeforeEach
    void open() throws Exception {
        server = Versitygw.start(folder.resolve("s3"));
        bench = RunnerBench.open(folder.resolve("data"));
        secret("right", Versitygw.SECRET_KEY);
    }

    @AfterEach
    void close() throws Exception {
        if (bench != null) {
            bench.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private void secret(String name, String secret) throws Exception {
        bench.create(
                "Secret", name, Json.write(Map.of("stringData", Map.of("id", Versitygw.ACCESS_KEY, "secret", secret))));
    }

    /** The fields of an {@code s3} with the keys of a Secret, in JSON, which is YAML too. */
    private String s3(String secret, String more) {
        return "\"endpoint\": \"127.0.0.1:" + server.port() + "\", \"insecure\": true, \"bucket\": \""
                + Versitygw.BUCKET
                + "\", \"accessKeySecret\": {\"name\": \"" + secret + "\", \"key\": \"id\"},"
                + " \"secretKeySecret\": {\"name\": \"" + secret + "\", \"key\": \"secret\"}" + more;
    }

    private void repository(String map, String repository) throws Exception {
        bench.create(
                "ConfigMap",
                map,
                Json.write(Map.of(
                        "metadata",
                        Map.of("annotations", Map.of("workflows.argoproj.io/default-artifact-repository", "usual")),
                        "data",
                        Map.of("usual", repository))));
    }

    private static String with(String fields) {
        return SPEC.replaceFirst("\\{", "{" + fields + ", ");
    }

    @Test
    void theRepositoryThatIsNamedKeepsThemUnderItsKeys() throws Exception {
        repository(
                "repository", "{\"s3\": {" + s3("right", ", \"keyFormat\": \"{{workflow.uid}}/{{pod.name}}\"") + "}}");
        Map<String, @Nullable Object> run =
                bench.run("named", with("\"artifactRepositoryRef\": {\"configMap\": \"repository\"}"));
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), Json.pretty(run.get("status")));
        assertEquals("1\n2\n3\n", bench.log(run, ".use"));
        String uid = Tree.text(run, "metadata", "uid");
        Map<String, @Nullable Object> made = Tree.named("file", node(run, ".make"), "outputs", "artifacts");
        String key = Tree.text(made, "s3", "key");
        assertTrue(key.matches(uid + "/named-make-[0-9]+/file\\.tgz"), key);
        assertEquals(1, Tree.map(made, "s3").size(), "as in Argo, only its key");
        assertTrue(Files.isRegularFile(server.data().resolve(key)));
        assertTrue(Files.isRegularFile(server.data().resolve(key).resolveSibling("folder/deep/one")));
        assertFalse(Files.exists(folder.resolve("data/artifacts")));
        assertEquals(
                Versitygw.BUCKET,
                Tree.text(run, "status", "artifactRepositoryRef", "artifactRepository", "s3", "bucket"));
        assertEquals("usual", Tree.text(run, "status", "artifactRepositoryRef", "key"));
        assertFalse(Json.write(run).contains(Versitygw.SECRET_KEY));
    }

    @Test
    void whatGoesWithTheRunGoesFromTheBucketFilesOfAFolderToo() throws Exception {
        repository("repository", "{\"s3\": {" + s3("right", "") + "}}");
        bench.run(
                "collected",
                with("\"artifactRepositoryRef\": {\"configMap\": \"repository\"},"
                        + " \"artifactGC\": {\"strategy\": \"OnWorkflowDeletion\"}"));
        Path kept = server.data().resolve("collected");
        assertEquals(3, files(kept));
        ObjectKey key = new ObjectKey("argoproj.io", "Workflow", "default", "collected");
        bench.cluster.delete(key, new DeleteOptions(null, null, false));
        long end = System.nanoTime() + RunnerBench.PATIENCE.toNanos();
        while (bench.cluster.get(key).isPresent()) {
            assertTrue(System.nanoTime() < end, () -> "it is held: " + bench.events);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertEquals(0, files(kept));
    }

    private static long files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void theUsualRepositoryOfTheNamespaceIsTaken() throws Exception {
        repository("artifact-repositories", "{\"s3\": {" + s3("right", "") + "}}");
        Map<String, @Nullable Object> run = bench.run("usual", SPEC);
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), Json.pretty(run.get("status")));
        assertEquals("1\n2\n3\n", bench.log(run, ".use"));
        String key = Tree.text(Tree.named("file", node(run, ".make"), "outputs", "artifacts"), "s3", "key");
        assertTrue(key.startsWith("usual/usual-make-"), key);
    }

    @Test
    void anArtifactHasAPlaceOfItsOwnAndOneNobodyPutThereByThisRunIsReadToo() throws Exception {
        Files.createDirectories(server.data().resolve("given"));
        Files.writeString(server.data().resolve("given/plain.txt"), "plain");
        Map<String, @Nullable Object> run = bench.run("own", """
                {"entrypoint": "main", "templates": [
                  {"name": "main", "steps": [[{"name": "make", "template": "make"}], [{"name": "use", "template": "use",
                     "arguments": {"artifacts": [{"name": "made", "from": "{{steps.make.outputs.artifacts.made}}"}]}}]]},
                  {"name": "make", "container": {"image": "i", "command": ["sh", "-c", "echo made > /out/made"]},
                   "outputs": {"artifacts": [{"name": "made", "path": "/out/made", "archive": {"tar": {"compressionLevel": 9}},
                     "s3": {"key": "{{workflow.name}}/made.tgz", %s}}]}},
                  {"name": "use", "inputs": {"artifacts": [{"name": "made", "path": "/in/made"},
                     {"name": "given", "path": "/in/given", "s3": {"key": "given/plain.txt", %s}}]},
                   "container": {"image": "i", "command": ["cat", "/in/made", "/in/given"]}}]}
                """.formatted(s3("right", ""), s3("right", "")));
        assertEquals("Succeeded", Tree.text(run, "status", "phase"), Json.pretty(run.get("status")));
        assertEquals("made\nplain", bench.log(run, "[1].use"));
        assertTrue(Files.isRegularFile(server.data().resolve("own/made.tgz")));
    }

    @Test
    void aTemplateSaysWhereItsArtifactsAreKept() throws Exception {
        Map<String, @Nullable Object> run = bench.run(
                "around",
                SPEC.replace(
                        "{\"name\": \"make\", \"container\"",
                        "{\"name\": \"make\", \"archiveLocation\": {\"s3\": {\"key\": \"here/{{workflow.name}}\", "
                                + s3("right", "") + "}}, \"container\""));
        assertEquals("Succeeded", phase(run, ".make"), Json.pretty(run.get("status")));
        assertTrue(Files.isRegularFile(server.data().resolve("here/around/file.tgz")));
        assertEquals("Error", phase(run, ".use"), "as in Argo, only the key is passed on");
    }

    @Test
    void whatKeepsAnArtifactFromItsBucketIsSaidWithoutTheSecret() throws Exception {
        secret("wrong", "canary-wr0ng");
        repository("wrong-key", "{\"s3\": {" + s3("wrong", "") + "}}");
        repository("no-secret", "{\"s3\": {" + s3("none", "") + "}}");
        repository("elsewhere", "{\"gcs\": {\"bucket\": \"b\"}}");
        repository("half", "{\"s3\": {\"bucket\": \"b\"}}");
        String ref = "\"artifactRepositoryRef\": {\"configMap\": \"%s\"}";
        Map<String, String> said = Map.of(
                "wrong-key", "give credentials that may read, write, list and delete below s3://" + Versitygw.BUCKET,
                "no-secret", "Secret 'none' not found in namespace 'default'",
                "elsewhere", "not in 'gcs'",
                "half", "s3 needs 'endpoint' and 'bucket'",
                "absent", "ConfigMap 'absent' not found in namespace 'default'");
        for (Map.Entry<String, String> one : said.entrySet()) {
            Map<String, @Nullable Object> run = bench.run(one.getKey(), with(ref.formatted(one.getKey())));
            String status = Json.write(run.get("status"));
            assertTrue(Tree.text(run, "status", "phase").matches("Error|Failed"), status);
            assertTrue(status.contains(one.getValue()), status);
            assertFalse(status.contains("canary"), status);
        }
        Map<String, @Nullable Object> half = bench.run(
                "half-place",
                SPEC.replace("\"path\": \"/out/file\"", "\"path\": \"/out/file\", \"s3\": {\"bucket\": \"b\"}"));
        assertTrue(Tree.text(half, "status", "message").contains("has endpoint, bucket and key"), String.valueOf(half));
    }
}
