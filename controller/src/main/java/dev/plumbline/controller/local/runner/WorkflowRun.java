package dev.plumbline.controller.local.runner;

import dev.plumbline.controller.live.ClusterException;
import dev.plumbline.registry.argo.ArgoText;
import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.NodeIds;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run from its start, or from where a restart found it, to its end. */
final class WorkflowRun {

    private static final String PREFIX = "workflows.argoproj.io/";

    private final Runner.Doors doors;
    private final RunSignal signal;
    private final RunStatus status;
    private final Map<String, @Nullable Object> workflow;

    /**
     * A run.
     *
     * @param workflow the Workflow as it is in the cluster now
     * @param status its status, to be written
     */
    WorkflowRun(Runner.Doors doors, RunSignal signal, RunStatus status, Map<String, @Nullable Object> workflow) {
        this.doors = doors;
        this.signal = signal;
        this.status = status;
        this.workflow = Tree.copy(workflow);
    }

    /** Whether nothing more will happen to a Workflow. */
    static boolean isFinal(Map<String, @Nullable Object> workflow) {
        String phase = Tree.text(workflow, "status", "phase");
        return phase.equals(Phase.SUCCEEDED) || Phase.bad(phase);
    }

    /** Executes it to its end. Returns early, with nothing more written, when the signal says so. */
    void run() {
        try {
            execute();
        } catch (RunEnded e) {
            doors.events().accept(new RunEvent(status.key(), "", "", String.valueOf(e.getMessage())));
        }
    }

    private void execute() {
        try {
            boolean fresh = Tree.text(workflow, "status", "phase").isEmpty();
            RunDefinition definition = fresh ? start() : RunDefinition.resume(workflow);
            Files.createDirectories(doors.folder().run(status.uid()));
            RunParts parts = parts(definition, arguments(definition.spec()));
            // As in Argo a run that only stops waits on, and its exit handler runs once it holds the lock.
            List<String> locks = Synchronization.take(parts, definition.spec().tree(), status.uid(), true);
            if (locks == null) {
                end(Phase.FAILED, stopped(String.valueOf(signal.shutdown(true))));
                return;
            }
            try {
                // In a crew, so that an Error too ends the run with what it was instead of its thread without a word.
                Crew.all(Thread.currentThread().getName(), List.of(() -> main(parts)));
            } finally {
                doors.locks().giveBack(locks);
            }
        } catch (NodeProblem e) {
            end(Phase.ERROR, e.text());
        } catch (ClusterException e) {
            end(Phase.ERROR, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            end(Phase.ERROR, "tried to make the folder of the run, failed because " + e);
        } catch (RunEnded e) {
            throw e;
        } catch (RuntimeException e) {
            System.getLogger(WorkflowRun.class.getName())
                    .log(System.Logger.Level.ERROR, "a bug ended the run " + status.key(), e);
            end(Phase.ERROR, "a bug in the runner ended this run: " + e);
        }
    }

    /** Reads what will execute, and gathers the first patch: metadata, stored copies, phase. */
    private RunDefinition start() throws NodeProblem, ClusterException {
        String now = status.now();
        status.set(now, "status", "startedAt");
        Tree.set(workflow, now, "status", "startedAt");
        RunDefinition definition = DefinitionReader.read(doors.reader(), workflow);
        WorkflowSpec own = WorkflowSpec.of(workflow);
        if (own.workflowTemplateRef() != null) {
            String label = own.workflowTemplateRef().clusterScope() ? "cluster-workflow-template" : "workflow-template";
            metadata("labels", PREFIX + label, own.workflowTemplateRef().name());
        }
        for (String field : List.of("labels", "annotations")) {
            Tree.map(definition.spec().tree(), "workflowMetadata", field)
                    .forEach((key, value) -> metadata(field, key, String.valueOf(value)));
        }
        forget();
        metadata("labels", PREFIX + "phase", Phase.RUNNING);
        metadata("labels", PREFIX + "completed", "false");
        status.set(Phase.RUNNING, "status", "phase");
        definition.storedTemplates().forEach((key, template) -> status.set(template, "status", "storedTemplates", key));
        if (definition.storedSpec() != null) {
            status.set(Tree.copy(definition.storedSpec()), "status", "storedWorkflowTemplateSpec");
        }
        Map<String, @Nullable Object> repository = ArtifactRepository.find(configMaps(), definition);
        Tree.set(workflow, repository, "status", "artifactRepositoryRef");
        if (repository != null) {
            status.set(Tree.copy(repository), "status", "artifactRepositoryRef");
        }
        List<@Nullable Object> finalizers = ArtifactCollection.finalizers(workflow, definition);
        if (finalizers != null) {
            status.set(finalizers, "metadata", "finalizers");
        }
        doors.events().accept(new RunEvent(status.key(), Phase.RUNNING, "", ""));
        return definition;
    }

    /** A Workflow can be created with a status; nothing of it may pass for what this run does. */
    private void forget() {
        Tree.map(workflow, "status").forEach((field, value) -> {
            if (field.equals("storedTemplates") || field.equals("nodes")) {
                Tree.map(value).keySet().forEach(key -> status.set(null, "status", field, key));
            } else if (!field.equals("startedAt")) {
                status.set(null, "status", field);
            }
        });
        status.forget();
        Tree.remove(workflow, "status", "outputs");
    }

    private void metadata(String field, String key, String value) {
        status.set(value, "metadata", field, key);
        Tree.set(workflow, value, "metadata", field, key);
    }

    private RunParts parts(RunDefinition definition, Map<String, String> arguments) throws NodeProblem {
        Instant started = Instant.parse(Tree.text(workflow, "status", "startedAt"));
        Duration limit = ArgoDuration.parse(
                ArgoText.of(definition.spec().tree().get("activeDeadlineSeconds")), "spec.activeDeadlineSeconds");
        return new RunParts(
                doors,
                configMaps(),
                signal,
                definition,
                status,
                new GlobalScope(workflow, definition.spec(), arguments, started, doors.clock()),
                new ArtifactRecords(doors.folder().artifactRecord(status.uid())),
                Tree.map(workflow, "status", "artifactRepositoryRef", "artifactRepository", "s3"),
                Slots.of(definition.spec().tree().get("parallelism")),
                limit == null ? null : started.plus(limit));
    }

    private ConfigMaps configMaps() {
        return new ConfigMaps(doors.reader(), status.key().namespace());
    }

    private Map<String, String> arguments(WorkflowSpec spec) throws NodeProblem {
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter parameter : spec.parameters()) {
            String value = parameter.effective();
            if (value == null && parameter.valueFrom().get("configMapKeyRef") instanceof Map<?, ?> ref) {
                value = configMaps().value(Tree.cast(ref));
            }
            value = value == null ? parameter.valueFromDefault() : value;
            if (value == null) {
                throw new NodeProblem("spec.arguments." + parameter.name() + ".value or spec.arguments."
                        + parameter.name() + ".valueFrom is required");
            }
            values.put(parameter.name(), value);
        }
        return values;
    }

