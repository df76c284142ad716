package dev.plumbline.tests.cluster;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.apply.DriftContract;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.tests.parts.RealCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract on a real kube-apiserver, where nobody but the test writes. */
@Tag("cluster")
class KubeDriftTest extends DriftContract {

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

    @Test
    void stringDataIsComparedWithTheDataThatItBecame() throws Exception {
        comparesSecrets("'stringData':{'key':'canary-1'}");
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
