package dev.plumbline.registry.promotion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.registry.model.CommitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GtoArtifactTest {

    private static final CommitId ONE = new CommitId("1".repeat(40));
    private static final CommitId TWO = new CommitId("2".repeat(40));

    private final List<PlacedTag> tags = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "churn@v1.2.0, churn, VERSION, v1.2.0, false, 0",
        "churn@v1.2.0!, churn, VERSION, v1.2.0, true, 0",
        "churn@v1.2.0-rc.1+b.7, churn, VERSION, v1.2.0-rc.1+b.7, false, 0",
        "models/a=churn#prod#3, models/a=churn, STAGE, prod, false, 3",
        "churn#prod!#4, churn, STAGE, prod, true, 4",
        "churn#prod, churn, STAGE, prod, false, 0",
        "churn@deprecated, churn, DEPRECATED, '', false, 0",
        "churn@created#1, churn, CREATED, '', false, 1"
    })
    void readsAndWritesTheGrammar(
            String name, String artifact, GtoTag.Kind kind, String value, boolean undone, long counter) {
        GtoTag tag = new GtoTag(artifact, kind, value, undone, counter);
        assertEquals(tag, GtoTag.of(name).orElseThrow());
        assertEquals(name, tag.name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1.0.0",
                "churn",
                "churn@1.0.0",
                "churn@v1.0",
                "churn@v01.0.0",
                "-churn@v1.0.0",
                "churn-@v1.0.0",
                "churn#",
                "#prod",
                "churn#prod#x",
                "churn@removed",
                "churn@v1.0.0#prod",
                "churn model#prod",
                "churn@v1.0.0-",
                "churn#prod##1"
            })
    void otherTagsAreNone(String name) {
        assertTrue(GtoTag.of(name).isEmpty(), name);
    }

    @Test
    void noTagIsMadeOfWhatGtoWouldNotRead() {
        assertEquals("churn#prod#1", GtoTag.stage("churn", "prod", 1).name());
        for (String stage : List.of("", "pro d", "prod#1", "-prod", "../prod")) {
            assertThrows(IllegalArgumentException.class, () -> GtoTag.stage("churn", stage, 1), stage);
        }
        assertThrows(IllegalArgumentException.class, () -> GtoTag.version("churn@v1", "v1.0.0"));
        assertThrows(IllegalArgumentException.class, () -> GtoTag.version("churn", "latest"));
    }

    @Test
    void theNewestVersionOfAStageIsInItWhateverOrderTheTagsAreReadIn() {
        tag("churn@v1.0.0", ONE, 1);
        tag("churn#prod#1", ONE, 1);
        tag("churn@v1.1.0", TWO, 2);
        tag("churn#prod#2", TWO, 2);
        tag("churn#dev", ONE, 3);
        tag("release-7", TWO, 4);
        Collections.shuffle(tags, new java.util.Random(7));
        GtoArtifact churn = GtoArtifact.all(tags).get("churn");
        assertEquals(Map.of("v1.0.0", ONE, "v1.1.0", TWO), churn.versions());
        assertEquals("v1.1.0", churn.in("prod"));
        assertEquals("v1.0.0", churn.in("dev"));
        assertEquals("", churn.in("test"));
        assertEquals(1, GtoArtifact.all(tags).size());
    }

    @Test
    void whatIsTakenBackGivesWayToWhatWasThereBefore() {
        tag("churn@v1.0.0", ONE, 1);
        tag("churn#prod#1", ONE, 2);
        tag("churn@v1.1.0", TWO, 3);
        tag("churn#prod#2", TWO, 4);
        tag("churn#prod!#3", TWO, 5);
        assertEquals("v1.0.0", GtoArtifact.all(tags).get("churn").in("prod"));
        tag("churn@v1.1.0!", TWO, 6);
        tag("churn#dev#4", ONE, 6);
        tag("churn@v1.0.0!", ONE, 7);
        GtoArtifact churn = GtoArtifact.all(tags).get("churn");
        assertEquals(Map.of(), churn.versions());
        assertEquals("", churn.in("dev"));
        assertFalse(churn.deprecated());
        tag("churn@deprecated", TWO, 8);
        assertTrue(GtoArtifact.all(tags).get("churn").deprecated());
    }

    @Test
    void aStageAtACommitWithoutAVersionHoldsTheCommit() {
        tag("churn#prod", ONE, 1);
        assertEquals(ONE.hex(), GtoArtifact.all(tags).get("churn").in("prod"));
    }

    private void tag(String name, CommitId commit, int second) {
        tags.add(new PlacedTag(name, commit, Instant.ofEpochSecond(second)));
    }
}
