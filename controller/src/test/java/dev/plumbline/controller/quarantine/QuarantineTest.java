package dev.plumbline.controller.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.json.JsonException;
import dev.plumbline.registry.model.Digest;
import dev.plumbline.registry.model.ObjectKey;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuarantineTest {

    private static final ObjectKey TRAIN = new ObjectKey("argoproj.io", "WorkflowTemplate", "ml", "train");
    private static final ObjectKey DEPLOY = TRAIN.withName("deploy");
    private static final ObjectKey SETTINGS = new ObjectKey("", "ConfigMap", "ml", "settings");

    /** Release 1: good. */
    private static final Map<ObjectKey, Digest> GOOD =
            Map.of(TRAIN, Digest.of("train 1"), DEPLOY, Digest.of("deploy 1"), SETTINGS, Digest.of("settings 1"));

    /** Release 2: train is edited and settings are gone. */
    private static final Map<ObjectKey, Digest> BAD =
            Map.of(TRAIN, Digest.of("train 2"), DEPLOY, Digest.of("deploy 1"));

    private static final Quarantine ROLLED_BACK = Quarantine.between(BAD, GOOD, Set.of(), "accuracy fell");

    @Test
    void aRollbackQuarantinesWhatDiffersAbsenceIncluded() {
        assertEquals(
                Map.of(SETTINGS, Quarantine.ABSENT, TRAIN, Digest.of("train 2").value()), ROLLED_BACK.pairs());
        assertTrue(Quarantine.between(GOOD, GOOD, Set.of(), "").isEmpty());
    }

    @Test
    void theSameContentIsHeldWhenAnUnrelatedFileChanges() {
        Map<ObjectKey, Digest> candidate = new HashMap<>(BAD);
        candidate.put(DEPLOY, Digest.of("deploy 2"));

        assertTrue(ROLLED_BACK.hit(candidate).isPresent());
    }

    @Test
    void oneQuarantinedObjectIsEnoughToHold() {
        Map<ObjectKey, Digest> edited = new HashMap<>(GOOD);
        edited.put(TRAIN, Digest.of("train 2"));
        Map<ObjectKey, Digest> without = new HashMap<>(GOOD);
        without.remove(SETTINGS);

        assertEquals(Optional.of(TRAIN), ROLLED_BACK.hit(edited));
        assertEquals(Optional.of(SETTINGS), ROLLED_BACK.hit(without));
    }

    @Test
    void otherContentAndARevertPass() {
        Map<ObjectKey, Digest> repaired = new HashMap<>(BAD);
        repaired.put(TRAIN, Digest.of("train 3"));
        repaired.put(SETTINGS, Digest.of("settings 3"));

        assertEquals(Optional.empty(), ROLLED_BACK.hit(repaired));
        assertEquals(Optional.empty(), ROLLED_BACK.hit(GOOD));
        assertEquals(Optional.empty(), Quarantine.none().hit(BAD));
    }

    @Test
    void theAbsenceOfANameThatHoldsAHashIsNotQuarantined() {
        // Step code: each content has a name of its own, so the good one is absent from every later commit too.
        ObjectKey good = SETTINGS.withName("steps-aaaa");
        ObjectKey bad = SETTINGS.withName("steps-bbbb");
        Quarantine quarantine =
                Quarantine.between(Map.of(bad, Digest.of("bad")), Map.of(good, Digest.of("good")), Set.of(good), "");

        assertEquals(Optional.of(bad), quarantine.hit(Map.of(bad, Digest.of("bad"))));
        assertEquals(Optional.empty(), quarantine.hit(Map.of(SETTINGS.withName("steps-cccc"), Digest.of("other"))));
    }

    @Test
    void secretsAreLeftAlone() {
        ObjectKey secret = new ObjectKey("", "Secret", "ml", "token");

        assertTrue(Quarantine.between(Map.of(secret, Digest.of("1")), Map.of(secret, Digest.of("2")), Set.of(), "")
                .isEmpty());
        assertTrue(Quarantine.between(Map.of(), Map.of(secret, Digest.of("2")), Set.of(), "")
                .isEmpty());
    }

    @Test
    void storedVersion1() throws Exception {
        byte[] golden;
        try (InputStream in = QuarantineTest.class.getResourceAsStream("/stored/quarantine-v1.json")) {
            golden = Objects.requireNonNull(in).readAllBytes();
        }
        TreeMap<ObjectKey, String> pairs = new TreeMap<>();
        pairs.put(SETTINGS, Quarantine.ABSENT);
        pairs.put(TRAIN, "sha256:" + "e".repeat(64));
        Quarantine stored = new Quarantine(pairs, "accuracy fell");

        assertEquals(stored, Quarantine.decode(golden));
        assertEquals(new String(golden, UTF_8), new String(stored.encode(), UTF_8));
        assertEquals(Quarantine.none(), Quarantine.decode(Quarantine.none().encode()));
        for (String wrong : List.of("/v1", "\"object\"", "\"content\"", "absent", "sha256:e")) {
            String changed = new String(golden, UTF_8).replace(wrong, wrong.replaceAll("[a-z0-9]", "z"));
            assertThrows(JsonException.class, () -> Quarantine.decode(changed.getBytes(UTF_8)), wrong);
        }
    }
}
