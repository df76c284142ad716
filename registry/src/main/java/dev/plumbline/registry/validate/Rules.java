package dev.plumbline.registry.validate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The list of all rules. */
public final class Rules {

    private static final List<Rule> ALL = Stream.of(objects(), Rules.argo(), UncheckedRules.all(), house())
            .flatMap(List::stream)
            .toList();

    private Rules() {}

    /** The rules that every rendering is checked by, in the order in which their findings are shown. */
    public static List<Rule> standard() {
        return ALL;
    }

    /** The rule of an id; empty when there is none. */
    public static Optional<Rule> find(String id) {
        return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    private static List<Rule> objects() {
        return List.of(
                new ObjectIdentityRule(),
                new GenerateNameRule(),
                new DuplicateObjectRule(),
                new ObjectNameRule(),
                new ReservedMetadataRule(),
                new ObjectSizeRule());
    }

    private static List<Rule> argo() {
        return List.of(
                refuses("unknown-field", "Every field of an Argo object is one that Argo knows."),
                refuses("v3-field", "No field is one that Argo Workflows v4 has dropped."),
                refuses("field-type", "Every field of an Argo object has content of its type."),
                new LabelRule(),
                refuses("template-type", "A template is of exactly one type."),
                refuses("argo-name", "Templates, steps, tasks, parameters and artifacts have names that Argo accepts."),
                refuses("duplicate-name", "Templates, steps, tasks, parameters and artifacts have names of their own."),
                refuses("missing-entrypoint", "A run knows where to start, and takes its templates from one place."),
                new DanglingReferenceRule(),
                new ClusterReferenceRule(),
                refuses("unknown-template", "Every template that is called exists."),
                refuses("call-target", "A step or task says what it runs, and says it once."),
                refuses(
                        "dag-dependency",
                        "Tasks wait for tasks of their own DAG, in one of Argo's two ways of saying so."),
                refuses("dag-cycle", "No task waits for itself."),
                refuses("dag-target", "The targets of a DAG are tasks of it."),
                refuses("missing-argument", "Whoever runs a template passes every input that has no default."),
                refuses("argument-value", "An argument has one value, of those that it may have."),
                refuses("unknown-variable", "Every tag names something that is there when it is read."),
                refuses("loop", "A step or task loops in one way."),
                refuses("artifact-path", "An artifact has a path where work is done, and nowhere else."),
                refuses("artifact-location", "The location of an artifact is complete."),
                refuses("output-value", "An output gets its value from one source, which its type of template has."),
                refuses("misplaced-field", "Deadlines, timeouts and parallelism stand on templates that have them."),
                refuses("missing-image", "Every container and script has an image."),
                refuses("mount-collision", "No two mounts or artifacts share a path."),
                refuses("container-set", "The containers of a set are named, and wait for each other without circles."),
                refuses("reserved-container", "No container is named like one of Argo's own."),
                refuses("resource-template", "A resource template has an action, and a manifest where it needs one."),
                refuses("retry-policy", "A retry policy is one of Argo's."),
                refuses("hook-expression", "A hook other than the exit hook says when it runs."),
                refuses("pod-gc", "When pods are deleted is said in Argo's words."),
                refuses("pod-resources", "Resources of a pod as a whole are ones that Kubernetes has."),
                refuses("executor-plugin", "An executor plugin has a name, ports, resources and a security context."),
                refuses("metric", "A metric has a name, a help text and a value."),
                refuses("cron-schedule", "A CronWorkflow has schedules that Argo reads, in a time zone that exists."));
    }

    private static List<Rule> house() {
        return List.of(new UnquotedValueRule(), new SuppressionRule(), new RunnerRule());
    }

    private static Rule refuses(String id, String description) {
        return new ArgoRefusesRule(id, description);
    }
}