    private void main(RunParts parts) {
        WorkflowSpec spec = parts.definition().spec();
        Arguments arguments = passed(parts);
        String name = status.key().name();
        TemplateRun templates = new TemplateRun(parts);
        Call root = call(String.valueOf(spec.entrypoint()), arguments);
        HookRun hooks = HookRun.of(
                parts, templates, Map.of("hooks", Tree.map(spec.tree(), "hooks")), new HookRun.Place(root, null));
        hooks.beside(() -> {
            String reached = templates.execute(root);
            parts.globals().status(reached);
            parts.globals().failures(failures());
        });
        String phase = status.phase(status.id(name));
        Caller onExit = HookRun.exitOf(spec);
        if (onExit != null && signal.shutdown(true) == null) {
            parts.globals().status(phase);
            parts.globals().failures(failures());
            String exit = templates.execute(
                    root.hook(name + ".onExit", onExit, HookRun.exitArguments(spec, arguments), "", true));
            if (Phase.bad(exit)) {
                end(exit, Tree.text(status.node(status.id(name + ".onExit")), "message"));
                return;
            }
        }
        String strategy = signal.shutdown(false);
        end(
                phase,
                strategy != null && Phase.bad(phase)
                        ? stopped(strategy)
                        : Tree.text(status.node(status.id(name)), "message"));
    }

    /** What the Workflow passes to its entrypoint. */
    private static Arguments passed(RunParts parts) {
        WorkflowSpec spec = parts.definition().spec();
        Map<String, String> values = new LinkedHashMap<>();
        spec.parameters().forEach(parameter -> {
            String value = parts.globals().get("workflow.parameters." + parameter.name());
            if (value != null) {
                values.put(parameter.name(), value);
            }
        });
        Map<String, Map<String, @Nullable Object>> artifacts = new LinkedHashMap<>();
        for (Artifact artifact : spec.artifacts()) {
            artifacts.put(artifact.name(), artifact.tree());
        }
        return new Arguments(values, artifacts);
    }

    /** What Argo says of a run that was stopped, and of what waited in it. */
    static String stopped(String strategy) {
        return "Stopped with strategy '" + strategy + "'";
    }

    private Call call(String template, Arguments arguments) {
        String name = status.key().name();
        return new Call(
                name,
                Caller.of(template),
                "local/" + name,
                arguments,
                "",
                List.of(),
                Map.of(),
                false,
                false,
                false,
                false,
                0);
    }

    private List<Map<String, @Nullable Object>> failures() {
        List<Map<String, @Nullable Object>> failures = new ArrayList<>();
        for (Map<String, @Nullable Object> node : status.nodes()) {
            if (Phase.bad(Tree.text(node, "phase"))) {
                Map<String, @Nullable Object> failure = new LinkedHashMap<>();
                for (String field : List.of("displayName", "message", "templateName", "phase")) {
                    failure.put(field, Tree.text(node, field));
                }
                failure.put(
                        "podName",
                        NodeIds.podName(status.key().name(), Tree.text(node, "name"), Tree.text(node, "templateName")));
                failure.put("finishedAt", Tree.string(node, "finishedAt"));
                failures.add(failure);
            }
        }
        return failures;
    }

    private void end(String phase, String message) {
        status.set(phase, "status", "phase");
        status.set(status.now(), "status", "finishedAt");
        if (!message.isEmpty()) {
            status.set(message, "status", "message");
        }
        status.set(
                new ArrayList<@Nullable Object>(List.of(
                        new LinkedHashMap<>(Map.of("type", "PodRunning", "status", "False")),
                        new LinkedHashMap<>(Map.of("type", "Completed", "status", "True")))),
                "status",
                "conditions");
        status.set(phase, "metadata", "labels", PREFIX + "phase");
        status.set("true", "metadata", "labels", PREFIX + "completed");
        status.flush();
        doors.events().accept(new RunEvent(status.key(), phase, "", message));
    }
}
