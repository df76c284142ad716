package dev.plumbline.controller.local.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepPathsTest {

    private final StepPaths paths = new StepPaths(Path.of("/private"));

    @BeforeEach
    void declare() throws NodeProblem {
        paths.mount("/work", Path.of("/v/work"));
        paths.declare("/tmp/out");
        paths.declare("/tmp/out/deep/file");
        paths.declare("/work/rows");
    }

    @ParameterizedTest
    @CsvSource({
        "/tmp/out, /private/tmp/out",
        "/tmp/out/, /private/tmp/out/",
        "/tmp/out/x, /private/tmp/out/x",
        "/tmp/out/deep/file, /private/tmp/out/deep/file",
        "--x=/tmp/out:/work, --x=/private/tmp/out:/v/work",
        "cat '/work/rows/a' > /tmp/out, cat '/v/work/rows/a' > /private/tmp/out",
        "file:///tmp/out, file:///private/tmp/out",
        "/tmp/outer, /tmp/outer",
        "/tmp/out.txt, /tmp/out.txt",
        "/tmp/out-2, /tmp/out-2",
        "/tmp, /tmp",
        "/opt/work, /opt/work",
        "s3://bucket/work, s3://bucket/work",
        "a/work, a/work",
        "//work, //work",
        "/workshop /work, /workshop /v/work",
        "no path, no path",
    })
    void exactlyDeclaredPathsAreReplaced(String before, String after) {
        assertEquals(after, paths.replace(before));
    }

    @Test
    void whatIsReplacedIsNotReplacedAgain() throws NodeProblem {
        StepPaths nested = new StepPaths(Path.of("/work"));
        nested.mount("/work", Path.of("/work/work"));
        assertEquals("/work/work/a", nested.replace("/work/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative", "/", "/a/../b", "/..", ""})
    void pathsThatAreNotAbsoluteAndBelowRootAreRefused(String path) {
        assertThrows(NodeProblem.class, () -> paths.declare(path));
    }
}
