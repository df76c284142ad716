package dev.plumbline.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.controller.cli.Main;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a cluster, as people of different rights. */
@Tag("cluster")
class ClusterCommandsTest {

    @TempDir
    Path folder;

    /** What a command line did. */
    private record Said(int code, String out, String err) {
        Said good() {
            assertEquals(0, code, out + err);
            return this;
        }

        void refused(int expected, String... words) {
            assertEquals(expected, code, out + err);
            for (String word : words) {
                assertTrue(err.contains(word), err);
            }
            assertFalse(err.contains("Exception"), err);
        }
    }

    private static Said plumbline(OperatorDesk desk, Path kubeconfig, String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString(), "-n", desk.namespace()));
        if (desk.port() != 0 && !all.contains("--system-namespace")) {
            all.addAll(List.of("--server", "http://127.0.0.1:" + desk.port()));
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        return new Said(code, out.toString(), err.toString());
    }

    private static OperatorDesk applied(OperatorDesk desk) throws Exception {
        desk.sync("pipelines", Map.of());
        desk.awaitApplied("pipelines", desk.repository().head());
        Person.with(desk, "plumbline-cli", "plumbline-cli");
        return desk;
    }

    @Test
    void peopleWithATokenAndPeopleWithACertificateAskAlike() throws Exception {
        try (OperatorDesk desk = applied(OperatorDesk.ready(folder))) {
            String commit = desk.repository().head();
            Path reader = Person.with(desk, "reader", "plumbline-view").kubeconfig();
            for (Path kubeconfig : List.of(reader, desk.kubeconfig())) {
                String history = plumbline(desk, kubeconfig, "history").good().out();
                assertTrue(history.contains("APPLIED") && history.contains(commit.substring(0, 10)), history);
                String plan =
                        plumbline(desk, kubeconfig, "plan", "pipelines").good().out();
                assertTrue(plan.contains("unchanged"), plan);
                String blame = plumbline(desk, kubeconfig, "blame", "-o", "json")
                        .good()
                        .out();
                assertEquals(
                        commit,
                        Tree.text(Tree.maps(Json.parseObject(blame), "objects").getFirst(), "commit"));
                plumbline(desk, kubeconfig, "templates", "-s", "pipelines").good();
                String state = plumbline(desk, kubeconfig, "sync", "get", "pipelines")
                        .good()
                        .out();
                assertTrue(state.contains("State:      SYNCED\nReason:     Applied"), state);
                assertEquals(
                        desk.namespace() + "/pipelines\n",
                        plumbline(desk, kubeconfig, "sync", "list", "-o", "name")
                                .good()
                                .out());
            }
            assertTrue(plumbline(desk, reader, "models").good().out().startsWith("no models yet"));
            plumbline(desk, reader, "provenance", "churn").refused(1, "context reader", "nothing is recorded of churn");
        }
    }

    @Test
    void whoMayOnlyReadChangesNothingAndAStrangerSeesNothing() throws Exception {
        try (OperatorDesk desk = applied(OperatorDesk.ready(folder))) {
            Path reader = Person.with(desk, "reader", "plumbline-view").kubeconfig();
            plumbline(desk, reader, "sync", "suspend").refused(2, "context reader", "403", "pipelinesyncs");
            plumbline(desk, reader, "sync", "reconcile").refused(2, "context reader", "403");
            plumbline(desk, reader, "rollback", "--reason", "r")
                    .refused(2, "context reader", "403", "pipelinerollbacks");
            plumbline(desk, reader, "revert", "abcd1234").refused(2, "never writes", "git revert abcd1234");
            assertEquals("True/Applied", desk.ready("pipelines"));

            Path stranger = Person.with(desk, "stranger").kubeconfig();
            plumbline(desk, stranger, "sync", "list").refused(2, "context stranger", "403");
            plumbline(desk, stranger, "history", "pipelines").refused(2, "context stranger", "403");
            plumbline(desk, stranger, "plan", "pipelines").refused(2, "making a token of", "plumbline-view");
            Said wrong = plumbline(desk, desk.kubeconfig(), "history", "--context", "nowhere");
            wrong.refused(2, "no context named nowhere");
        }
    }

    @Test
    void ordersAreCustomResourcesAndWaitForTheirOutcome() throws Exception {
        try (OperatorDesk desk = applied(OperatorDesk.ready(folder))) {
            Person ann = Person.with(desk, "ann", "plumbline-view", "plumbline-edit", "plumbline-rollback");
            Path kubeconfig = ann.kubeconfig();
            String suspended =
                    plumbline(desk, kubeconfig, "sync", "suspend").good().out();
            assertTrue(suspended.contains("State:      SUSPENDED"), suspended);
            desk.config("one", "a", "2");
            String second = desk.repository().commit("Second");
            plumbline(desk, kubeconfig, "sync", "reconcile").good();
            assertEquals("1", desk.data("one", "a"));
            plumbline(desk, kubeconfig, "sync", "resume").good();
            desk.awaitApplied("pipelines", second);

            String back = plumbline(desk, kubeconfig, "rollback", "--to", "1", "--reason", "accuracy fell")
                    .good()
                    .out();
            assertTrue(back.contains("revision 3 restores commit"), back);
            assertEquals("1", desk.data("one", "a"));
            String history =
                    plumbline(desk, kubeconfig, "history", "-o", "json").good().out();
            var newest = Tree.maps(Json.parseObject(history), "entries").getFirst();
            assertEquals("ROLLBACK", Tree.text(newest, "trigger"));
            assertEquals(ann.user(), Tree.text(newest, "actor"));
            plumbline(desk, kubeconfig, "rollback", "--to", "77", "--reason", "typo")
                    .refused(1, "context ann", "RevisionNotFound", "delete pipelinerollback");
            plumbline(desk, kubeconfig, "rollback", "--until", "Tomorrow", "--reason", "r")
                    .refused(2, "NewContent");
        }
    }

    @Test
    void deletionsAreConfirmedByTheirDigest() throws Exception {
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            desk.config("two", "a", "1");
            desk.kustomization("one", "two");
            String first = desk.repository().commit("Two");
            desk.start();
            desk.sync("pipelines", Map.of("deletionBudget", Map.of("count", 0)));
            desk.awaitApplied("pipelines", first);
            desk.kustomization("one");
            String second = desk.repository().commit("One");
            plumbline(desk, desk.kubeconfig(), "sync", "reconcile").good();
            desk.awaitReady("pipelines", "False/ConfirmationNeeded");
            String digest = Tree.text(desk.status("PipelineSync", "pipelines"), "confirmation");
            plumbline(desk, desk.kubeconfig(), "sync", "reconcile", "--confirm", "sha256:" + "0".repeat(64))
                    .refused(1, "the deletions that wait are " + digest);
            plumbline(desk, desk.kubeconfig(), "sync", "reconcile", "--confirm", digest)
                    .good();
            desk.awaitApplied("pipelines", second);
            assertTrue(desk.get("ConfigMap", "two").isEmpty());
        }
    }

    @Test
    void ofSeveralSyncsOneMustBeNamed() throws Exception {
        try (OperatorDesk desk = applied(OperatorDesk.ready(folder))) {
            desk.apply(
                    "plumbline.dev/v1alpha1",
                    "PipelineSync",
                    desk.namespace(),
                    "second",
                    Map.of("spec", desk.spec(Map.of("mode", "Observe"))));
            plumbline(desk, desk.kubeconfig(), "history").refused(2, "name one of pipelines, second with -s");
            plumbline(desk, desk.kubeconfig(), "history", "pipelines").good();
            plumbline(desk, desk.kubeconfig(), "history", "third").refused(1, "third does not run here");
            plumbline(desk, desk.kubeconfig(), "history", "pipelines", "-s", "second")
                    .refused(2, "leave one of them out");
        }
    }

    /** Without a controller there is what the status of the custom resource holds. */
    @Test
    void historyIsShortWhereNoControllerAnswers() throws Exception {
        try (OperatorDesk desk = applied(OperatorDesk.ready(folder))) {
            String commit = desk.repository().head();
            desk.stop();
            Said said = plumbline(desk, desk.kubeconfig(), "history", "--server", "http://127.0.0.1:1")
                    .good();
            assertTrue(said.out().contains(commit.substring(0, 10)), said.out());
            assertTrue(said.err().contains("does not answer") && said.err().contains("as the status"), said.err());
            plumbline(desk, desk.kubeconfig(), "sync", "suspend", "--timeout", "1s")
                    .refused(2, "took longer than 1 s", "whether a controller runs");
        }
    }

    /** As on every cluster: through the API server, which lets only those through who may ask. */
    @Test
    void questionsGoThroughTheApiServer() throws Exception {
        Optional<String> address = address();
        assumeTrue(
                address.isPresent(), "skipped: this machine has no address but loopback, which no endpoint may have");
        try (OperatorDesk desk = OperatorDesk.prepared(folder)) {
            desk.repository().commit("Begin");
            desk.start();
            applied(desk);
            service(desk, address.get());
            Person reader = Person.with(desk, "reader", "plumbline-view", "plumbline-ask");
            for (Path kubeconfig : List.of(reader.kubeconfig(), desk.kubeconfig())) {
                String history = plumbline(desk, kubeconfig, "history", "--system-namespace", desk.namespace())
                        .good()
                        .out();
                assertTrue(history.contains("APPLIED"), history);
            }
            Path other = Person.with(desk, "other", "plumbline-view").kubeconfig();
            plumbline(desk, other, "plan", "--system-namespace", desk.namespace())
                    .refused(2, "context other", "asking", "plumbline-controller", "403");
        }
    }

    private static void service(OperatorDesk desk, String address) throws Exception {
        List<?> ports = List.of(Map.of("name", "http", "port", desk.port()));
        desk.apply(
                "v1",
                "Service",
                desk.namespace(),
                "plumbline-controller",
                Map.of(
                        "spec",
                        Map.of("ports", List.of(Map.of("name", "http", "port", 80, "targetPort", desk.port())))));
        desk.apply(
                "v1",
                "Endpoints",
                desk.namespace(),
                "plumbline-controller",
                Map.of("subsets", List.of(Map.of("addresses", List.of(Map.of("ip", address)), "ports", ports))));
        desk.apply(
                "discovery.k8s.io/v1",
                "EndpointSlice",
                desk.namespace(),
                "plumbline-controller",
                Map.of(
                        "metadata",
                        Map.of(
                                "name", "plumbline-controller",
                                "namespace", desk.namespace(),
                                "labels", Map.of("kubernetes.io/service-name", "plumbline-controller")),
                        "addressType",
                        "IPv4",
                        "ports",
                        ports,
                        "endpoints",
                        List.of(Map.of("addresses", List.of(address), "conditions", Map.of("ready", true)))));
    }

    private static Optional<String> address() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(one -> one instanceof Inet4Address && !one.isLoopbackAddress() && !one.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }
}
