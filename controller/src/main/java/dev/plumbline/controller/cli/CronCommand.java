package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plumbline cron list|suspend|resume}. */
@Command(
        name = "cron",
        description = "Look at schedules, stop one, and let it fire again.",
        mixinStandardHelpOptions = true,
        subcommands = {CronCommand.Listing.class, CronCommand.Suspend.class, CronCommand.Resume.class},
        footer = {"", "Examples:", "  plumbline cron list", "  plumbline cron suspend scheduled-ml-pipeline -n mlops"})
final class CronCommand {

    /** {@code cron list}. */
    @Command(name = "list", description = "List schedules.")
    static final class Listing extends ApiCommand {
        @Override
        int run() {
            print(api().crons());
            return 0;
        }

        @Override
        String text(Map<String, @Nullable Object> answer) {
            Table table = new Table("name", "age", "last run", "schedules", "timezone", "suspended");
            for (Map<String, @Nullable Object> cron : Tree.maps(answer, "crons")) {
                table.row(
                        Tree.text(cron, "name"),
                        RunText.since(Tree.text(cron, "createdAt"), ClusterCommand.CLOCK.instant()),
                        RunText.since(Tree.text(cron, "lastRun"), ClusterCommand.CLOCK.instant()),
                        Tree.list(cron, "schedules").stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(",")),
                        Tree.text(cron, "timezone"),
                        String.valueOf(cron.get("suspended")));
            }
            return table.toString();
        }

        @Override
        Iterable<String> names(Map<String, @Nullable Object> answer) {
            return Tree.maps(answer, "crons").stream()
                    .map(cron -> Tree.text(cron, "name"))
                    .toList();
        }
    }

    /** A command on one schedule. */
    abstract static class OnCron extends ApiCommand {

        @Parameters(paramLabel = "CRON", description = "name of a CronWorkflow")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        String cron;

        @Override
        String text(Map<String, @Nullable Object> answer) {
            return "CronWorkflow " + Tree.text(answer, "name")
                    + (Boolean.TRUE.equals(answer.get("suspended"))
                            ? " is suspended, whatever Git says, until `plumbline cron resume`"
                            : " fires again");
        }

        @Override
        Iterable<String> names(Map<String, @Nullable Object> answer) {
            return List.of(Tree.text(answer, "name"));
        }
    }

    /** {@code cron suspend}. */
    @Command(name = "suspend", description = "Stop a schedule. Syncs leave it so, also when later commits come.")
    static final class Suspend extends OnCron {
        @Override
        int run() {
            print(api().suspendCron(cron, true));
            return 0;
        }
    }

    /** {@code cron resume}. */
    @Command(name = "resume", description = "Let a schedule fire again.")
    static final class Resume extends OnCron {
        @Override
        int run() {
            print(api().suspendCron(cron, false));
            return 0;
        }
    }
}
