package dev.plumbline.registry.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {

    @Test
    void readsWhatIsGivenAndLeavesTheRestToTheEnvironment() {
        assertEquals(new S3Settings("b", "", null, null, false), S3Settings.parse("s3://b"));
        assertEquals(new S3Settings("b", "", null, null, false), S3Settings.parse("s3://b/"));
        assertEquals(
                new S3Settings("my.bucket_1", "a/b/", URI.create("http://minio:9000"), "eu-west-1", true),
                S3Settings.parse("s3://my.bucket_1/a/b?region=eu-west-1&endpoint=http://minio:9000&pathStyle=true"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "b",
                "https://b/a",
                "s3://",
                "s3:///a",
                "s3://key:canary@b/a",
                "s3://b?secret=canary",
                "s3://b?endpoint=:",
                "s3://b/ canary"
            })
    void refusesOthersWithoutShowingThem(String url) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> S3Settings.parse(url));
        assertTrue(refused.getMessage().contains("s3://BUCKET"), refused.getMessage());
        assertFalse(refused.getMessage().contains("canary"), refused.getMessage());
    }
}
