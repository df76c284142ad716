package dev.plumbline.controller.local.runner;

import dev.plumbline.registry.argo.ArgoText;
import dev.plumbline.registry.argo.Artifact;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executes a container or script template as a local process, as one Pod node. */
final class StepRun {

    private static final String SHUTDOWN = "shutdown ";

    private final RunParts run;

    StepRun(RunParts run) {
        this.run = run;
    }

    /** Executes it, or takes up where a JVM that was killed left it, and returns the phase in which the node ended. */
    String run(Call call, Template template) throws NodeProblem {
        String id = run.status().id(call.node());
        Path folder = run.folder().step(run.status().uid(), id);
        StepPaths paths = new StepPaths(folder.resolve("root"));
        try {
            if (!run.status().phase(id).isEmpty()) {
                return resume(call, template, paths, folder);
            }
            TemplateRun.begin(run, call, "Pod", node -> {
                Map<String, @Nullable Object> inputs = TemplateRun.inputs(template);
                if (inputs != null) {
                    node.put("inputs", inputs);
                }
            });
            Duration limit = StepLimit.of(run, call, template);
            if (limit.isNegative() || limit.isZero()) {
                return TemplateRun.finished(run, call, "Pod", Phase.FAILED, "Step exceeded workflow deadline");
            }
            run.status().flush();
            run.tell(Phase.RUNNING, id, "");
            ArtifactStore.delete(folder);
            StepProcess process = start(call, template, paths, folder);
            return await(call, template, paths, folder, process, limit);
        } catch (IOException e) {
            throw new NodeProblem("tried to run step " + call.node() + ", failed because " + describe(e));
        }
    }

    private String await(
            Call call, Template template, StepPaths paths, Path folder, StepProcess process, Duration limit)
            throws NodeProblem, IOException {
        boolean inTime;
        run.signal().add(process, call.exit());
        try {
            inTime = process.await(limit);
        } finally {
            run.signal().remove(process);
        }
        run.signal().check();
        String result = inTime ? Integer.toString(process.exitCode()) : "deadline";
        String strategy = run.signal().shutdown(call.exit());
        if (strategy != null && !result.equals("0")) {
            result = SHUTDOWN + strategy;
        }
        // From here on the step counts as done, even when the JVM is killed before the cluster knows.
        Path draft = folder.resolve("result.draft");
        Files.writeString(draft, result);
        Files.move(draft, folder.resolve("result"), StandardCopyOption.ATOMIC_MOVE);
        return end(call, template, paths, folder, result);
    }

    private String resume(Call call, Template template, StepPaths paths, Path folder) throws NodeProblem, IOException {
        Path result = folder.resolve("result");
        if (!Files.exists(result)) {
            return TemplateRun.finished(
                    run,
                    call,
                    "Pod",
                    Phase.ERROR,
                    "the runner was stopped while this step ran; its processes were ended");
        }
        new StepVolumes(run.folder(), folder, run.configMaps()).mount(template, TemplateRun.volumes(run), paths);
        return end(call, template, paths, folder, Files.readString(result));
    }

    private String end(Call call, Template template, StepPaths paths, Path folder, String result)
            throws NodeProblem, IOException {
        String id = run.status().id(call.node());
        boolean good = result.equals("0");
        String message = good ? "" : "main: Error (exit code " + result + ")";
        if (result.equals("deadline")) {
            message = StepLimit.message(run, call);
        }
        if (result.startsWith(SHUTDOWN)) {
            message = TemplateRun.STOPPED + result.substring(SHUTDOWN.length());
        }
        StepOutputs collector = new StepOutputs(run, id, places(call, template, folder), paths);
        Map<String, @Nullable Object> outputs = collector.collect(template, good);
        Path said = folder.resolve("output");
        if (call.result() && Files.exists(said)) {
            String text = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
            outputs.put("result", text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        }
        if (!result.equals("deadline") && !result.startsWith(SHUTDOWN)) {
            outputs.put("exitCode", result);
        }
        run.outputs(id, outputs);
        String phase = TemplateRun.finished(run, call, "Pod", good ? Phase.SUCCEEDED : Phase.FAILED, message);
        if (good) {
            // What failed stays, for people to look at.
            ArtifactStore.delete(folder);
        }
        return phase;
    }

    private StepProcess start(Call call, Template template, StepPaths paths, Path folder)
            throws NodeProblem, IOException {
        String uid = run.status().uid();
        String id = run.status().id(call.node());
        Files.createDirectories(folder.resolve("root"));
        new StepVolumes(run.folder(), folder, run.configMaps()).mount(template, TemplateRun.volumes(run), paths);
        declare(template, paths, places(call, template, folder));
        Map<String, String> declared =
                new StepVariables(run.configMaps(), Pods.fields(run, call, template)).of(template);
        Map<String, String> environment = run.environment().variables(Files.createDirectories(folder.resolve("home")));
        environment.put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
        declared.forEach((name, value) -> environment.put(name, paths.replace(value)));
        List<String> command = new ArrayList<>();
        for (String part : StepVariables.expand(texts(template, "command"), declared)) {
            command.add(paths.replace(part));
        }
        List<String> line = new ArrayList<>(run.environment().resolve(command));
        for (String part : StepVariables.expand(texts(template, "args"), declared)) {
            line.add(paths.replace(part));
        }
        String source = Tree.string(template.container(), "source");
        if (source != null) {
            Path script = folder.resolve("script");
            Files.writeString(script, paths.replace(source));
            line.add(script.toString());
        }
        Files.createDirectories(run.folder().children());
        return StepProcess.start(new StepProcess.Launch(
                run.environment().resolve(List.of("python3")),
                line,
                workingFolder(template, paths, folder),
                environment,
                run.folder().children().resolve(uid + "." + id + ".json"),
                run.folder().log(uid, id),
                call.result() ? folder.resolve("output") : null));
    }

    private ArtifactPlaces places(Call call, Template template, Path folder) {
        return new ArtifactPlaces(run, template, Pods.name(run, call, template), folder.resolve("scratch"));
    }

    private static void declare(Template template, StepPaths paths, ArtifactPlaces places)
            throws NodeProblem, IOException {
        for (Artifact artifact : template.inputArtifacts()) {
            Path target = paths.declare(String.valueOf(artifact.path()));
            Files.createDirectories(target.getParent());
            String raw = artifact.raw();
            if (raw != null) {
                Files.writeString(target, raw);
            } else if (artifact.key() != null) {
                ArtifactPlaces.Spot spot = places.of(artifact);
                spot.place().get(spot.key(), target, Packing.of(artifact));
            }
            Permissions.give(artifact, target);
        }
        for (Artifact artifact : template.outputArtifacts()) {
            Files.createDirectories(
                    paths.declare(String.valueOf(artifact.path())).getParent());
        }
        for (Parameter parameter : template.outputParameters()) {
            if (parameter.path() != null) {
                Files.createDirectories(paths.declare(parameter.path()).getParent());
            }
        }
    }

    private static Path workingFolder(Template template, StepPaths paths, Path folder) throws NodeProblem, IOException {
        String declared = Tree.text(template.container(), "workingDir");
        return Files.createDirectories(declared.isEmpty() ? folder.resolve("work") : paths.declare(declared));
    }

    private static List<String> texts(Template template, String field) {
        return Tree.list(template.container(), field).stream()
                .map(part -> String.valueOf(ArgoText.of(part)))
                .toList();
    }

    private static String describe(IOException e) {
        return e.getClass() == IOException.class ? String.valueOf(e.getMessage()) : e.toString();
    }
}
