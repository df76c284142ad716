package dev.plumbline.controller.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.registry.model.SyncId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DependentsTest {

    private static final SyncId BASE = new SyncId("ml", "base");
    private static final SyncId OTHER = new SyncId("ml", "other");

    private final Dependents<String> dependents = new Dependents<>();

    @Test
    void onlyThoseThatDependOnASyncAreNamed() {
        dependents.depends("a", List.of(BASE));
        dependents.depends("b", List.of(BASE, OTHER));
        assertEquals(Set.of("a", "b"), Set.copyOf(dependents.of(BASE)));
        assertEquals(List.of("b"), dependents.of(OTHER));
        assertEquals(List.of(), dependents.of(new SyncId("ml", "nobody")));
    }

    @Test
    void whatItDependsOnNowReplacesWhatItDependedOn() {
        dependents.depends("a", List.of(BASE));
        dependents.depends("a", List.of(OTHER));
        assertEquals(List.of(), dependents.of(BASE));
        assertEquals(List.of("a"), dependents.of(OTHER));
        dependents.depends("a", List.of());
        assertEquals(List.of(), dependents.of(OTHER));
    }
}
