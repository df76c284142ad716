package dev.plumbline.controller.health;

import dev.plumbline.controller.live.Selection;
import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.model.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which rule judges which kind. Immutable. */
public final class HealthRules {

    private static final HealthRule CONDITIONS = new ConditionsRule();
    private static final HealthRule EXISTS = (object, related) -> ObjectHealth.current("");

    /** The rules that Plumbline brings; one row per kind. */
    public static final HealthRules STANDARD = new HealthRules(Map.ofEntries(
            row("apps", "Deployment", new DeploymentRule()),
            row("apps", "StatefulSet", new StatefulSetRule()),
            row("apps", "DaemonSet", new DaemonSetRule()),
            row("batch", "Job", new JobRule()),
            row("batch", "CronJob", alone(SmallRules::cronJob)),
            row("", "Pod", new PodRule()),
            row("", "Service", alone(SmallRules::service)),
            row("", "PersistentVolumeClaim", alone(SmallRules::volumeClaim)),
            row("", "Namespace", alone(SmallRules::namespace)),
            row("networking.k8s.io", "Ingress", alone(SmallRules::ingress)),
            row("autoscaling", "HorizontalPodAutoscaler", new AutoscalerRule()),
            row("apiextensions.k8s.io", "CustomResourceDefinition", alone(SmallRules::definition)),
            row("apiregistration.k8s.io", "APIService", alone(SmallRules::apiService)),
            row(ArgoKinds.GROUP, ArgoKinds.WORKFLOW, new WorkflowRule()),
            row(ArgoKinds.GROUP, ArgoKinds.CRON_WORKFLOW, new CronWorkflowRule()),
            row(ArgoKinds.GROUP, ArgoKinds.WORKFLOW_TEMPLATE, EXISTS),
            row(ArgoKinds.GROUP, ArgoKinds.CLUSTER_WORKFLOW_TEMPLATE, EXISTS),
            row(ArgoKinds.GROUP, ArgoKinds.WORKFLOW_EVENT_BINDING, EXISTS),
            row(ArgoKinds.GROUP, "Sensor", alone(SmallRules::allConditions)),
            row(ArgoKinds.GROUP, "EventSource", alone(SmallRules::allConditions)),
            row(ArgoKinds.GROUP, "EventBus", alone(SmallRules::allConditions)),
            row("serving.kserve.io", "InferenceService", new InferenceServiceRule())));

    private final Map<String, HealthRule> rules;

    private HealthRules(Map<String, HealthRule> rules) {
        this.rules = Map.copyOf(rules);
    }

    /** These, and others that go before them for their kinds, each under its {@link #kind}. */
    public HealthRules with(Map<String, HealthRule> others) {
        Map<String, HealthRule> all = new HashMap<>(rules);
        all.putAll(others);
        return new HealthRules(all);
    }

    /** What a rule is kept under. */
    public static String kind(String group, String kind) {
        return group + "/" + kind;
    }

    /**
     * How an object is.
     *
     * @param object the live object
     * @param related what {@link #related} selects; empty where that was not looked at
     */
    public ObjectHealth of(Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) {
        if (Tree.at(object, "metadata", "deletionTimestamp") != null) {
            List<@Nullable Object> finalizers = Tree.list(object, "metadata", "finalizers");
            return new ObjectHealth(
                    Health.TERMINATING,
                    finalizers.isEmpty() ? "it is being deleted" : "it is being deleted and waits for " + finalizers);
        }
        return rule(object).of(object, related);
    }

    /** Further objects to look at before judging this one. */
    public List<Selection> related(Map<String, @Nullable Object> object) {
        return rule(object).related(object);
    }

    private HealthRule rule(Map<String, @Nullable Object> object) {
        String group = ObjectKey.groupOf(Tree.text(object, "apiVersion"));
        return rules.getOrDefault(kind(group, Tree.text(object, "kind")), CONDITIONS);
    }

    private static Map.Entry<String, HealthRule> row(String group, String kind, HealthRule rule) {
        return Map.entry(kind(group, kind), rule);
    }

    private static HealthRule alone(Function<Map<String, @Nullable Object>, ObjectHealth> rule) {
        return (Map<String, @Nullable Object> object, List<Map<String, @Nullable Object>> related) ->
                rule.apply(object);
    }
}
