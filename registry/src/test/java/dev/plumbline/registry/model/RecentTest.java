package dev.plumbline.registry.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** A bounded memory forgets what was asked for longest ago. */
class RecentTest {

    @Test
    void forgetsWhatWasAskedForLongestAgo() {
        Recent<String, Integer> recent = new Recent<>(2);
        recent.put("a", 1);
        recent.put("b", 2);
        assertEquals(1, recent.get("a"));
        recent.put("c", 3);
        assertNull(recent.get("b"));
        assertEquals(1, recent.get("a"));
        assertEquals(3, recent.get("c"));
    }

    @Test
    void ofNothingNothingIsRemembered() {
        Recent<String, Integer> none = new Recent<>(0);
        none.put("a", 1);
        assertNull(none.get("a"));
    }
}
