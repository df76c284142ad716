package dev.plumbline.tests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plumbline.controller.apply.DeleteOptions;
import dev.plumbline.controller.kube.KubeCluster;
import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.json.Json;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.render.Renderer;
import dev.plumbline.registry.render.Rendering;
import dev.plumbline.registry.source.MapSnapshot;
import dev.plumbline.tests.parts.RealCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What each shipped account may do, as a real API server lists it to the account itself, against the table that is written here: nothing
 * less, and nothing more than what everybody may do. NodeTest takes rights away and says what then fails.
 */
@Tag("cluster")
class ShippedRightsTest {

    /** {@code ACCOUNT WHERE RESOURCE VERBS}. P is the namespace of the pipelines, M that of the models, {@code *} is every one. */
    private static final String OF_STAGES = """
        P/data-validation P workflowtaskresults.argoproj.io create,patch
        P/data-validation P workflowartifactgctasks.argoproj.io list
        P/data-validation P workflowartifactgctasks/status.argoproj.io patch
        P/model-training P workflowtaskresults.argoproj.io create,patch
        P/model-training P workflowartifactgctasks.argoproj.io list
        P/model-training P workflowartifactgctasks/status.argoproj.io patch
        P/model-retraining P workflowtaskresults.argoproj.io create,patch
        P/model-retraining P workflowartifactgctasks.argoproj.io list
        P/model-retraining P workflowartifactgctasks/status.argoproj.io patch
        P/ml-pipeline P workflowtaskresults.argoproj.io create,patch
        P/ml-pipeline P workflowartifactgctasks.argoproj.io list
        P/ml-pipeline P workflowartifactgctasks/status.argoproj.io patch
        P/model-deployment P workflowtaskresults.argoproj.io create,patch
        P/model-deployment M inferenceservices.serving.kserve.io get,create,patch
        P/model-deployment M deployments.apps get
        M/model-serving - - -
        P/default - - -
        M/default - - -
        """;

    private static final String OF_PLATFORM = """
        P/plumbline-applier P configmaps get,list,watch,create,patch,delete
        P/plumbline-applier P serviceaccounts get,list,watch,create,patch,delete
        P/plumbline-applier P workflowtemplates.argoproj.io get,list,watch,create,patch,delete
        P/plumbline-applier P cronworkflows.argoproj.io get,list,watch,create,patch,delete
        P/plumbline-applier P networkpolicies.networking.k8s.io get,list,watch,create,patch,delete
        P/plumbline-applier P roles.rbac.authorization.k8s.io get,list,watch,create,patch,delete
        P/plumbline-applier P rolebindings.rbac.authorization.k8s.io get,list,watch,create,patch,delete
        P/plumbline-applier P workflows.argoproj.io list
        P/plumbline-applier P workfloweventbindings.argoproj.io list
        P/plumbline-applier P workflowtaskresults.argoproj.io create,patch
        P/plumbline-applier P workflowartifactgctasks.argoproj.io list
        P/plumbline-applier P workflowartifactgctasks/status.argoproj.io patch
        P/plumbline-applier M serviceaccounts get,list,watch,create,patch,delete
        P/plumbline-applier M networkpolicies.networking.k8s.io get,list,watch,create,patch,delete
        P/plumbline-applier M roles.rbac.authorization.k8s.io get,list,watch,create,patch,delete
        P/plumbline-applier M rolebindings.rbac.authorization.k8s.io get,list,watch,create,patch,delete
        P/plumbline-applier M inferenceservices.serving.kserve.io get,create,patch
        P/plumbline-applier M deployments.apps get
        P/plumbline-applier * namespaces=mlops get,patch
        P/plumbline-applier * namespaces=models get,patch
        P/model-canary P workflowtaskresults.argoproj.io create,patch
        P/model-canary P analysistemplates.argoproj.io get
        P/model-canary P analysisruns.argoproj.io get,create
        P/model-canary M inferenceservices.serving.kserve.io get,create,patch
        P/model-canary M deployments.apps get
        P/triggers P workflows.argoproj.io create,get,list
        P/triggers P workflowtemplates.argoproj.io get
        P/data-arrived - - -
        """;

    private static final List<String> BASES = List.of(
            "mlops pipelines/data-validation",
            "mlops pipelines/model-training",
            "mlops pipelines/model-deployment",
            "mlops pipelines/model-retraining",
            "mlops pipelines/ml-pipeline",
            "mlops pipelines/platform/applier/pipelines",
            "mlops pipelines/platform/applier/namespaces",
            "mlops pipelines/platform/rollouts",
            "mlops pipelines/platform/triggers",
            "models pipelines/model-deployment/serving",
            "models pipelines/platform/applier/models",
            "models pipelines/platform/rollouts/serving");

    private static final Set<String> KINDS =
            Set.of("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding");

