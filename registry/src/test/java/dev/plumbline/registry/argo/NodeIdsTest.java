package dev.plumbline.registry.argo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NodeIdsTest {

    @Test
    void hashesAreThoseOfTheFnvSpecification() {
        // Test vectors of the FNV authors: "" is the offset basis, "a" 0xe40c292c, "foobar" 0xbf9cf968.
        assertEquals("2166136261", NodeIds.hash(""));
        assertEquals(Long.toString(0xe40c292cL), NodeIds.hash("a"));
        assertEquals(Long.toString(0xbf9cf968L), NodeIds.hash("foobar"));
    }

    @Test
    void theRootIsNamedAfterTheWorkflow() {
        assertEquals("wf", NodeIds.of("wf", "wf"));
        assertEquals("wf-" + NodeIds.hash("wf.train"), NodeIds.of("wf", "wf.train"));
        assertEquals("wf", NodeIds.podName("wf", "wf", "main"));
        assertEquals("wf-main-" + NodeIds.hash("wf.train"), NodeIds.podName("wf", "wf.train", "main"));
    }
}
