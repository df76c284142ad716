package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a real Argo controller, which is started for each class of tests. */
abstract class ArgoCase {

    private static RealCluster argo;

    @TempDir
    Path folder;

    ArgoDesk desk;
    String first;

    @BeforeAll
    static void start() throws Exception {
        argo = RealCluster.withArgo();
    }

    @AfterAll
    static void stop() throws Exception {
        if (argo != null) {
            argo.stop();
        }
    }

    @BeforeEach
    void open() throws Exception {
        desk = ArgoDesk.ready(argo, folder, Map.of());
        first = desk.head();
    }

    @AfterEach
    void close() throws Exception {
        if (desk != null) {
            desk.close();
        }
    }

    /** Asserts a verdict and its commit. */
    final void assertVerdict(String expected, String run) throws Exception {
        assertEquals(expected, desk.verdict(run), desk.said(run));
    }
}
