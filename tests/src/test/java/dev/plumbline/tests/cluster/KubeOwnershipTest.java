package dev.plumbline.tests.cluster;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.OwnershipContract;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.tests.parts.RealCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract on a real kube-apiserver, where nobody but the test writes. */
@Tag("cluster")
class KubeOwnershipTest extends OwnershipContract {

    private static KubeCluster cluster;

    @BeforeAll
    static void connect() throws Exception {
        cluster = RealCluster.bare().connect();
    }

    @AfterAll
    static void disconnect() {
        if (cluster != null) {
            cluster.close();
        }
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
