package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.apply.ClusterWriter;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterContract;
import dev.plumbline.controller.live.ClusterReader;
import dev.plumbline.controller.live.SequenceGolden;
import dev.plumbline.controller.live.Sequences;
import dev.plumbline.controller.live.TreeDifference;
import dev.plumbline.controller.local.cluster.EmbeddedCluster;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on a real kube-apiserver. The sequences run on the embedded cluster as well, and what they made is compared
 * field by field. With {@code -Dplumbline.record=true} the real outcomes become the golden file of plain {@code verify}.
 */
@Tag("cluster")
class KubeClusterTest extends ClusterContract {

    private static final int SHOWN = 8;

    private static KubeCluster cluster;

    @TempDir
    Path folder;

    @BeforeAll
    static void connect() throws Exception {
        cluster = RealCluster.get().connect();
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

    /** On a server without controllers: they would write to Deployments in between. */
    @Override
    protected Map<Integer, List<Sequences.Step>> runSequences() throws Exception {
        try (KubeCluster bare = RealCluster.bare().connect()) {
            return new Sequences(bare, bare, "default").runAll();
        }
    }

    @Override
    protected void checkSequences(Map<Integer, List<Sequences.Step>> real) throws Exception {
        List<String> differences = new ArrayList<>();
        try (EmbeddedCluster embedded = EmbeddedCluster.open(folder, InstantSource.system())) {
            Map<Integer, List<Sequences.Step>> ours = new Sequences(embedded, embedded, "default").runAll();
            real.forEach(
                    (seed, steps) -> differences.addAll(compare(seed, steps, Objects.requireNonNull(ours.get(seed)))));
        }
        Files.writeString(Path.of("target", "sequence-differences.txt"), String.join("\n", differences));
        if (Boolean.getBoolean("plumbline.record")) {
            Files.writeString(
                    Path.of("../controller/src/test/resources/dev/plumbline/controller/live/sequences.txt"),
                    SequenceGolden.write(real));
        } else {
            super.checkSequences(real);
        }
        assertTrue(
                differences.isEmpty(),
                () -> differences.size() + " sequences differ:\n"
                        + String.join("\n", differences.subList(0, Math.min(SHOWN, differences.size()))));
    }

    /** The first step at which the two part. */
    private static List<String> compare(int seed, List<Sequences.Step> real, List<Sequences.Step> ours) {
        for (int i = 0; i < real.size(); i++) {
            List<String> paths =
                    TreeDifference.of(real.get(i).outcome(), ours.get(i).outcome());
            if (!paths.isEmpty()) {
                return List.of("sequence " + seed + ", step " + i + ": "
                        + real.get(i).operation() + "\n   the real server said "
                        + real.get(i).words()
                        + "\n   we said " + ours.get(i).words() + "\n   " + String.join("\n   ", paths));
            }
        }
        return List.of();
    }
}
