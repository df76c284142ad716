package dev.plumbline.controller.local.cluster;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.OwnershipContract;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.controller.live.ClusterReader;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedOwnershipTest extends OwnershipContract {

    @TempDir
    static Path folder;

    private static EmbeddedCluster cluster;

    @BeforeAll
    static void open() throws ClusterException {
        cluster = EmbeddedCluster.open(folder, InstantSource.system());
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @Override
    protected ClusterReader reader() {
        return cluster;
    }

    @Override
    protected ClusterWriter writer() {
        return cluster;
    }
}
