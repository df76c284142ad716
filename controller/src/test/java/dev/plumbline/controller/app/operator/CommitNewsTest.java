package dev.plumbline.controller.app.operator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.spec.Conditions;
import dev.plumbline.controller.spec.PipelineSyncStatus;
import dev.plumbline.controller.spec.Reason;
import dev.plumbline.registry.model.CommitId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommitNewsTest {

    private static final String FIRST = "1".repeat(40);
    private static final String SECOND = "2".repeat(40);

    @Test
    void aCommitThatChangesNothingIsNewsThatMayWait() {
        assertTrue(only(status(FIRST, Reason.APPLIED, "first", 4), status(SECOND, Reason.APPLIED, "second", 4)));
    }

    @Test
    void whatAPersonActsOnMayNot() {
        Map<String, @Nullable Object> before = status(FIRST, Reason.APPLIED, "first", 4);
        assertFalse(only(before, status(SECOND, Reason.BROKEN_COMMIT, "second", 4)), "another reason");
        assertFalse(only(before, status(SECOND, Reason.APPLIED, "second", 5)), "objects that came");
        assertFalse(only(before, status(FIRST, Reason.APPLIED, "first; the repository is away", 4)), "only words");
        assertFalse(only(Map.of(), status(FIRST, Reason.APPLIED, "first", 4)), "the first status");
        Map<String, @Nullable Object> followed = new LinkedHashMap<>(status(SECOND, Reason.APPLIED, "second", 4));
        followed.put("handledRequest", "now");
        assertFalse(only(before, followed), "a request that was followed");
    }

    private static boolean only(Map<String, @Nullable Object> before, Map<String, @Nullable Object> now) {
        return CommitNews.only(before, now);
    }

    private static Map<String, @Nullable Object> status(String commit, Reason reason, String subject, int objects) {
        return new PipelineSyncStatus(
                        1, new Conditions(reason, subject), "next", new CommitId(commit), List.of(), objects, null, "")
                .tree(Map.of(), Instant.EPOCH);
    }
}
