package dev.plumbline.registry.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionRangeTest {

    /** What the library that Flux uses says, range by range. */
    @Test
    void meansWhatFluxMeans() throws Exception {
        Map<String, String> golden = golden();
        List<String> versions = List.of(golden.remove("versions").split(" ", -1));
        assertTrue(golden.size() > 60);
        List<String> wrong = new ArrayList<>();
        golden.forEach((range, expected) -> {
            String found = found(range, versions);
            if (!found.equals(expected)) {
                wrong.add(range + ": " + found + ", not " + expected);
            }
        });
        assertEquals(List.of(), wrong);
    }

    private static String found(String range, List<String> versions) {
        try {
            VersionRange parsed = VersionRange.parse(range);
            return String.join(" ", versions.stream().filter(parsed::contains).toList());
        } catch (SourceException e) {
            return "refused";
        }
    }

    private static Map<String, String> golden() throws IOException {
        Map<String, String> golden = new LinkedHashMap<>();
        try (InputStream file = VersionRangeTest.class.getResourceAsStream("version-ranges.txt")) {
            for (String line : new String(file.readAllBytes(), UTF_8).split("\n", -1)) {
                int bar = line.lastIndexOf(" | ");
                if (bar > 0 && !line.startsWith("#")) {
                    golden.put(line.substring(0, bar), line.substring(bar + " | ".length()));
                }
            }
        }
        return golden;
    }

    @Test
    void ofEqualVersionsTheSameNameIsAlwaysTheNewest() throws Exception {
        List<String> names = Arrays.asList("1.2.0", "v1.3.0", "1.3.0+b2", "1.3.0+b1", "1.3.0", "2.0.0", "model@v9.0.0");
        for (int i = 0; i < names.size(); i++) {
            Collections.rotate(names, 1);
            assertEquals(Optional.of("v1.3.0"), VersionRange.parse("^1").newest(names));
        }
        assertEquals(Optional.empty(), VersionRange.parse(">=3").newest(names));
    }

    @Test
    void aRefusedRangeSaysWhatIsNotUnderstood() {
        for (String text :
                List.of("", ">= 1 && < 2", "latest", "1".repeat(VersionRange.MAX_LENGTH + 1), "1||".repeat(40) + "1")) {
            SourceException refused = assertThrows(SourceException.class, () -> VersionRange.parse(text));
            assertFalse(refused.retryable());
            assertTrue(refused.getMessage().contains(">=1.2.0 <2.0.0"), refused.getMessage());
            assertTrue(refused.getMessage().length() < 1000);
        }
    }

    @Test
    void secretsAreNeverPrinted() {
        Credentials.Login login = new Credentials.Login.SshKey(new Secret("canary"), new Secret("canary"), "host key");
        assertFalse(new Credentials(login, null).toString().contains("canary"));
        assertFalse(new Credentials.Login.Basic("ada", new Secret("canary"))
                .toString()
                .contains("canary"));
        assertFalse(
                new Credentials.Login.Bearer(new Secret("canary")).toString().contains("canary"));
    }
}
