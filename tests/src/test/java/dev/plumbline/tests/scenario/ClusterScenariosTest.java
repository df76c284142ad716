package dev.plumbline.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scenarios against Kubernetes: a real API server and Argo's real controller, {@code plumbline controller}, and a
 * {@link ScriptKubelet} for the node.
 */
@Tag("cluster")
class ClusterScenariosTest {

    @TempDir
    private static Path pods;

    private static RealCluster argo;
    private static ScriptKubelet kubelet;

    @BeforeAll
    static void start() throws Exception {
        argo = RealCluster.withArgo();
        argo.installPlumbline();
        kubelet = ScriptKubelet.start(argo, pods);
    }

    @AfterAll
    static void stop() throws Exception {
        if (kubelet != null) {
            kubelet.close();
        }
        if (argo != null) {
            argo.stop();
        }
    }

    private static Program program(Path root) throws Exception {
        return new ClusterProgram(argo, root, root.resolve("repository"));
    }

    @Nested
    class NewestCommit extends NewestCommitTest {
        @Override
        Program program(Path root) throws Exception {
            return ClusterScenariosTest.program(root);
        }
    }

    @Nested
    class BrokenCommit extends BrokenCommitTest {
        @Override
        Program program(Path root) throws Exception {
            return ClusterScenariosTest.program(root);
        }
    }

    @Nested
    class Rollback extends RollbackTest {
        @Override
        Program program(Path root) throws Exception {
            return ClusterScenariosTest.program(root);
        }

        /** A controller never writes to a repository: it says what to do in a clone of it. */
        @Override
        @Test
        void revertMakesARealCommitThatIsApplied(@TempDir Path root) throws Exception {
            try (Desk desk = ready(root)) {
                desk.replace("pipelines/train/steps/train.sh", "recipe 1", "recipe 2");
                String bad = desk.commit("Train with recipe 2");
                desk.awaitHead(bad, "APPLIED");
                Desk.Answer answer = desk.plumbline("revert", bad);
                assertEquals(2, answer.code(), answer.text());
                assertTrue(answer.text().contains("git revert " + bad), answer.text());
                desk.awaitHead(desk.revert(), "APPLIED");
            }
        }
    }

    @Nested
    class SlowApply extends SlowApplyTest {
        @Override
        Program program(Path root) throws Exception {
            return ClusterScenariosTest.program(root);
        }

        @Override
        Opened cluster(Path root) throws Exception {
            KubeCluster cluster = argo.connect();
            return new Opened(cluster, cluster, cluster);
        }
    }

    @Nested
    class Story extends StoryTest {
        @Override
        Program program(Path root) throws Exception {
            return ClusterScenariosTest.program(root);
        }
    }

    @Nested
    class Verdict extends VerdictTest {
        @Override
        Program program(Path root) throws Exception {
            return ClusterScenariosTest.program(root);
        }
    }

    @Nested
    class RunLists extends RunListsTest {
        @Override
        Program program(Path root) throws Exception {
            return ClusterScenariosTest.program(root);
        }

        /** What is shown at once of the log of a pod is longer than this one: nothing is left out. */
        @Override
        @Test
        void aFollowedLogThatIsLongerThanWhatIsShownAtOnceGoesOn(@TempDir Path root) throws Exception {
            try (Desk desk = ready(root)) {
                String name = longTalk(desk, root);
                List<String> followed =
                        desk.plumbline("logs", name, "-f").text().lines().toList();
                assertEquals(900_003, followed.size(), "no line is printed twice: " + followed.getLast());
                assertEquals(
                        followed, desk.plumbline("logs", name).text().lines().toList());
            }
        }

        /** The index of a controller is in its pod, and the command reads a store. */
        @Override
        @Test
        void theIndexIsMadeAnewForPeopleAndForMachines(@TempDir Path root) throws Exception {
            try (Desk desk = ready(root)) {
                desk.run("train");
                Desk.Answer made = LocalProgram.answer(List.of(
                        "index",
                        "rebuild",
                        "--store",
                        root.resolve("store").toString(),
                        "--index",
                        root.resolve("other.db").toString()));
                assertEquals(0, made.code(), made.text());
                assertTrue(made.text().contains(": 1 run in ") && made.text().contains(" from 1 sync"), made.text());
            }
        }
    }

    @Nested
    class RunOrders extends RunOrdersTest {
        @Override
        Program program(Path root) throws Exception {
            return ClusterScenariosTest.program(root);
        }
    }

    @Nested
    class Rerun extends RerunTest {
        @Override
        Program program(Path root) throws Exception {
            return ClusterScenariosTest.program(root);
        }

        /** Values of secrets are not sent to a controller: it says which it lacks, and the records of both runs tell whether they agree. */
        @Override
        @Test
        void aSecretIsGivenAgainAndMustBeTheSame(@TempDir Path root) throws Exception {
            try (Desk desk = prepared(root)) {
                askForAPassword(desk);
                String name = Tree.text(desk.run("train", "db-password=correct-horse"), "name");
                Desk.Answer missing = desk.plumbline("rerun", name, "--dry-run");
                assertEquals(1, missing.code(), missing.text());
                assertTrue(missing.text().contains("give it with -p db-password=VALUE"), missing.text());
                Desk.Answer wrong = desk.plumbline("rerun", name, "-p", "db-password=battery");
                assertEquals(1, wrong.code(), wrong.text());
                assertTrue(wrong.text().contains("db-password"), wrong.text());
                assertFalse((missing.text() + wrong.text()).contains("correct-horse"), wrong.text());
            }
        }

        /** As above: another value is not refused before it is used. */
        @Override
        void aParameterThatOnlyContainsASecretIsGivenAgainToo(Path root) {}
    }

    @Nested
    class MemoizedRun extends MemoizedRunTest {
        @Override
        Program program(Path root) throws Exception {
            return ClusterScenariosTest.program(root);
        }
    }
}
