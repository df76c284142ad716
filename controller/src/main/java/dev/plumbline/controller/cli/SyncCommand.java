package dev.plumbline.controller.cli;

import dev.plumbline.registry.json.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline sync list|get|suspend|resume|reconcile}. */
@Command(
        name = "sync",
        description = "Look at syncs, or stop and start one.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SyncCommand.Listing.class,
            SyncCommand.Get.class,
            SyncCommand.Suspend.class,
            SyncCommand.Resume.class,
            SyncCommand.Reconcile.class
        })
final class SyncCommand {

    /** One command on the sync. */
    abstract static class OnSync extends OneSyncCommand {

        @Override
        String text(Map<String, @Nullable Object> answer) {
            StringBuilder out = new StringBuilder();
            RunText.line(out, "Sync", Tree.text(answer, "sync"));
            RunText.line(out, "State", Tree.text(answer, "state"));
            RunText.line(out, "Reason", Tree.text(answer, "reason"));
            RunText.line(out, "Source", Tree.text(answer, "url") + " " + Tree.text(answer, "path"));
            RunText.line(out, "Head", commit(answer, "head"));
            RunText.line(out, "Applied", commit(answer, "applied"));
            RunText.line(out, "Objects", String.valueOf(answer.get("objects")));
            RunText.line(out, "Message", Table.printable(Tree.text(answer, "message")));
            RunText.line(out, "Next", Tree.text(answer, "next"));
            RunText.line(out, "Confirm", Tree.text(answer, "confirmation"));
            for (Object finding : Tree.list(answer, "findings")) {
                out.append("  ").append(Tree.text(finding, "text")).append('\n');
            }
            return out.toString().stripTrailing();
        }

        @Override
        Iterable<String> names(Map<String, @Nullable Object> answer) {
            return List.of(Tree.text(answer, "sync"));
        }

        private static String commit(Map<String, @Nullable Object> answer, String name) {
            String id = Tree.text(answer, name, "commit");
            String revision = Tree.at(answer, name, "revision") == null
                    ? ""
                    : " (revision " + Tree.at(answer, name, "revision") + ")";
            return id.isEmpty()
                    ? ""
                    : id.substring(0, Math.min(10, id.length())) + " " + Tree.text(answer, name, "subject") + revision;
        }
    }

    /** {@code sync list}. */
    @Command(name = "list", description = "List the syncs and where they stand.")
    static final class Listing extends ApiCommand {
        @Override
        int run() {
            print(api().syncs());
            return 0;
        }

        @Override
        String text(Map<String, @Nullable Object> answer) {
            boolean wide = output == Output.wide;
            Table table = wide
                    ? new Table("sync", "state", "commit", "revision", "objects", "source", "message")
                    : new Table("sync", "state", "commit", "revision", "objects", "message");
            for (Map<String, @Nullable Object> sync : Tree.maps(answer, "syncs")) {
                String commit = Tree.text(sync, "applied", "commit");
                Object revision = Tree.at(sync, "applied", "revision");
                List<String> cells = new ArrayList<>(List.of(
                        Tree.text(sync, "sync"),
                        Tree.text(sync, "state"),
                        commit.substring(0, Math.min(10, commit.length())),
                        revision == null ? "" : revision.toString(),
                        String.valueOf(sync.get("objects"))));
                if (wide) {
                    cells.add(Tree.text(sync, "url") + " " + Tree.text(sync, "path"));
                }
                cells.add(Tree.text(sync, "message"));
                table.row(cells.toArray(String[]::new));
            }
            return table.toString();
        }

        @Override
        Iterable<String> names(Map<String, @Nullable Object> answer) {
            return Tree.maps(answer, "syncs").stream()
                    .map(sync -> Tree.text(sync, "sync"))
                    .toList();
        }
    }

    /** {@code sync get}. */
    @Command(name = "get", description = "Show the state of the sync.")
    static final class Get extends OnSync {
        @Override
        int run() {
            print(api().status());
            return 0;
        }
    }

    /** {@code sync suspend}. */
    @Command(name = "suspend", description = "Stop applying; polling and history go on.")
    static final class Suspend extends OnSync {
        @Override
        int run() {
            print(api().suspend(true));
            return 0;
        }
    }

    /** {@code sync resume}. */
    @Command(name = "resume", description = "Apply again, beginning with the newest commit.")
    static final class Resume extends OnSync {
        @Override
        int run() {
            print(api().suspend(false));
            return 0;
        }
    }

    /** {@code sync reconcile}. */
    @Command(name = "reconcile", description = "Poll and compare with the cluster now.")
    static final class Reconcile extends OnSync {

        @Option(
                names = "--confirm",
                paramLabel = "DIGEST",
                defaultValue = "",
                description = "allow the deletions that a held plan names by this digest")
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        String confirm;

        @Override
        int run() {
            print(api().reconcile(confirm));
            return 0;
        }
    }
}
