package dev.plumbline.controller.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All commands by what people want. */
final class Commands {

    /** Each wish with its commands, in the order in which the help lists them. */
    static final Map<String, List<Class<?>>> BY_WISH;

    static {
        Map<String, List<Class<?>>> commands = new LinkedHashMap<>();
        commands.put("Keep pipelines as Git says", List.of(UpCommand.class, ControllerCommand.class));
        commands.put(
                "Before a merge",
                List.of(
                        LintCommand.class,
                        DiffCommand.class,
                        ReviewCommand.class,
                        RenderCommand.class,
                        BlameCommand.class,
                        PolicyCommand.class));
        commands.put(
                "Run pipelines",
                List.of(
                        TemplatesCommand.class,
                        RunCommand.class,
                        RunsCommand.class,
                        LogsCommand.class,
                        StopCommand.class,
                        ResumeCommand.class,
                        RetryCommand.class,
                        ResubmitCommand.class,
                        RerunCommand.class,
                        CronCommand.class));
        commands.put(
                "Look at syncs, and go back",
                List.of(
                        SyncCommand.class,
                        PlanCommand.class,
                        HistoryCommand.class,
                        RollbackCommand.class,
                        RevertCommand.class));
        commands.put(
                "Ask which commit made a model",
                List.of(
                        ModelsCommand.class,
                        ProvenanceCommand.class,
                        ImpactCommand.class,
                        CompareCommand.class,
                        VerifyCommand.class));
        commands.put(
                "Look after it",
                List.of(
                        InstallCommand.class,
                        UninstallCommand.class,
                        KeysCommand.class,
                        StoreCommand.class,
                        IndexCommand.class,
                        SelfTrainCommand.class));
        BY_WISH = Collections.unmodifiableMap(commands);
    }

    private Commands() {}
}
