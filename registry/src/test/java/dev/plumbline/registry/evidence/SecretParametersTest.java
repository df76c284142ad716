package dev.plumbline.registry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.run.NodeOutcome;
import dev.plumbline.registry.run.RunRecord;
import dev.plumbline.registry.run.SampleRecords;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretParametersTest {

    private final SecretParameters rule = new SecretParameters("salt", Set.of("licence"));

    @ParameterizedTest
    @CsvSource({
        "db-password, hunter2, true",
        "dbPassword, hunter2, true",
        "DB_PASSWD, hunter2, true",
        "api-key, abc, true",
        "apiKey, abc, true",
        "aws_secret_access_key, abc, true",
        "hf-token, abc, true",
        "private.key, abc, true",
        "licence, abc, true",
        "data-path, https://ann:hunter2@example.com/data, true",
        "anything, AKIAABCDEFGHIJKLMNOP, true",
        "anything, ghp_abcdefghijklmnopqrstuvwxyz, true",
        "anything, eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc, true",
        "anything, -----BEGIN EC PRIVATE KEY-----, true",
        "max-tokens, 512, false",
        "tokenizer, bpe, false",
        "model-name, churn, false",
        "data-path, s3://bucket/key, false",
        "data-path, https://example.com:8080/data, false",
        "key, value, false",
        "partition-key, customer, false",
        "keyboard, qwerty, false"
    })
    void whatLooksLikeASecretIsTakenForOne(String name, String value, boolean secret) {
        assertEquals(secret, rule.secret(name, value), name + "=" + value);
    }

    @Test
    void aSecretIsNowhereInTheRecordOfItsRun() {
        RunRecord plain = SampleRecords.record("uid-1", "Failed");
        NodeOutcome node = plain.nodes().getFirst();
        RunRecord record = plain.redacted(
                Map.of("db-password", "hunter2-and-more", "rounds", "3"),
                List.of(new NodeOutcome(
                        node.id(),
                        node.name(),
                        node.type(),
                        node.definition(),
                        node.phase(),
                        "could not log in with hunter2-and-more",
                        node.startedAt(),
                        node.finishedAt(),
                        node.exitCode(),
                        Map.of("value", "hunter2-and-more", "url", "x?p=hunter2-and-more"),
                        Map.of(),
                        Map.of("main", "sha256:1"))),
                Map.of("echo", "hunter2-and-more"),
                "failed with hunter2-and-more");
        RunRecord redacted = rule.redact(record);
        assertFalse(Json.write(redacted.tree()).contains("hunter2"), Json.pretty(redacted.tree()));
        assertEquals("3", redacted.parameters().get("rounds"));
        assertEquals(Map.of("main", "sha256:1"), redacted.nodes().getFirst().images());
        assertEquals(rule.digest("hunter2-and-more"), redacted.parameters().get("db-password"));
        assertEquals(redacted, rule.redact(redacted), "once is enough");
        assertEquals(plain, rule.redact(plain));
    }

    @Test
    void aDigestTellsNothingWithoutTheSalt() {
        assertTrue(rule.digest("hunter2").startsWith(SecretParameters.MARK));
        assertNotEquals(rule.digest("hunter2"), new SecretParameters("other", Set.of()).digest("hunter2"));
    }

    @Test
    void aValueIsKnownAgainByTheDigestsThatStandInItsPlace() {
        String recorded = "jdbc:" + rule.digest("ann") + rule.digest("s3cret-s3cret") + "@db, " + rule.digest("a@b");
        assertTrue(rule.stands(recorded, "jdbc:anns3cret-s3cret@db, a@b"));
        assertTrue(rule.stands(rule.digest("ann"), "ann"));
        assertTrue(rule.stands("plain", "plain"));
        for (String other : List.of(
                "jdbc:anns3cret@db, a@b",
                "jdbc:anns3cret-s3cret@db, a@b ",
                "x:anns3cret-s3cret@db, a@b",
                "",
                recorded)) {
            assertFalse(rule.stands(recorded, other), other);
        }
        assertFalse(rule.stands("plain", "other"));
        assertFalse(rule.stands(rule.digest("ann"), ""));
    }
}