    /** The API server's own authorizer learns of a change by a watch. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static KubeCluster cluster;
    private static MapSnapshot repository;
    private static final List<ObjectKey> CLUSTER_WIDE = new ArrayList<>();

    @BeforeAll
    static void connect() throws Exception {
        cluster = RealCluster.bare().connect();
        repository = MapSnapshot.read(Path.of("..").toAbsolutePath().normalize(), List.of("pipelines", "overlays"));
    }

    @AfterAll
    static void disconnect() throws Exception {
        if (cluster != null) {
            for (ObjectKey key : CLUSTER_WIDE) {
                cluster.delete(key, new DeleteOptions(null, null, false));
            }
            cluster.close();
        }
    }

    @Test
    void theStagesAndThePlatformMayDoWhatIsWrittenHere() throws Exception {
        Set<String> accounts = new TreeSet<>();
        for (String base : BASES) {
            accounts.addAll(apply(base.split(" ", -1)[1], base.split(" ", -1)[0]));
        }
        check(OF_STAGES + OF_PLATFORM, "mlops", "models", accounts);
    }

    @Test
    void theAccountsOfAnEnvironmentMayDoTheSameInItsNamespacesAndNothingInAnother() throws Exception {
        for (String environment : List.of("dev", "staging", "production")) {
            Set<String> accounts = apply("overlays/" + environment, "mlops-" + environment);
            check(OF_STAGES, "mlops-" + environment, "models-" + environment, accounts);
        }
    }

    /** Applies the accounts, roles and bindings of a folder; answers which accounts, as {@code NAMESPACE/NAME}. */
    private static Set<String> apply(String folder, String namespace) throws Exception {
        Rendering rendering = new Renderer().render(repository, folder);
        assertEquals(List.of(), rendering.findings());
        Set<String> accounts = new TreeSet<>();
        for (Manifest manifest : rendering.objects()) {
            String kind = manifest.key().kind();
            if (!KINDS.contains(kind)) {
                continue;
            }
            Map<String, @Nullable Object> object = Tree.copy(manifest.content());
            if (kind.startsWith("Cluster")) {
                CLUSTER_WIDE.add(manifest.key());
            } else if (Tree.text(object, "metadata", "namespace").isEmpty()) {
                Tree.set(object, namespace, "metadata", "namespace");
            }
            String where = Tree.text(object, "metadata", "namespace");
            if (!where.isEmpty()) {
                cluster.apply(
                        Json.parseObject(
                                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"%s\"}}"
                                        .formatted(where)),
                        "tests",
                        true,
                        false);
            }
            cluster.apply(object, "tests", true, false);
            if (kind.equals("ServiceAccount")) {
                accounts.add(where + "/" + manifest.key().name());
            }
        }
        return accounts;
    }

    private static void check(String table, String pipelines, String models, Set<String> accounts) throws Exception {
        List<String> lines = table.lines()
                .map(line -> line.replaceAll("\\bP\\b", pipelines).replaceAll("\\bM\\b", models))
                .toList();
        Set<String> known =
                lines.stream().map(line -> line.split(" ", -1)[0]).collect(Collectors.toCollection(TreeSet::new));
        Set<String> shipped = new TreeSet<>(accounts);
        shipped.addAll(List.of(pipelines + "/default", models + "/default"));
        assertEquals(known, shipped, "the accounts");
        for (String account : known) {
            for (String namespace : List.of(pipelines, models, "default", "kube-system")) {
                Set<String> wanted = new TreeSet<>();
                for (String line : lines) {
                    String[] words = line.split(" ", -1);
                    if (words[0].equals(account) && (words[1].equals(namespace) || words[1].equals("*"))) {
                        for (String verb : words[3].split(",", -1)) {
                            wanted.add(verb + " " + words[2]);
                        }
                    }
                }
                assertRights(account, namespace, wanted);
            }
        }
    }

    private static void assertRights(String account, String namespace, Set<String> wanted) throws Exception {
        String user = "system:serviceaccount:" + account.replace('/', ':');
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Set<String> rights = rights(user, namespace);
            rights.removeAll(rights("system:serviceaccount:default:nobody-knows", namespace));
            if (rights.equals(wanted) || Instant.now().isAfter(end)) {
                assertEquals(wanted, rights, account + " in " + namespace);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Everything that a user may do in a namespace, one {@code VERB RESOURCE[/SUBRESOURCE][.GROUP][=NAME]} or {@code VERB URL} each. */
    private static Set<String> rights(String user, String namespace) throws Exception {
        Map<String, @Nullable Object> review = Json.parseObject("""
            {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview", "spec": {"namespace": "%s"}}
            """.formatted(namespace));
        Map<String, @Nullable Object> answer = create(user, review);
        Set<String> rights = new TreeSet<>();
        for (Map<String, @Nullable Object> rule : Tree.maps(answer, "status", "resourceRules")) {
            for (String verb : texts(rule, "verbs", "")) {
                for (String group : texts(rule, "apiGroups", "")) {
                    for (String resource : texts(rule, "resources", "")) {
                        for (String name : texts(rule, "resourceNames", "")) {
                            rights.add(verb + " " + resource + (group.isEmpty() ? "" : "." + group)
                                    + (name.isEmpty() ? "" : "=" + name));
                        }
                    }
                }
            }
        }
        for (Map<String, @Nullable Object> rule : Tree.maps(answer, "status", "nonResourceRules")) {
            for (String verb : texts(rule, "verbs", "")) {
                texts(rule, "nonResourceURLs", "").forEach(url -> rights.add(verb + " " + url));
            }
        }
        return rights;
    }

    private static Map<String, @Nullable Object> create(String user, Map<String, @Nullable Object> review)
            throws ClusterException {
        return cluster.as(user).create(review, "tests");
    }

    /** The texts of a list; one that stands for an absent list. */
    private static List<String> texts(Map<String, @Nullable Object> rule, String field, String absent) {
        List<String> texts =
                Tree.list(rule, field).stream().map(String::valueOf).toList();
        return texts.isEmpty() ? List.of(absent) : texts;
    }
}
