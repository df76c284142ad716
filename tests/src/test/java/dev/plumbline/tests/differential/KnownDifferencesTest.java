package dev.plumbline.tests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is counted as a known difference is what the decision record says. */
class KnownDifferencesTest {

    private static final Path RECORD =
            Path.of("../registry/docs/decisions/0011-where-render-refuses-what-kustomize-accepts.md");

    @Test
    void areThoseOfTheDecisionRecord() throws Exception {
        SortedSet<String> written = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|").matcher(Files.readString(RECORD));
        while (row.find()) {
            written.add(row.group(1));
        }
        assertEquals(written, KnownDifferences.rules());
    }

    @Test
    void readsWhatARefusalSaysOfItself() {
        assertTrue(KnownDifferences.dies("panic: interface conversion\n\ngoroutine 1\nopenapi.toTypeMeta(...)\n"));
        String object = "map[string]interface {}{\"spec\":map[string]interface {}{\"l\":[]interface {}{}}}";
        String stumble = ": yaml: line 11: could not find expected ':'\n";
        assertTrue(KnownDifferences.dies("# Warning: old\nError: " + object + stumble));
        assertFalse(KnownDifferences.dies("Error: accumulating resources: a.yaml" + stumble), "a file that is no YAML");
    }
}
